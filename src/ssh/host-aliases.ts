/** The names that a person has given to hosts in OpenSSH's client configuration. */
import { matchesPatternList } from "./patterns";
import { findRoute } from "./route";
import type { SshConfigContext } from "./ssh-config";
import { includedFiles, readSshConfigFile, type SshConfigFile } from "./ssh-config-files";
import { parseSshConfigLine } from "./ssh-config-line";

/** A name that a Host line gives. */
export interface HostAlias {
  readonly name: string;
  /** Where it leads, `user@host:port via jump`; what is wrong where the configuration cannot be followed. */
  readonly leadsTo: string;
}

/** As OpenSSH: an Include in an Include, and so on. */
const DEEPEST = 16;
/** A list of more would be looked through by nobody. */
const MOST = 500;

/** Whether a name can reach a line, past the Host lines of the files that include it. */
type Reach = (name: string) => boolean;

/**
 * The hosts that the configuration names one by one, in its order, each with where it leads; patterns name no host. No
 * program is run: a section of `Match exec` is passed over.
 * @param context whose configuration counts; `matchExec` is not asked
 */
export async function hostAliases(context: Omit<SshConfigContext, "matchExec">): Promise<readonly HostAlias[]> {
  const names = new Set<string>();
  for (const file of context.files) await collectNames(file, context.home, () => true, 0, names);
  const passive = { ...context, matchExec: () => Promise.resolve(false) };
  return Promise.all([...names].slice(0, MOST).map(async (name) => ({ name, leadsTo: await whereTo(name, passive) })));
}

async function collectNames(
  file: SshConfigFile,
  home: string,
  reaches: Reach,
  depth: number,
  names: Set<string>,
): Promise<void> {
  // what cannot be read is told when a machine is reached by it
  const text = await readSshConfigFile(file).catch(() => null);
  let section = reaches;
  for (const source of (text ?? "").split("\n")) {
    const line = parseSshConfigLine(source);
    if (line === null || typeof line === "string") continue;
    const { keyword, words } = line;
    if (keyword === "host") {
      section = (name) => reaches(name) && matchesPatternList(words, name);
      for (const word of words) if (isName(word) && section(word)) names.add(word);
    } else if (keyword === "match") {
      section = words.length === 1 && words[0].toLowerCase() === "all" ? reaches : () => false;
    } else if (keyword === "include" && depth < DEEPEST) {
      for (const word of words)
        for (const included of await includedFiles(word, file, home))
          await collectNames(included, home, section, depth + 1, names);
    }
  }
}

const isName = (word: string): boolean => !/[*?!]/.test(word);

async function whereTo(name: string, context: SshConfigContext): Promise<string> {
  try {
    const route = await findRoute({ host: name, user: null, port: null }, context);
    const [host, ...jumps] = route.map(({ endpoint }) => endpoint).reverse();
    const program = route.at(-1)?.proxyCommand ? " via a program" : "";
    const via =
      jumps.length === 0
        ? program
        : ` via ${jumps
            .reverse()
            .map(({ host: jump }) => jump)
            .join(", ")}`;
    const place = host.host.includes(":") ? `[${host.host}]` : host.host;
    return `${host.user}@${place}:${host.port}${via}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
