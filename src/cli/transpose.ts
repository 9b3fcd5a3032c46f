import { writeFile } from "node:fs/promises";
import { UserError } from "../errors";
import { readRestartMatrix } from "../operations/read-restart-matrix";
import { transpose } from "../sp800-90b/restart";
import { EXIT, parseCommandLine, usageError, type Command } from "./command";

const NAME = "transpose";

export const transposeCommand: Command = {
  name: NAME,
  summary: "exchange the rows and columns of a file of restart data (NIST SP 800-90B 3.1.4.1)",
  usage: `entropy-check transpose IN OUT [--force]

Of the row dataset, 1000 restarts of 1000 samples, one per byte, makes the column dataset; and back.

  --force   overwrite OUT
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { force: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    if (positionals.length !== 2) throw usageError("Two files are needed: one to read, one to write.", NAME);
    const [from, to] = positionals;
    const { matrix } = await readRestartMatrix(from, null, terminal.signal);
    await write(to, transpose(matrix), values.force === true);
    return EXIT.passed;
  },
};
