import { assessDatasets } from "../operations/assess-datasets";
import { draftNonIidText } from "../report/draft-2016";
import { finish } from "./command";
import { draftCommand } from "./draft-2016";
import { withPool } from "./pool";

export const nonIidMainPyCommand = draftCommand({
  name: "noniid_main.py",
  arguments: "[-u use_bits] [-v] datafile bits_per_symbol",
  help: `  datafile              one sample per byte
  bits_per_symbol       1 to 8; higher bits are masked away
  -u, --usebits N       keep the lowest N of those bits
  -v, --verbose         tell every estimate
`,
  operands: 2,
  useBits: true,
  remark:
    "The numbers are those of the final SP 800-90B (2018), not of the draft of 2016. An estimator's is the lesser of its " +
    "estimates of the symbols and of their bits, per symbol; Pglobal and Plocal are of the one that is less.",
  run: async ({ symbols, bits, verbose }, terminal) => {
    const [assessment] = await withPool((pool) =>
      finish(assessDatasets([{ symbols, bits }], pool, terminal.signal), terminal),
    );
    terminal.print(draftNonIidText(assessment, bits, verbose));
  },
});
