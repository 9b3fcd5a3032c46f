import { assessConditioned } from "../operations/assess-conditioned";
import { calculateConditioning } from "../operations/calculate-conditioning";
import { conditioningToText } from "../report/conditioning-text";
import { toJson } from "../report/json";
import {
  EXIT,
  finish,
  parseCommandLine,
  REPORT_OPTIONS,
  requiredNumber,
  usageError,
  writeResult,
  type Command,
} from "./command";
import { withPool } from "./pool";
import { parseReading, READING_OPTIONS } from "./reading";

const NAME = "conditioning";

export const conditioningCommand: Command = {
  usage: `entropy-check conditioning --n-in N --n-out N --nw N --h-in H (--vetted | --h-prime H |
                           --h-prime-of FILE [--bits N]) [--json FILE|-]

Output_Entropy of SP 800-90B 3.1.5.1.2 with every intermediate value, and whether full entropy may be claimed.

  --n-in N, --n-out N   bits that go into the conditioning function, and that come out
  --nw N                its narrowest internal width in bits; for a hash, its output width
  --h-in H              bits of entropy in the whole input
  --vetted              the component is one of those that 3.1.5.1.1 lists
  --h-prime H           it is not: bits of entropy per bit of its output, as assessed (3.1.5.2)
  --h-prime-of FILE     the same, assessed of the bits of a file of its output, one symbol per byte
  --bits N              bits per symbol of that file, 1 to 8; without it, the highest bit in use tells
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
        "h-prime-of": { type: "string" },
        bits: READING_OPTIONS.bits,
        vetted: { type: "boolean" },
      },
    });
    const given = values["h-prime"];
    const file = values["h-prime-of"];
    if ([values.vetted, given, file].filter((option) => option !== undefined).length !== 1)
      throw usageError("A component is either --vetted, or its --h-prime or --h-prime-of is needed.", NAME);
    const widths = {
      nIn: requiredNumber(values["n-in"], "n-in", NAME),
      nOut: requiredNumber(values["n-out"], "n-out", NAME),
      nw: requiredNumber(values.nw, "nw", NAME),
      hIn: requiredNumber(values["h-in"], "h-in", NAME),
    };
    const { bits } = parseReading({ bits: values.bits }, NAME);
    const conditioned =
      file === undefined
        ? null
        : await withPool((pool) => finish(assessConditioned(file, bits, pool, terminal.signal), terminal));
    const hPrime = given === undefined ? (conditioned?.hPrime ?? null) : requiredNumber(given, "h-prime", NAME);
    const report = calculateConditioning({ ...widths, hPrime }, conditioned);
    const result = { json: () => toJson(report), text: () => conditioningToText(report) };
    await writeResult(result, values.json, terminal);
    return EXIT.passed;
  },
};
