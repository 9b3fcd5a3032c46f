import type { ConditioningReport } from "../model/conditioning";
import { header } from "../report/build";
import { conditioningToText } from "../report/conditioning-text";
import { toJson } from "../report/json";
import { conditionedEntropy } from "../sp800-90b/conditioning";
import {
  EXIT,
  parseCommandLine,
  REPORT_OPTIONS,
  requiredNumber,
  usageError,
  writeResult,
  type Command,
} from "./command";

const NAME = "conditioning";

export const conditioningCommand: Command = {
  name: NAME,
  summary: "the entropy of a conditioning component's output (NIST SP 800-90B 3.1.5)",
  usage: `entropy-check conditioning --n-in N --n-out N --nw N --h-in H (--vetted | --h-prime H) [--json FILE|-]

Output_Entropy of SP 800-90B 3.1.5.1.2 with every intermediate value, and whether full entropy may be claimed.

  --n-in N, --n-out N   bits that go into the conditioning function, and that come out
  --nw N                its narrowest internal width in bits; for a hash, its output width
  --h-in H              bits of entropy in the whole input
  --vetted              the component is one of those that 3.1.5.1.1 lists
  --h-prime H           it is not: bits of entropy per bit of its output, as assessed (3.1.5.2)
  --json FILE           write the result as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values } = parseCommandLine(NAME, {
      args: [...args],
      options: {
        ...REPORT_OPTIONS,
        "n-in": { type: "string" },
        "n-out": { type: "string" },
        nw: { type: "string" },
        "h-in": { type: "string" },
        "h-prime": { type: "string" },
        vetted: { type: "boolean" },
      },
    });
    if ((values.vetted === true) === (values["h-prime"] !== undefined))
      throw usageError("A component is either --vetted, or its --h-prime is needed.", NAME);
    const conditioning = conditionedEntropy({
      nIn: requiredNumber(values["n-in"], "n-in", NAME),
      nOut: requiredNumber(values["n-out"], "n-out", NAME),
      nw: requiredNumber(values.nw, "nw", NAME),
      hIn: requiredNumber(values["h-in"], "h-in", NAME),
      hPrime: values["h-prime"] === undefined ? null : requiredNumber(values["h-prime"], "h-prime", NAME),
    });
    const report: ConditioningReport = { ...header(NAME), conditioning };
    const result = { json: () => toJson(report), text: () => conditioningToText(conditioning) };
    await writeResult(result, values.json, terminal);
    return EXIT.passed;
  },
};
