import { parseSubset } from "../formats/subset";
import { assessSamples, type AssessSamplesRequest } from "../operations/assess-samples";
import { parseCommandLine, REPORT_OPTIONS, runToReport, theOnly, type Command } from "./command";
import { withPool } from "./pool";
import { parseReading, READING_OPTIONS, READING_USAGE } from "./reading";

export const samplesCommand: Command = {
  name: "samples",
  summary: "assess the min-entropy of a file of noise samples (NIST SP 800-90B, non-IID track)",
  usage: `entropy-check samples FILE [--bits N] [--format F] [--mask M] [--subset INDEX,COUNT] [--json FILE|-]

Assesses a file of samples with the ten estimators of NIST SP 800-90B, section 6.3. Without --bits and --format the
format is guessed by content; the report says what was guessed, and what was done to the data.

${READING_USAGE}  --subset INDEX,COUNT  the COUNT samples that INDEX others of the same size come before
  --json FILE           write the report as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("samples", {
      args: [...args],
      allowPositionals: true,
      options: {
        ...REPORT_OPTIONS,
        ...READING_OPTIONS,
        subset: { type: "string" },
      },
    });
    const file = theOnly(positionals, "file", "samples");
    const request: AssessSamplesRequest = {
      file,
      ...parseReading(values, "samples"),
      subset: values.subset === undefined ? null : parseSubset(values.subset),
    };
    return withPool((pool) => runToReport(assessSamples(request, { pool }, terminal.signal), values.json, terminal));
  },
};
