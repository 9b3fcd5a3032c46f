import { join } from "node:path";
import type { RouteServices } from "../ssh/connect-route";
import { SYSTEM_SSH_CONFIG } from "../ssh/ssh-config-files";

/** What it takes to reach machines: for those over SSH, whom to trust, who we are, and whom to ask. */
export type MachineServices = RouteServices;

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
    sshConfig: {
      files: [
        { path: join(home, ".ssh", "config"), owner: "user", guarded: true },
        { path: SYSTEM_SSH_CONFIG, owner: "system", guarded: false },
      ],
      home,
      env,
    },
    knownHostsFiles: [],
    ownKnownHosts: {
      user: ["known_hosts", "known_hosts2"].map((name) => join(home, ".ssh", name)),
      global: ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"],
    },
    identityFiles: [],
    agentSocket: env["SSH_AUTH_SOCK"] || null,
    defaultIdentityFiles: IDENTITIES.map((name) => join(home, ".ssh", name)),
    askSecret: null,
    unlocked: new Map(),
    confirmHostKey: null,
    confirmCommand: null,
    remark: () => undefined,
  };
}
