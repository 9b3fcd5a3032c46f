import { assessDatasets } from "../operations/assess-datasets";
import { iidTests, randomSeed } from "../operations/iid-tests";
import { eaIidJson, eaIidText, type IidRun } from "../report/ea-iid";
import { TRUNCATED_BITS } from "../sp800-90b/assessment";
import { prepareSamples } from "../sp800-90b/iid/statistics";
import { asNistTool } from "../sp800-90b/nist-tool";
import { finish } from "./command";
import { readEaSequence } from "./ea-sequence";
import { badUsage, eaCommand, type EaCall } from "./ea-tool";
import { withPool } from "./pool";

export const eaIidCommand = eaCommand({
  name: "ea_iid",
  usage: `ea_iid [-i|-c] [-a|-t] [-v] [-q] [-l <index>,<samples> ] [-o <file.json>] <file_name> [bits_per_symbol]

\t <file_name>: a binary file of one sample per byte; the standard asks for at least 1 million samples.
\t [bits_per_symbol]: 1 to 8; without it, the highest bit in use tells.
\t [-i|-c]: '-i' assesses the samples for the initial entropy estimate (3.1.3), the default; '-c' assesses the bits of a
\t conditioned sequential dataset for h' (3.1.5.2), and like the tool tests the samples as they are.
\t [-a|-t]: '-a' assesses all bits of the bitstring, the default; '-t' its first ${TRUNCATED_BITS}.
\t -v: Tells more; can be used several times. The seed of the permutations is told on standard error.
\t -q: Tells less, whatever -v says.
\t -l <index>,<samples>\t Reads the block of that index, of so many samples.
\t -o: Writes the results to that file as JSON.

\t --version: Tells the version.
`,
  letters: "icatvql:o:",
  jsonType: "",
  jsonIid: true,
  run: async (call) => {
    const { operands, verbosity, terminal } = call;
    if (operands.length !== 1 && operands.length !== 2) throw badUsage();
    const run = await assess(call);
    terminal.print(eaIidText(run, verbosity));
    if (verbosity > 1) terminal.warn(`ea_iid: the seed of the permutations was ${run.tests.seed}\n`);
    await call.save(eaIidJson(run, call.run));
    // a failed test is no failure of the tool
    return true;
  },
});

async function assess(call: EaCall): Promise<IidRun> {
  const { terminal } = call;
  const { symbols, input, purpose, mostBits } = await readEaSequence(call);
  const { mean, median } = prepareSamples(symbols).traits;
  return withPool(async (pool) => {
    const mode = { track: "iid", purpose, mostBits } as const;
    const dataset = { symbols, bits: input.bits, mode };
    const [assessment] = await finish(assessDatasets([dataset], pool, terminal.signal), terminal);
    const request = { samples: symbols, seed: randomSeed(), all: false, name: null };
    const tests = await finish(iidTests(request, pool, terminal.signal), terminal);
    return { ...input, assessment: asNistTool(assessment, input.bits), tests, mean, median };
  });
}
