import { parseSubset } from "../formats/subset";
import type { AssessmentPurpose } from "../model";
import type { EaInput } from "../report/ea-input";
import { TRUNCATED_BITS } from "../sp800-90b/assessment";
import { parseEaBits, readEaData, requireSymbols, type EaData } from "./ea-data";
import { EaFailure, lastOf, type EaCall } from "./ea-tool";

/** What ea_non_iid and ea_iid are called with, and the samples that were read. */
export interface EaSequence {
  readonly symbols: EaData["symbols"];
  readonly input: EaInput;
  readonly purpose: AssessmentPurpose;
  readonly mostBits: number | null;
}

/**
 * Reads the options -i, -c, -a, -t and -l, and the file.
 * @throws EaFailure in the tools' words
 */
export async function readEaSequence({ options, operands: [file, width], terminal }: EaCall): Promise<EaSequence> {
  const conditioned = lastOf(options, "ic")?.letter === "c";
  const mostBits = lastOf(options, "at")?.letter === "t" ? TRUNCATED_BITS : null;
  const block = parseBlock(lastOf(options, "l")?.argument);
  const data = await readEaData(file, parseEaBits(width, file), block, terminal);
  requireSymbols(data, file);
  const { symbols, alphabet, bits, sha256, narrow } = data;
  const bitstringLength = Math.min(symbols.length * bits, mostBits ?? Infinity);
  const subset = block && { index: block.first / block.count, samples: block.count };
  const described = { file, sha256, samples: symbols.length, symbols: alphabet, bits, narrow };
  const input = { ...described, bitstringLength, conditioned, subset };
  return { symbols, input, purpose: conditioned ? "conditioned" : "initial", mostBits };
}

function parseBlock(text: string | undefined): ReturnType<typeof parseSubset> | null {
  if (text === undefined) return null;
  try {
    return parseSubset(text);
  } catch {
    throw new EaFailure("", { usage: true, recorded: "Error on index/samples." });
  }
}
