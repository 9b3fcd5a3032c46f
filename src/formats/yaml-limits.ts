import { Lexer } from "yaml";

/** Characters of a file, levels of brackets or of indicators in one line, and aliases: far beyond any real file. */
const LONGEST = 200_000;
const DEEPEST = 100;
const MOST_ALIASES = 1000;

/**
 * Whether a text would keep the parser busy for long, or overflow its stack, which ends the process and cannot be
 * caught: 100,000 opening brackets do. The lexer does not recurse, so it can tell beforehand.
 */
export function isUnreasonableYaml(text: string): boolean {
  if (text.length > LONGEST) return true;
  let flow = 0;
  let block = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") flow++;
    else if (token === "]" || token === "}") flow--;
    else if (token.endsWith("\n")) block = 0;
    else if (flow <= 0 && /^[-?:]$/.test(token)) block++;
    else if (token.startsWith("*")) aliases++;
    if (flow > DEEPEST || block > DEEPEST || aliases > MOST_ALIASES) return true;
  }
  return false;
}
