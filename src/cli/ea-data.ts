import { UserError } from "../errors";
import { sampleFileSize } from "../formats/sample-file";
import type { Subset } from "../formats/subset";
import { readSymbols, type ReadSymbols } from "../operations/read-symbols";
import { alphabetSize } from "../sp800-90b/sequence";
import { finish, type Terminal } from "./command";
import { EaFailure } from "./ea-tool";

/** A file of samples as NIST's tools take it, one per byte. */
export interface EaData {
  readonly symbols: ReadSymbols["symbols"];
  /** Of the whole file. */
  readonly sha256: string;
  /** As stated, else those of the highest bit in use. */
  readonly bits: number;
  /** The stated width exceeds that of the data. */
  readonly narrow: boolean;
  /** Distinct symbols. */
  readonly alphabet: number;
}

const NARROW = "Warning: Symbols appear to be narrower than described.\n";

/** @throws EaFailure in the tools' words */
export async function readEaData(
  file: string,
  stated: number | null,
  subset: Subset | null,
  terminal: Terminal,
): Promise<EaData> {
  const { symbols, sha256, bits } = await read(file, subset, terminal);
  if (stated !== null && bits > stated) {
    const message = `Incorrect bit width specification: Data (${bits}) does not fit within described bit width: ${stated}.`;
    const details = { usage: true, recorded: `Error: ${message}`, filename: file, sha256 };
    throw new EaFailure(`${message}\nError reading file.\n`, details);
  }
  const narrow = stated !== null && bits < stated;
  return { symbols, sha256, bits: stated ?? bits, narrow, alphabet: alphabetSize(symbols) };
}

/**
 * Refuses data of one symbol, as the tools do before they assess any.
 * @throws EaFailure
 */
export function requireSymbols({ alphabet, narrow, sha256 }: EaData, filename: string): void {
  if (alphabet > 1) return;
  const message = "Symbol alphabet consists of 1 symbol. No entropy awarded...";
  throw new EaFailure(`${narrow ? NARROW : ""}${message}\n`, { usage: false, recorded: message, filename, sha256 });
}

/**
 * Reads `[bits_per_symbol]`.
 * @throws EaFailure
 */
export function parseEaBits(text: string | undefined, filename: string): number | null {
  if (text === undefined) return null;
  const bits = Number.parseInt(text, 10);
  if (bits >= 1 && bits <= 8) return bits;
  throw new EaFailure("Invalid bits per symbol.\n", { usage: true, recorded: "Invalid bits per symbol.", filename });
}

async function read(file: string, subset: Subset | null, terminal: Terminal): Promise<ReadSymbols> {
  try {
    const part = subset === null ? null : within(subset, file, await sampleFileSize(file));
    const request = { file, format: { kind: "bytes" }, reduction: { kind: "automatic" }, subset: part } as const;
    return await finish(readSymbols(request, terminal.signal), terminal);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = WORDS[error.code]?.(file);
    if (message === undefined) throw error;
    if (error.code === "formats-samples-unreadable") terminal.warn(`${error.message}\n`);
    throw new EaFailure(`${message}\nError reading file.\n`, { usage: true, recorded: message, filename: file });
  }
}

/** The tools' words for what they have words for. */
const WORDS: Readonly<Partial<Record<string, (file: string) => string>>> = {
  "formats-samples-unreadable": (file) => `Error: could not open '${file}'`,
  "formats-samples-empty": (file) => `Error: '${file}' is empty`,
};

/** The tools take a last block that is shorter. */
function within({ first, count }: Subset, file: string, samples: number): Subset {
  if (first < samples) return { first, count: Math.min(count, samples - first) };
  const message = `Error: '${file}' has ${samples} samples, and none from sample ${first} on`;
  throw new EaFailure(`${message}\nError reading file.\n`, { usage: true, recorded: message, filename: file });
}
