import type { ParsedKey } from "ssh2";

/** With what to prove who we are, and who may be asked for secrets. */
export interface AuthenticationServices {
  /** Private keys that were chosen for this machine, offered first, in this order; files that need not exist. */
  readonly identityFiles: readonly string[];
  /** The SSH agent's socket (SSH_AUTH_SOCK), whose keys come next; null without an agent. */
  readonly agentSocket: string | null;
  /** The account's own private keys, offered last: a server that counts attempts has seen the better ones by then. */
  readonly defaultIdentityFiles: readonly string[];
  /** Of the agent's keys offer none but those of the identity files (IdentitiesOnly). */
  readonly identitiesOnly?: boolean;
  /** Keys that were unlocked in this run, by file, so that a passphrase is asked for once though several servers want it. */
  readonly unlocked?: Map<string, ParsedKey>;
  /** Asks a person for a secret, null if none is given; null where there is nobody to ask. */
  readonly askSecret: ((request: SecretRequest) => Promise<string | null>) | null;
}

/** What a person is asked for; `prompt` says it in words. */
export type SecretRequest =
  | { readonly kind: "passphrase"; readonly prompt: string; readonly file: string }
  | { readonly kind: "password"; readonly prompt: string }
  /** A question of the server's own; `echo`: the answer may be seen while it is typed. */
  | { readonly kind: "question"; readonly prompt: string; readonly echo: boolean };
