/**
 * A line of ssh_config: a keyword, `=` or blanks, and words that quotes keep together (ssh_config(5), DESCRIPTION).
 * The package ssh-config was tried instead: it forgets where a line stood, keeps one of several criteria of the same
 * kind in a Match, and takes single quotes for letters.
 */

/** A line that says something. */
export interface SshConfigLine {
  /** Lower case. */
  readonly keyword: string;
  readonly words: readonly string[];
  /** All that follows the keyword, as it stands: commands are read by a shell. */
  readonly rest: string;
}

/**
 * Reads one line.
 * @returns null for an empty line or a comment; what is wrong with the line, in words, when it cannot be read
 */
export function parseSshConfigLine(text: string): SshConfigLine | null | string {
  const line = text.trimStart().replace(/(?<![\s\0])[\s\0]+$/, "");
  if (line === "" || line.startsWith("#")) return null;
  const [, keyword, rest] = /^([^\s="]+)(?:\s*=\s*|\s+)?(.*)$/s.exec(line) ?? [];
  if (!keyword) return "it does not begin with a keyword";
  if (rest === "") return `nothing follows ${keyword}`;
  const words = splitWords(rest);
  return words === null ? "a quotation mark is missing" : { keyword: keyword.toLowerCase(), words, rest };
}

/** The words up to a comment; null if a quotation is not closed. A backslash escapes quotes, itself, and a blank. */
function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const isBlank = c === " " || c === "\t";
    if (word === null && isBlank) continue;
    if (word === null && c === "#") break;
    word ??= "";
    if (c === "\\" && isEscapable(text.charAt(i + 1), quote)) {
      word += text[++i];
    } else if (quote === null && isBlank) {
      words.push(word);
      word = null;
    } else if (quote === null && (c === '"' || c === "'")) {
      quote = c;
    } else if (c === quote) {
      quote = null;
    } else {
      word += c;
    }
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}

const isEscapable = (c: string, quote: string | null): boolean =>
  c === '"' || c === "'" || c === "\\" || (c === " " && quote === null);
