import { RESTARTS, SAMPLES_PER_RESTART, transpose } from "../sp800-90b/restart";
import { readEaData } from "./ea-data";
import { badUsage, eaCommand, lastOf } from "./ea-tool";
import { writeOutput } from "./output";

const SAMPLES = RESTARTS * SAMPLES_PER_RESTART;

export const eaTransposeCommand = eaCommand({
  name: "ea_transpose",
  usage: `ea_transpose [-v] [-l <index>] <file> <outfile>
\t [-v]: Tells more.
\t [-l <index>]\t Reads the block of that index, of ${SAMPLES} samples.
\t <file>: (Blocks of) 1000 restarts of 1000 samples, one per byte, restart after restart.
\t <outfile>: The same, column after column (3.1.4.1); it is overwritten.

\t --version: Tells the version.
`,
  letters: "vl:",
  jsonType: "",
  run: async ({ options, operands, verbosity, terminal }) => {
    if (operands.length !== 2) throw badUsage();
    const [from, to] = operands;
    const block = lastOf(options, "l")?.argument;
    if (block !== undefined && !/^\d{1,9}$/.test(block)) throw badUsage("");
    const verbose = (line: string) => {
      if (verbosity > 1) terminal.print(`${line}\n`);
    };
    verbose(
      block === undefined
        ? `Opening input file: '${from}'`
        : `Opening file: '${from}', reading block ${block} of size ${SAMPLES}`,
    );
    const subset = block === undefined ? null : { first: Number(block) * SAMPLES, count: SAMPLES };
    const { symbols, alphabet, bits } = await readEaData(from, null, subset, terminal);
    verbose(`Loaded ${symbols.length} samples of ${alphabet} distinct ${bits}-bit-wide symbols`);
    if (symbols.length !== SAMPLES) throw badUsage(`Data must be ${SAMPLES} samples.\n`);
    verbose(`Opening output file: '${to}'`);
    await writeOutput(to, transpose(symbols));
    return true;
  },
});
