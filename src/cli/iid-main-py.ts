import { assessDatasets } from "../operations/assess-datasets";
import { iidTests, randomSeed } from "../operations/iid-tests";
import { draftIidText } from "../report/draft-2016-iid";
import { chiSquareCutoff } from "../sp800-90b/iid/chi-square";
import { alphabetSize } from "../sp800-90b/sequence";
import { finish } from "./command";
import { draftCommand } from "./draft-2016";
import { withPool } from "./pool";

export const iidMainPyCommand = draftCommand({
  name: "iid_main.py",
  arguments: "[-v] datafile bits_per_symbol",
  help: `  datafile              one sample per byte
  bits_per_symbol       1 to 8; higher bits are masked away
  -v, --verbose         tell every test
`,
  operands: 2,
  useBits: false,
  remark:
    "The tests and the numbers are those of the final SP 800-90B (2018), not of the draft of 2016. The counting of a " +
    "statistic stops when it is decided; C[i][0] are the permutations with a greater value, C[i][1] those with the same.",
  run: async ({ symbols, bits, verbose }, terminal) => {
    if (alphabetSize(symbols) < 2) {
      terminal.warn("iid_main.py: there is one symbol only: no entropy, and nothing to permute\n");
      terminal.print("IID = False\n");
      return;
    }
    const { tests, minEntropy } = await withPool(async (pool) => {
      const request = { samples: symbols, seed: randomSeed(), all: false, name: null };
      const mode = { track: "iid", purpose: "initial", mostBits: null } as const;
      const tested = await finish(iidTests(request, pool, terminal.signal), terminal);
      const [assessed] = await finish(assessDatasets([{ symbols, bits, mode }], pool, terminal.signal), terminal);
      return { tests: tested, minEntropy: assessed.minEntropy };
    });
    const cutoff = ({ df }: { readonly df: number | null }) => (df === null ? null : chiSquareCutoff(df));
    const cutoffs = {
      independence: cutoff(tests.chiSquareIndependence),
      goodnessOfFit: cutoff(tests.chiSquareGoodnessOfFit),
    };
    terminal.print(draftIidText({ tests, cutoffs, minEntropy }, verbose));
    if (verbose) terminal.warn(`iid_main.py: the seed of the permutations was ${tests.seed}\n`);
  },
});
