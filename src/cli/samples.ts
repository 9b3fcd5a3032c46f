import { join } from "node:path";
import { assessSamples } from "../operations/assess-samples";
import { WorkerPool } from "../workers/pool";
import { parseCommandLine, REPORT_OPTIONS, runToReport, theOnly, usageError, type Command } from "./command";

/** The bundle puts the worker's script beside this one. */
const WORKER_SCRIPT = join(__dirname, "worker.js");

export const samplesCommand: Command = {
  name: "samples",
  summary: "assess the min-entropy of a file of noise samples (NIST SP 800-90B, non-IID track)",
  usage: `entropy-check samples FILE [--bits N] [--json FILE|-]

Assesses a file of one sample per byte with the ten estimators of NIST SP 800-90B, section 6.3.

  --bits N      bits per sample, 1 to 8; without it, the highest bit in use tells
  --json FILE   write the report as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("samples", {
      args: [...args],
      allowPositionals: true,
      options: { ...REPORT_OPTIONS, bits: { type: "string" } },
    });
    const file = theOnly(positionals, "file", "samples");
    const pool = new WorkerPool(WORKER_SCRIPT);
    try {
      const request = { file, bits: parseBits(values.bits) };
      return await runToReport(assessSamples(request, { pool }, terminal.signal), values.json, terminal);
    } finally {
      await pool.dispose();
    }
  },
};

function parseBits(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-8]$/.test(text)) throw usageError(`--bits ${text} is not a number from 1 to 8.`, "samples");
  return Number(text);
}
