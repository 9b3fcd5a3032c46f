import { assessDatasets } from "../operations/assess-datasets";
import type { EaAssessment } from "../report/ea-input";
import { eaNonIidJson, eaNonIidText } from "../report/ea-non-iid";
import { TRUNCATED_BITS } from "../sp800-90b/assessment";
import { asNistTool } from "../sp800-90b/nist-tool";
import { finish } from "./command";
import { readEaSequence } from "./ea-sequence";
import { badUsage, eaCommand, type EaCall } from "./ea-tool";
import { withPool } from "./pool";

export const eaNonIidCommand = eaCommand({
  name: "ea_non_iid",
  usage: `ea_non_iid [-i|-c] [-a|-t] [-v] [-q] [-l <index>,<samples> ] [-o <file.json>] <file_name> [bits_per_symbol]

\t <file_name>: a binary file of one sample per byte; the standard asks for at least 1 million samples.
\t [bits_per_symbol]: 1 to 8; without it, the highest bit in use tells.
\t [-i|-c]: '-i' assesses the samples for the initial entropy estimate (3.1.3), the default; '-c' assesses the bits of a
\t conditioned sequential dataset for h' (3.1.5.2).
\t [-a|-t]: '-a' assesses all bits of the bitstring, the default; '-t' its first ${TRUNCATED_BITS}.
\t -v: Tells more; can be used several times.
\t -q: Tells less, whatever -v says.
\t -l <index>,<samples>\t Reads the block of that index, of so many samples.
\t -o: Writes the results to that file as JSON.

\t --version: Tells the version.
`,
  letters: "icatvql:o:",
  jsonType: "",
  run: async (call) => {
    const { operands, verbosity, terminal } = call;
    if (operands.length !== 1 && operands.length !== 2) throw badUsage();
    const run = await assess(call);
    terminal.print(eaNonIidText(run, verbosity));
    await call.save(eaNonIidJson(run, call.run));
    return true;
  },
});

async function assess(call: EaCall): Promise<EaAssessment> {
  const { terminal } = call;
  const { symbols, input, purpose, mostBits } = await readEaSequence(call);
  const dataset = { symbols, bits: input.bits, mode: { track: "non-iid", purpose, mostBits } } as const;
  const [assessment] = await withPool((pool) => finish(assessDatasets([dataset], pool, terminal.signal), terminal));
  return { assessment: asNistTool(assessment, input.bits), ...input };
}
