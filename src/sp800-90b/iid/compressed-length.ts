import { blockBits, blockSize, bzip2Transform, STREAM_BITS } from "../../numeric/bzip2-length";
import { sortRotations } from "../../numeric/rotations";

/** 5.1.11, and the level that the NIST tool calls bzip2 with. */
const LEVEL = 5;
/** Blocks below this are transformed as any bytes are. */
const SMALL = 64;
const SPACE = 0x20;

/** A part of the text: tokens first to last - 1 whole, before them the end of a token, after them the beginning of one. */
interface Block {
  readonly tail: string;
  readonly first: number;
  readonly last: number;
  readonly head: string;
}

/**
 * 5.1.11: the length of the samples after compression by bzip2, written as decimal numbers with a space between them.
 *
 * The text is never written out. A number and its space form a token, and no token begins another: so a block is sorted
 * by rotations of tokens, a third as many as of characters and of a wider alphabet, and the characters follow from that.
 * Blocks are cut by characters; the halves of the tokens at their ends meet in the cyclic order and make one token more.
 * @param symbols each stands for its value
 * @param values ascending
 */
export function compressedLength(symbols: Uint8Array, values: Uint8Array): number {
  const texts = Array.from(values, (value) => `${value} `);
  let bits = STREAM_BITS;
  for (const block of blocksOf(symbols, texts)) bits += blockBits(transform(block, symbols, texts));
  return Math.ceil(bits / 8);
}

/** Cuts the text where bzip2 does: after the run of equal characters that fills a block. There are no runs of four. */
function* blocksOf(symbols: Uint8Array, texts: readonly string[]): Generator<Block> {
  const size = blockSize(LEVEL);
  const lengths = Uint8Array.from(texts, (text) => text.length);
  const end = symbols.length - 1;
  // No space follows the last number.
  const lastText = texts[symbols[end]].trimEnd();
  let tail = "";
  let first = 0;
  for (let token = 0, filled = 0; token <= end; token++) {
    const length = token < end ? lengths[symbols[token]] : lastText.length;
    if (filled + length < size) {
      filled += length;
      continue;
    }
    const text = token < end ? texts[symbols[token]] : lastText;
    let cut = size - filled;
    while (cut < length && text[cut] === text[cut - 1]) cut++;
    const whole = token < end && cut === length;
    yield { tail, first, last: whole ? token + 1 : token, head: whole ? "" : text.slice(0, cut) };
    tail = text.slice(cut);
    filled = tail.length;
    first = token + 1;
  }
  if (first <= end) yield { tail, first, last: end, head: lastText };
  else if (tail !== "") yield { tail, first, last: first, head: "" };
}

function transform(block: Block, symbols: Uint8Array, texts: readonly string[]): Uint8Array {
  const { tail, head } = block;
  const { first, last } = tail === "" && head !== "" ? { first: block.first + 1, last: block.last } : block;
  if (last - first < SMALL) return bzip2Transform(textOf(block, symbols, texts));
  // What the end and the beginning make together.
  const joint = head + (tail === "" && head !== "" ? texts[symbols[block.first]] : tail);
  const alphabet = [...new Set(joint === "" ? texts : [...texts, joint])].sort();
  const ranks = Uint16Array.from(texts, (text) => alphabet.indexOf(text));
  const tokens = new Uint16Array(last - first + (joint === "" ? 0 : 1));
  for (let i = first; i < last; i++) tokens[i - first] = ranks[symbols[i]];
  if (joint !== "") tokens[last - first] = alphabet.indexOf(joint);
  return columnOf(tokens, alphabet);
}

function textOf({ tail, first, last, head }: Block, symbols: Uint8Array, texts: readonly string[]): Uint8Array {
  const whole = Array.from(symbols.subarray(first, last), (symbol) => texts[symbol]).join("");
  return Uint8Array.from(tail + whole + head, (character) => character.charCodeAt(0));
}

/**
 * The characters that precede the rotations of a cyclic text. A rotation begins with the rest of some token, and among
 * those with the same rest the tokens that follow decide.
 * @param tokens indices into the alphabet
 * @param alphabet ascending texts, each with one space, at its end
 */
function columnOf(tokens: Uint16Array, alphabet: readonly string[]): Uint8Array {
  const n = tokens.length;
  const restsOf = (text: string): string[] => Array.from(text, (_, offset) => text.slice(offset));
  const rests = [...new Set(alphabet.flatMap(restsOf))].sort();
  const restIndex = new Map(rests.map((rest, index) => [rest, index]));
  /** Of each token at firsts[token]..firsts[token + 1]: its rests, and the character before each. */
  const firsts = new Int32Array(alphabet.length + 1);
  alphabet.forEach((text, token) => (firsts[token + 1] = firsts[token] + text.length));
  const restOf = Uint16Array.from(alphabet.flatMap(restsOf), (rest) => restIndex.get(rest) ?? 0);
  const before = Uint8Array.from(
    alphabet.flatMap((text) => [SPACE, ...Array.from(text.slice(0, -1), (c) => c.charCodeAt(0))]),
  );

  const times = new Int32Array(alphabet.length);
  for (let i = 0; i < n; i++) times[tokens[i]]++;
  const positions = new Int32Array(rests.length + 1);
  times.forEach((count, token) => {
    for (let at = firsts[token]; at < firsts[token + 1]; at++) positions[restOf[at] + 1] += count;
  });
  for (let rest = 0; rest < rests.length; rest++) positions[rest + 1] += positions[rest];

  const column = new Uint8Array(positions[rests.length]);
  const order = sortRotations(tokens, alphabet.length);
  for (let r = 0; r < n; r++) {
    const token = tokens[order[r] === 0 ? n - 1 : order[r] - 1];
    const end = firsts[token + 1];
    for (let at = firsts[token]; at < end; at++) column[positions[restOf[at]]++] = before[at];
  }
  return column;
}
