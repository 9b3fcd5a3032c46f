/** An option as it was met: its letter, and its argument if it takes one. */
export interface Option {
  readonly letter: string;
  readonly argument: string;
}

export type Words =
  | { readonly ok: true; readonly options: readonly Option[]; readonly operands: readonly string[] }
  /** Completes "NAME: ". */
  | { readonly ok: false; readonly reason: string };

/**
 * Splits a command line as C's getopt does: letters after a dash, several in a word, options and operands in any order.
 * @param letters the options there are, a colon after those that take an argument: `vl:o:`
 */
export function getopt(args: readonly string[], letters: string): Words {
  const options: Option[] = [];
  const operands: string[] = [];
  for (let a = 0; a < args.length; a++) {
    const word = args[a];
    if (word === "--") return { ok: true, options, operands: [...operands, ...args.slice(a + 1)] };
    if (word === "-" || !word.startsWith("-")) {
      operands.push(word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at];
      const known = letter === ":" ? -1 : letters.indexOf(letter);
      if (known < 0) return { ok: false, reason: `invalid option -- '${letter}'` };
      if (letters[known + 1] !== ":") {
        options.push({ letter, argument: "" });
        continue;
      }
      const rest = word.slice(at + 1);
      if (rest === "" && a + 1 === args.length)
        return { ok: false, reason: `option requires an argument -- '${letter}'` };
      options.push({ letter, argument: rest === "" ? args[++a] : rest });
      break;
    }
  }
  return { ok: true, options, operands };
}
