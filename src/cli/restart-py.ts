import { testRestartMatrix } from "../operations/restart-tests";
import { draftRestartText } from "../report/draft-2016";
import { finish } from "./command";
import { draftCommand, draftUsageError } from "./draft-2016";
import { withPool } from "./pool";

export const restartPyCommand = draftCommand({
  name: "restart.py",
  arguments: "[-v] datafile bits_per_symbol H_I",
  help: `  datafile              1000 restarts of 1000 samples, one per byte
  bits_per_symbol       1 to 8; higher bits are masked away
  H_I                   the initial entropy estimate, bits per sample
  -v, --verbose         tell the counts and the cutoff
`,
  operands: 3,
  useBits: false,
  remark:
    "The tests are those of the final SP 800-90B (2018), not of the draft of 2016: U is the final cutoff, and the row and " +
    "column datasets are assessed, so that the final estimate is min(H_r, H_c, H_I).",
  run: async ({ operands, symbols, bits, verbose }, terminal) => {
    const hI = Number(operands[2]);
    if (!Number.isFinite(hI)) throw draftUsageError(`H_I is ${operands[2]}, not a number`);
    const request = { matrix: symbols, bits, hI, track: "non-iid", testIid: false } as const;
    const { restart } = await withPool((pool) => finish(testRestartMatrix(request, pool, terminal.signal), terminal));
    terminal.print(draftRestartText(restart, verbose));
    terminal.warn(`restart.py: ${restart.reason}\n`);
  },
});
