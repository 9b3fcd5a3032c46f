import { resolve } from "node:path";
import { demonstrateProcessing } from "../operations/demonstrate-processing";
import { toJson } from "../report/json";
import { pageToText } from "../report/page";
import { rawAgainstProcessedPage } from "../report/raw-against-processed";
import { EXIT, finish, parseCommandLine, REPORT_OPTIONS, theOnly, writeResult, type Command } from "./command";
import { withPool } from "./pool";

const NAME = "demonstrate";

export const demonstrateCommand: Command = {
  usage: `entropy-check demonstrate FOLDER [--force] [--json FILE|-]

Makes zero.bin in FOLDER, a million zeros, and random.bin, the same encrypted by AES-256 under the password "password",
assesses both, and says why the good score of the second is worth nothing.

  --force               overwrite files of these names
  --json FILE           write both reports as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { ...REPORT_OPTIONS, force: { type: "boolean" } },
    });
    const folder = resolve(terminal.cwd, theOnly(positionals, "folder", NAME));
    const request = { folder, overwrite: values.force === true };
    const report = await withPool((pool) =>
      finish(demonstrateProcessing(request, { pool }, terminal.signal), terminal),
    );
    const result = { json: () => toJson(report), text: () => pageToText(rawAgainstProcessedPage(report)) };
    await writeResult(result, values.json, terminal);
    return EXIT.passed;
  },
};
