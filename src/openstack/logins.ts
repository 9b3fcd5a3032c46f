import { createHash } from "node:crypto";
import type { CloudConfig } from "../formats/cloud-config";
import { Secret } from "../formats/secret";
import { accepted, attemptLogin, isGood, type LogIn, type LoginAttempt } from "./identity";

/**
 * The logins of a run over several clouds. Those with the same address, identity and scope log in once, because a token
 * is good in every region of its project, a passcode for one login only, and Keystone may lock out who is refused too
 * often. Another scope is another login.
 */
export class Logins {
  readonly #attempts = new Map<string, Promise<LoginAttempt>>();
  /** Of whom a passcode has been asked for. */
  readonly #asked = new Set<string>();

  /** Logs in, or takes the login of another cloud. @throws UserError of this cloud when Keystone refuses either */
  readonly logIn: LogIn = async (cloud, http, signal) => {
    const key = loginKey(cloud);
    const others = this.#attempts.get(key);
    if (others !== undefined) {
      const login = accepted(cloud, await others);
      if (isGood(login)) return login;
    }
    const own = attemptLogin(this.#counting(cloud), http, signal);
    this.#attempts.set(key, own);
    try {
      return accepted(cloud, await own);
    } catch (error) {
      // what had no answer may have one later; a refusal stands
      await own.catch(() => this.#attempts.delete(key));
      throw error;
    }
  };

  /** The cloud, asking for a passcode as one that must be another than those before. */
  #counting(cloud: CloudConfig): CloudConfig {
    const { askPasscode, authUrl } = cloud;
    if (askPasscode === null) return cloud;
    return {
      ...cloud,
      askPasscode: (owner) => {
        const person = JSON.stringify([authUrl, "user" in cloud.auth ? cloud.auth.user : null]);
        const again = this.#asked.has(person);
        this.#asked.add(person);
        return askPasscode(owner, again);
      },
    };
  }
}

/** What two clouds have in common that may share a login. The secrets in it count, and are not to be found in it. */
function loginKey({ authUrl, tls, auth }: CloudConfig): string {
  const text = JSON.stringify(
    [authUrl, tls, auth],
    function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
      const member = this[key];
      const revealed: unknown = member instanceof Secret ? member.reveal() : value;
      return revealed;
    },
  );
  return createHash("sha256").update(text).digest("base64");
}
