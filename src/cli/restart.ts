import { restartTests } from "../operations/restart-tests";
import { reportToJson } from "../report/json";
import { restartToText } from "../report/restart-text";
import {
  exitCodeOf,
  parseCommandLine,
  REPORT_OPTIONS,
  requiredNumber,
  runToEnd,
  theOnly,
  writeResult,
  type Command,
} from "./command";
import { withPool } from "./pool";
import { parseReading, READING_OPTIONS, READING_USAGE } from "./reading";

const NAME = "restart";

export const restartCommand: Command = {
  name: NAME,
  summary: "the restart tests of a noise source (NIST SP 800-90B 3.1.4, non-IID track)",
  usage: `entropy-check restart FILE|FOLDER --h-initial H [--bits N] [--format F] [--mask M] [--json FILE|-]

Tests 1000 samples of each of 1000 restarts: a file that holds them restart after restart, or a folder with a file per
restart, numbered. Exit codes: 0 passed, 1 failed: no entropy is awarded.

  --h-initial H         H_I, bits of entropy per sample as assessed of the sequential dataset (3.1.3)
${READING_USAGE}  --json FILE           write the report as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: { ...REPORT_OPTIONS, ...READING_OPTIONS, "h-initial": { type: "string" } },
    });
    const request = {
      path: theOnly(positionals, "file or folder", NAME),
      hI: requiredNumber(values["h-initial"], "h-initial", NAME),
      ...parseReading(values, NAME),
    };
    const report = await withPool((pool) => runToEnd(restartTests(request, { pool }, terminal.signal), terminal));
    await writeResult({ json: () => reportToJson(report), text: () => restartToText(report) }, values.json, terminal);
    return exitCodeOf(report.verdict);
  },
};
