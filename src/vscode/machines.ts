import { homedir } from "node:os";
import { window } from "vscode";
import type { MachineServices } from "../machine/services";
import { parseMachineAddress, type MachineTarget } from "../machine/target";
import type { SecretRequest } from "../ssh/authentication-services";
import type { CommandQuestion } from "../ssh/connect-route";
import type { HostKeyQuestion } from "../ssh/host-key";
import type { MachineItem } from "./items";
import type { RunSecrets } from "./secrets";
import { configuredMachines, extraKnownHostsFiles } from "./settings";

/**
 * Where a machine is and how to reach it. The settings are read anew at each run, so that a changed address or key
 * counts at once.
 * @param remark hears what of OpenSSH's configuration is not followed
 * @throws UserError for an address that is none
 */
export async function reachMachine(
  { name, address }: MachineItem,
  secrets: RunSecrets,
  remark: (text: string) => void,
): Promise<{ readonly target: MachineTarget; readonly services: MachineServices }> {
  const { defaultMachineServices } = await import("../machine/services");
  const configured = configuredMachines().find((machine) => machine.name === name);
  const base = defaultMachineServices(process.env, homedir());
  return {
    target: { ...parseMachineAddress(configured?.address ?? address), name },
    services: {
      ...base,
      knownHostsFiles: [...given(configured?.knownHostsFile), ...extraKnownHostsFiles(), ...base.knownHostsFiles],
      identityFiles: [...given(configured?.identityFile), ...base.identityFiles],
      askSecret: (request) => askSecret(request, secrets),
      confirmHostKey,
      confirmCommand,
      remark,
    },
  };
}

function given(path: string | null | undefined): readonly string[] {
  return typeof path === "string" ? [path] : [];
}

/** What the server itself asks for may be a one-time code: it is never kept. */
function askSecret(request: SecretRequest, secrets: RunSecrets): Promise<string | null> {
  if (request.kind !== "question") return secrets.get(request.prompt);
  return secrets.once(`The machine asks: ${request.prompt}`, !request.echo);
}

async function confirmHostKey({ host, keyType, fingerprint }: HostKeyQuestion): Promise<boolean> {
  const trust = "Trust";
  const detail = `${keyType}\n${fingerprint}\n\nTrust it only if the machine's own console, or whoever runs it, shows the same fingerprint.`;
  const chosen = await window.showWarningMessage(
    `The host key of ${host} is not known.`,
    { modal: true, detail },
    trust,
  );
  return chosen === trust;
}

async function confirmCommand({ command, why }: CommandQuestion): Promise<boolean> {
  const run = "Run It";
  const detail = `${why}:\n${command}\n\nRun it only if you know what it does.`;
  const chosen = await window.showWarningMessage(
    "Your SSH configuration runs a program here to reach the machine.",
    { modal: true, detail },
    run,
  );
  return chosen === run;
}
