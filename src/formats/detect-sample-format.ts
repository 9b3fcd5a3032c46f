import { readBootTestFile, type BootTestFile } from "./boot-test-file";
import { guessLines } from "./guess-lines";
import { guessWords } from "./guess-words";
import { readHead } from "./sample-file";
import {
  parseSampleFormat,
  sampleFormatId,
  type FormatGuess,
  type SampleFormat,
  type SampleFormatGuess,
} from "./sample-format";

/** Bytes from the start of a file that the guess looks at. */
const HEAD = 65_536;

/** What a guess goes by. */
export interface FormatClues {
  /** The file's first bytes: all of them, or many. */
  readonly head: Uint8Array;
  /** Bytes in the whole file. */
  readonly size: number;
  /** The file's name; it only decides what the content leaves open. */
  readonly name: string;
  readonly bootTest: BootTestFile;
}

/**
 * Guesses the format of a file of samples. It is a guess: whoever shows it lets the user choose another.
 * @throws UserError when the file or the `.meta` beside it cannot be read
 */
export async function detectSampleFormat(path: string): Promise<SampleFormatGuess> {
  const { head, size } = await readHead(path, HEAD);
  return guessSampleFormat({ head, size, name: path, bootTest: await readBootTestFile(path) });
}

/**
 * The format that the user named, or else the guess.
 * @param named null: guess
 * @throws UserError as `detectSampleFormat`
 */
export async function chooseFormat(
  path: string,
  named: SampleFormat | null,
): Promise<{ format: SampleFormat; guess: SampleFormatGuess | null }> {
  if (named !== null) return { format: named, guess: null };
  const guess = await detectSampleFormat(path);
  return { format: guess.format, guess };
}

/** Guesses by content first, by name second, and takes bytes, the NIST tools' format, when nothing speaks against them. */
export function guessSampleFormat(clues: FormatClues): SampleFormatGuess {
  const text = guessLines(clues.head, clues.head.length >= clues.size);
  const guesses = [
    ...guessBootTest(clues.bootTest),
    ...text,
    ...(text.length === 0 ? [...guessWords(clues.head), ...guessByName(clues)] : []),
    { format: parseSampleFormat("bytes"), reason: describeBytes(clues.head) },
    ...(text.length === 0 ? wholeNumbers(clues.size) : []),
  ];
  const ids = guesses.map(({ format }) => sampleFormatId(format));
  const [guess, ...alternatives] = guesses.filter((_, i) => ids.indexOf(ids[i]) === i);
  return { ...guess, alternatives };
}

function guessBootTest(bootTest: BootTestFile): readonly FormatGuess[] {
  if (bootTest.kind !== "finished") return [];
  const reason = "A .meta file beside it says that a boot-time test recorded it, and those record bytes.";
  return [{ format: parseSampleFormat("bytes"), reason }];
}

const WORDS_IN_NAME = /(?:^|[^a-z0-9])u(16|32|64)(le|be)?(?![a-z0-9])/i;
const PACKED_IN_NAME = /(?:^|[^a-z0-9])packed(?![a-z0-9])/i;

function guessByName({ name, size }: FormatClues): readonly FormatGuess[] {
  const base = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const reason = "Its content leaves the format open; its name says this one.";
  const words = WORDS_IN_NAME.exec(base);
  if (words !== null && size % (Number(words[1]) / 8) === 0) {
    const order = (words.at(2) ?? "le").toLowerCase();
    return [{ format: parseSampleFormat(`u${words[1]}${order}`), reason }];
  }
  return PACKED_IN_NAME.test(base) ? [{ format: parseSampleFormat("packed-msb"), reason }] : [];
}

function describeBytes(head: Uint8Array): string {
  const most = head.reduce((a, b) => Math.max(a, b), 0);
  const bits = Math.max(1, 32 - Math.clz32(most));
  return bits === 8
    ? "Nothing in its content speaks against one sample per byte."
    : `No byte needs more than ${bits} of its 8 bits.`;
}

/** The other formats that a binary file of this size may be in. */
function wholeNumbers(size: number): readonly FormatGuess[] {
  const packed = ["packed-msb", "packed-lsb"].map((id) => ({
    format: parseSampleFormat(id),
    reason: "Any bytes may be eight samples of one bit each.",
  }));
  const words = [16, 32, 64]
    .filter((width) => size % (width / 8) === 0)
    .flatMap((width) =>
      ["le", "be"].map((order) => ({
        format: parseSampleFormat(`u${width}${order}`),
        reason: `Its ${size} bytes are ${size / (width / 8)} numbers of ${width} bits.`,
      })),
    );
  return [...packed, ...words];
}
