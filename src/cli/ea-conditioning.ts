import { assessDatasets } from "../operations/assess-datasets";
import { eaConditioningJson, eaConditioningText } from "../report/ea-conditioning";
import { conditionedEntropy } from "../sp800-90b/conditioning";
import { conditioningDigits } from "../sp800-90b/conditioning-digits";
import { finish } from "./command";
import { readEaData, requireSymbols } from "./ea-data";
import { parseEaInteger, parseEaReal } from "./ea-numbers";
import { badUsage, eaCommand, EaFailure, lastOf, type EaCall } from "./ea-tool";
import { withPool } from "./pool";

export const eaConditioningCommand = eaCommand({
  name: "ea_conditioning",
  usage: `ea_conditioning -v [-q] <n_in> <n_out> <nw> <h_in> [-o <file.json>]
\tor
\tea_conditioning -n [-q] <n_in> <n_out> <nw> <h_in> [h' | -i <file> [-c iid]] [-o <file.json>]

\t <n_in>, <n_out>: bits that go into the conditioning function, and that come out.
\t <nw>: its narrowest internal width in bits.
\t <h_in>: bits of entropy that go in.
\t <-v|-n>: '-v' for a vetted conditioning function, the default; '-n' for one that is not (3.1.5.2).
\t <h'>: bits of entropy per bit of the conditioned sequential dataset, with '-n'.
\t -i: A file of conditioned output, which is assessed for h': on the non-IID track, or on the IID track with -c iid.
\t -q: Tells less.
\t -o: Writes the results to that file as JSON.

\t --version: Tells the version.
`,
  letters: "vnqo:i:c:",
  jsonType: "Conditioning",
  run: async (call) => {
    const { options, operands, verbosity, terminal } = call;
    const vetted = lastOf(options, "vn")?.letter !== "n";
    const file = lastOf(options, "i")?.argument;
    const assesses = !vetted && operands.length === 4 && file !== undefined;
    if (operands.length !== (vetted || assesses ? 4 : 5)) throw badUsage();
    const [nIn, nOut, nw] = ["n_in", "n_out", "nw"].map((name, i) => parseEaInteger(operands[i], name));
    const hIn = aboveZero(parseEaReal(operands[3], nIn, "h_in"), "h_in");
    const data = assesses ? await assess(file, call) : null;
    const hPrime = vetted ? null : (data?.hPrime ?? aboveZero(parseEaReal(operands[4], 1, "h_p"), "h_p"));
    const parameters = { nIn, nOut, nw, hIn, hPrime };
    const result = conditionedEntropy(parameters);
    terminal.print(eaConditioningText(result, conditioningDigits(parameters), verbosity === 0));
    const input = { filename: data === null ? null : (file ?? null), sha256: data?.sha256 ?? null };
    await call.save(eaConditioningJson(result, { ...call.run, ...input }));
    return true;
  },
});

function aboveZero(value: number, name: string): number {
  if (value > 0) return value;
  throw new EaFailure("", { usage: true, recorded: `Error with input: generating ${name}.` });
}

/** h' of a file of conditioned output (3.1.5.2). */
async function assess(file: string, { options, terminal }: EaCall): Promise<{ hPrime: number; sha256: string }> {
  const data = await readEaData(file, null, null, terminal);
  requireSymbols(data, file);
  const { symbols, bits, sha256 } = data;
  const track = lastOf(options, "c")?.argument === "iid" ? "iid" : "non-iid";
  const mode = { track, purpose: "conditioned", mostBits: null } as const;
  const [{ hBitstring }] = await withPool((pool) =>
    finish(assessDatasets([{ symbols, bits, mode }], pool, terminal.signal), terminal),
  );
  return { hPrime: hBitstring ?? 1, sha256 };
}
