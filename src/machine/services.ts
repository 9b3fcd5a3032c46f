import { join } from "node:path";
import type { SshServices } from "../ssh/connect";

/** What it takes to reach machines: for those over SSH, whom to trust, who we are, and whom to ask. */
export interface MachineServices extends SshServices {
  /** Who logs in where the address names nobody. */
  readonly user: string;
}

/** The names that ssh-keygen gives to new keys, in OpenSSH's order of preference of what ssh2 can use. */
const IDENTITIES = ["id_ed25519", "id_ecdsa", "id_rsa"];

/**
 * The services of a person's own account, with nobody to ask: spread your callbacks over them.
 * @param env for SSH_AUTH_SOCK and the user's name
 * @param home the home folder
 */
export function defaultMachineServices(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): MachineServices {
  return {
    user: env["LOGNAME"] ?? env["USER"] ?? env["USERNAME"] ?? "root",
    knownHostsFiles: [
      join(home, ".ssh", "known_hosts"),
      join(home, ".ssh", "known_hosts2"),
      "/etc/ssh/ssh_known_hosts",
      "/etc/ssh/ssh_known_hosts2",
    ],
    identityFiles: [],
    agentSocket: env["SSH_AUTH_SOCK"] || null,
    defaultIdentityFiles: IDENTITIES.map((name) => join(home, ".ssh", name)),
    askSecret: null,
    confirmHostKey: null,
  };
}
