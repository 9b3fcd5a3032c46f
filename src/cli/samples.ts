import { join } from "node:path";
import { parseSampleFormat, SAMPLE_FORMAT_IDS } from "../formats/sample-format";
import { parseSubset } from "../formats/subset";
import { assessSamples, type AssessSamplesRequest } from "../operations/assess-samples";
import { parseBitMask } from "../sp800-90b/bit-mask";
import { WorkerPool } from "../workers/pool";
import { parseCommandLine, REPORT_OPTIONS, runToReport, theOnly, usageError, type Command } from "./command";

/** The bundle puts the worker's script beside this one. */
const WORKER_SCRIPT = join(__dirname, "worker.js");

export const samplesCommand: Command = {
  name: "samples",
  summary: "assess the min-entropy of a file of noise samples (NIST SP 800-90B, non-IID track)",
  usage: `entropy-check samples FILE [--bits N] [--format F] [--mask M] [--subset INDEX,COUNT] [--json FILE|-]

Assesses a file of samples with the ten estimators of NIST SP 800-90B, section 6.3. Without --bits and --format the
format is guessed by content; the report says what was guessed, and what was done to the data.

  --bits N              bits per sample, 1 to 8; without it, the highest bit in use tells
  --format F            how the samples stand in the file; with --bits: bytes
                        ${wrap(SAMPLE_FORMAT_IDS, 90)}
  --mask M              the bits that are assessed, of samples wider than 8: a hexadecimal mask; without it, the 8 bits of
                        most entropy, unless there are at most 256 distinct values
  --subset INDEX,COUNT  the COUNT samples that INDEX others of the same size come before
  --json FILE           write the report as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("samples", {
      args: [...args],
      allowPositionals: true,
      options: {
        ...REPORT_OPTIONS,
        bits: { type: "string" },
        format: { type: "string" },
        mask: { type: "string" },
        subset: { type: "string" },
      },
    });
    const file = theOnly(positionals, "file", "samples");
    const pool = new WorkerPool(WORKER_SCRIPT);
    try {
      const request: AssessSamplesRequest = {
        file,
        bits: parseBits(values.bits),
        format: values.format === undefined ? null : parseSampleFormat(values.format),
        reduction:
          values.mask === undefined ? { kind: "automatic" } : { kind: "mask", positions: parseBitMask(values.mask) },
        subset: values.subset === undefined ? null : parseSubset(values.subset),
      };
      return await runToReport(assessSamples(request, { pool }, terminal.signal), values.json, terminal);
    } finally {
      await pool.dispose();
    }
  },
};

/** Words in lines of at most `width` columns, indented as the options' texts are. */
function wrap(words: readonly string[], width: number): string {
  const lines = [""];
  for (const word of words) {
    const line = `${lines[lines.length - 1]} ${word}`;
    if (line.length > width) lines.push(` ${word}`);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line) => line.trimStart()).join(`\n${" ".repeat(24)}`);
}

function parseBits(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-8]$/.test(text)) throw usageError(`--bits ${text} is not a number from 1 to 8.`, "samples");
  return Number(text);
}
