import type { Track } from "../model";
import { testRestartMatrix } from "../operations/restart-tests";
import { fixed } from "../report/c-format";
import { eaRestartJson, eaRestartText } from "../report/ea-restart";
import { restartResult, RESTARTS, SAMPLES_PER_RESTART } from "../sp800-90b/restart";
import { finish } from "./command";
import { parseEaBits, readEaData, requireSymbols, type EaData } from "./ea-data";
import { badUsage, eaCommand, EaFailure, lastOf } from "./ea-tool";
import { withPool } from "./pool";

const SAMPLES = RESTARTS * SAMPLES_PER_RESTART;

/** What the tool simulates at least, and unless told otherwise. */
const SIMULATED_ROUNDS = 5_000_000;

export const eaRestartCommand = eaCommand({
  name: "ea_restart",
  usage: `ea_restart [-i|-n] [-v] [-q] [-s <simulation count>] [-o <file.json>] <file_name> [bits_per_symbol] <H_I>

\t <file_name>: a binary file of 1000 restarts of 1000 samples, one per byte, restart after restart (3.1.4.1).
\t [bits_per_symbol]: 1 to 8; without it, the highest bit in use tells.
\t <H_I>: the initial entropy estimate, bits per sample (3.1.3).
\t [-i|-n]: '-i' for IID data, which it tests for being that, without a bearing on the result; '-n' for non-IID data, the
\t default.
\t -s <simulation count>: Taken, but without effect: the cutoff is computed exactly, not simulated.
\t -v: Tells more; can be used several times.
\t -q: Tells less, whatever -v says.
\t -o: Writes the results to that file as JSON.

\t --version: Tells the version.
`,
  letters: "invqo:s:",
  jsonType: "Restart",
  run: async (call) => {
    const { options, operands, verbosity, terminal } = call;
    const rounds = lastOf(options, "s");
    if (rounds !== undefined && !(Number.parseInt(rounds.argument, 10) >= SIMULATED_ROUNDS)) throw badUsage("");
    if (operands.length !== 2 && operands.length !== 3) throw badUsage();
    const [file] = operands;
    const stated = parseEaBits(operands.length === 3 ? operands[1] : undefined, file);
    const hI = parseInitialEntropy(operands[operands.length - 1], file);
    const data = await readEaData(file, stated, null, terminal);
    checkData(data, hI, file);
    const { symbols: matrix, sha256, bits, narrow } = data;
    const track: Track = lastOf(options, "in")?.letter === "i" ? "iid" : "non-iid";
    const request = { matrix, bits, hI, track, testIid: track === "iid" } as const;
    const { restart, datasets, iid } = await withPool((pool) =>
      finish(testRestartMatrix(request, pool, terminal.signal), terminal),
    );
    // the tool tells what the IID tests say, and awards the same
    const result = restartResult(
      restart.sanity,
      datasets && { hR: datasets.rows.hOriginal, hC: datasets.columns.hOriginal },
    );
    const run = { track, result, datasets, iid, file, sha256, samples: SAMPLES, bits, narrow };
    terminal.print(eaRestartText(run, verbosity));
    await call.save(eaRestartJson(run, call.run));
    return result.verdict === "pass";
  },
});

function parseInitialEntropy(text: string, filename: string): number {
  // as C's atof: what is no number is 0
  const hI = Number.parseFloat(text) || 0;
  if (hI >= 0) return hI;
  throw new EaFailure(`H_I ${fixed(hI)} must be nonnegative.\n`, {
    usage: true,
    recorded: `H_I must be nonnegative: ${fixed(hI)}.`,
    filename,
  });
}

function checkData(data: EaData, hI: number, filename: string): void {
  const { symbols, sha256, bits } = data;
  const failure = (text: string, recorded: string) => new EaFailure(text, { usage: false, recorded, filename, sha256 });
  if (hI > bits) {
    const message = `H_I (${fixed(hI)}) must be at most 'bits_per_symbol' (${bits}).`;
    throw failure(`${message}\n`, message);
  }
  requireSymbols(data, filename);
  if (symbols.length !== SAMPLES) {
    const message = `*** Error: data (len = ${symbols.length}) does not contain ${SAMPLES} samples ***`;
    throw failure(`\n${message}\n\n`, message);
  }
}
