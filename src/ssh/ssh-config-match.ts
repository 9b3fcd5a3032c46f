/** The criteria of Match: ssh_config(5). */
import { matchesPatternList } from "./patterns";

/** What criteria are compared with. */
export interface MatchSubject {
  /** Where the connection goes, as far as is known at this line. */
  readonly host: string;
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  /** The files are read once more, because one of them asks for it. */
  readonly finalPass: boolean;
}

/** What a Match line comes to, and what it asks for beside. */
export interface MatchOutcome {
  readonly matches: boolean;
  readonly wantsFinalPass: boolean;
}

type Criterion = (subject: MatchSubject, patterns: string) => boolean;

const among = (name: string, patterns: string): boolean => matchesPatternList(patterns.split(","), name);

const CRITERIA: Readonly<Record<string, Criterion>> = {
  host: ({ host }, patterns) => among(host.toLowerCase(), patterns.toLowerCase()),
  originalhost: ({ originalHost }, patterns) => among(originalHost.toLowerCase(), patterns.toLowerCase()),
  user: ({ user }, patterns) => among(user, patterns),
  localuser: ({ localUser }, patterns) => among(localUser, patterns),
};

/**
 * Decides on a Match line.
 * @param words what follows Match
 * @param run decides on a program that the line names; asked only if all that stands before it matches
 * @throws Error, in words, for a line that is none
 */
export async function matchLine(
  words: readonly string[],
  subject: MatchSubject,
  run: (command: string) => Promise<boolean>,
): Promise<MatchOutcome> {
  const pieces = words.flatMap((word) => splitAtEquals(word)).filter((piece) => piece !== "");
  if (pieces.length === 0) throw new Error("Match needs a criterion");
  let matches = true;
  let wantsFinalPass = false;
  for (let at = 0, criteria = 0; at < pieces.length; at++, criteria++) {
    const negated = pieces[at].startsWith("!");
    const name = pieces[at].slice(negated ? 1 : 0).toLowerCase();
    if (name === "all") {
      if (criteria > 1 || at + 1 < pieces.length) throw new Error("Match all goes with no other criterion");
      return { matches: matches && !negated, wantsFinalPass };
    }
    if (name === "final" || name === "canonical") {
      wantsFinalPass ||= name === "final";
      matches &&= subject.finalPass !== negated;
      continue;
    }
    const argument = pieces.at(++at);
    if (argument === undefined) throw new Error(`Match ${name} needs a value`);
    if (name === "exec") {
      matches &&= (await run(argument)) !== negated;
    } else {
      if (!Object.hasOwn(CRITERIA, name)) throw new Error(`Match has no criterion ${name} that is supported`);
      matches &&= CRITERIA[name](subject, argument) !== negated;
    }
  }
  return { matches, wantsFinalPass };
}

/** `host=name` is `host name`. */
function splitAtEquals(word: string): readonly string[] {
  const match = /^(!?[a-z]*)=(.*)$/is.exec(word);
  return match === null ? [word] : match.slice(1);
}
