import { readHead } from "../formats/sample-file";
import { restartMatrixSize } from "../sp800-90b/errors";
import { RESTARTS, SAMPLES_PER_RESTART, transpose } from "../sp800-90b/restart";
import { EXIT, parseCommandLine, usageError, type Command } from "./command";
import { writeNewFile, writeOutput } from "./output";

const NAME = "transpose";
const SAMPLES = RESTARTS * SAMPLES_PER_RESTART;

export const transposeCommand: Command = {
  usage: `entropy-check transpose IN OUT [--force]

Of the row dataset, 1000 restarts of 1000 samples, one per byte, makes the column dataset; and back.

  --force   overwrite OUT
`,
  run: async (args) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { force: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    if (positionals.length !== 2) throw usageError("Two files are needed: one to read, one to write.", NAME);
    const [from, to] = positionals;
    const { head, size } = await readHead(from, SAMPLES);
    if (size !== SAMPLES) throw restartMatrixSize(size, SAMPLES);
    await (values.force === true ? writeOutput : writeNewFile)(to, transpose(head));
    return EXIT.passed;
  },
};
