import { resolve } from "node:path";
import { defaultMachineServices, type MachineServices } from "../machine/services";
import type { Terminal } from "./command";

/** The options that say how machines are reached. */
export const MACHINE_OPTIONS = {
  identity: { type: "string", multiple: true },
  "known-hosts": { type: "string", multiple: true },
  "ssh-config": { type: "string" },
} as const;

export const MACHINE_USAGE = `  --identity FILE      a private key to log in with, before the agent's and ~/.ssh's own; may be repeated
  --known-hosts FILE   host keys to trust, instead of ~/.ssh/known_hosts, /etc/ssh's and the SSH configuration's; may be
                       repeated
  --ssh-config FILE    the SSH configuration, instead of ~/.ssh/config and /etc/ssh/ssh_config; "none" for none
`;

/** How a person at a terminal reaches machines: by the own account's SSH configuration, keys and known hosts. */
export function machineServices(
  values: {
    readonly identity?: readonly string[] | undefined;
    readonly "known-hosts"?: readonly string[] | undefined;
    readonly "ssh-config"?: string | undefined;
  },
  { env, home, cwd, ask, warn }: Terminal,
): MachineServices {
  const own = defaultMachineServices(env, home);
  const knownHosts = values["known-hosts"];
  const config = values["ssh-config"];
  const chosen = config === undefined || config === "none" ? [] : [resolve(cwd, config)];
  return {
    ...own,
    sshConfig:
      config === undefined || own.sshConfig === null
        ? own.sshConfig
        : { ...own.sshConfig, files: chosen.map((path) => ({ path, owner: "user", guarded: false })) },
    identityFiles: [...(values.identity ?? []), ...own.identityFiles],
    knownHostsFiles: knownHosts ?? own.knownHostsFiles,
    ownKnownHosts: knownHosts === undefined ? own.ownKnownHosts : null,
    askSecret:
      ask && ((request) => ask({ prompt: request.prompt, hidden: request.kind !== "question" || !request.echo })),
    confirmHostKey:
      ask &&
      (({ host, keyType, fingerprint }) =>
        saysYes(`The host ${host} is not known. Its ${keyType} key is ${fingerprint}. Trust it`)),
    confirmCommand:
      ask && (({ command, why }) => saysYes(`The SSH configuration runs a program (${why}): ${command}\nRun it`)),
    remark: (text) => warn(`${text}\n`),
  };

  async function saysYes(question: string): Promise<boolean> {
    return (await ask?.({ prompt: `${question} (yes/no)?`, hidden: false }))?.trim() === "yes";
  }
}
