/** Tokens and variables in values: ssh_config(5), TOKENS and ENVIRONMENT VARIABLES. */
import { hostname } from "node:os";

/** What values may speak of. */
export interface TokenValues {
  /** `%h`: where the connection goes. */
  readonly host: string;
  /** `%n`: as the host was asked for. */
  readonly originalHost: string;
  /** `%k`: under which name its key is known. */
  readonly hostKeyName: string;
  readonly port: number;
  /** `%r`: who logs in. */
  readonly user: string;
  /** `%u`: whose account this is. */
  readonly localUser: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Replaces `%h` and its like.
 * @param which the letters that may occur here
 * @throws Error, in words, for one that may not
 */
export function expandTokens(text: string, which: string, values: TokenValues): string {
  return text.replace(/%(.?)/gsu, (token, letter: string) => {
    if (letter === "%") return "%";
    const replacement = letter !== "" && which.includes(letter) ? tokenValue(letter, values) : null;
    if (replacement === null) throw new Error(`${token} stands for nothing here`);
    return replacement;
  });
}

function tokenValue(letter: string, values: TokenValues): string | null {
  switch (letter) {
    case "d":
      return values.home;
    case "h":
      return values.host;
    case "i":
      return String(process.getuid?.() ?? "");
    case "k":
      return values.hostKeyName;
    case "L":
      return hostname().split(".")[0];
    case "l":
      return hostname();
    case "n":
      return values.originalHost;
    case "p":
      return String(values.port);
    case "r":
      return values.user;
    case "u":
      return values.localUser;
    default:
      return null;
  }
}

/**
 * A path as it is used: with the home folder, tokens, and variables as `${NAME}` in their places.
 * @throws Error, in words, for a token or a variable that stands for nothing
 */
export function expandPath(text: string, values: TokenValues): string {
  if (/^~[^/]/.test(text)) throw new Error(`${text} lies in another account's home folder`);
  const path = text.startsWith("~") ? values.home + text.slice(1) : text;
  const filled = path.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = values.env[name];
    if (value === undefined) throw new Error(`the environment has no ${name}`);
    // what a variable holds is no token
    return value.replaceAll("%", "%%");
  });
  return expandTokens(filled, "dhikLlnpru", values);
}
