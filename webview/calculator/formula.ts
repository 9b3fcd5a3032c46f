import { h, type Child } from "../dom";
import { symbol } from "../symbol";

/** What is set as a symbol: what has a subscript, and the letters that stand for numbers. */
const SYMBOLS = /((?:h['′]|\b(?:[hnP]_[a-z]+|nw|[nU])\b)(?!\w))/;

/** Text with its symbols set as such, and what stands in braces as an exponent. */
export function formula(text: string): readonly Child[] {
  return text
    .split(/\{([^}]*)\}/)
    .flatMap((part, i): readonly Child[] => (i % 2 === 0 ? withSymbols(part) : [h("sup", {}, ...withSymbols(part))]));
}

function withSymbols(text: string): readonly Child[] {
  return text.split(SYMBOLS).map((part, i) => (i % 2 === 0 ? part : symbol(part.replace("'", "′"))));
}
