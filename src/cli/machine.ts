import { defaultMachineServices, type MachineServices } from "../machine/services";
import { parseMachineAddress } from "../machine/target";
import { checkMachine } from "../operations/check-machine";
import { parseCommandLine, REPORT_OPTIONS, runToReport, theOnly, type Command, type Terminal } from "./command";

export const machineCommand: Command = {
  name: "machine",
  summary: "check rngd, entropy_avail and /dev/random of a machine (SCS-0101)",
  usage: `entropy-check machine local|ssh://[user@]host[:port] [--identity FILE]... [--known-hosts FILE]... [--json FILE|-]

Runs the live checks on this machine or over SSH: rngd is running, entropy_avail is 256, and at most 3 of 1000
FIPS 140-2 blocks of /dev/random fail.

  --identity FILE      a private key to log in with, before the agent's and ~/.ssh's own; may be repeated
  --known-hosts FILE   host keys to trust, instead of ~/.ssh/known_hosts and /etc/ssh's; may be repeated
  --json FILE          write the report as JSON; - is standard output, instead of the text
`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("machine", {
      args: [...args],
      allowPositionals: true,
      options: {
        ...REPORT_OPTIONS,
        identity: { type: "string", multiple: true },
        "known-hosts": { type: "string", multiple: true },
      },
    });
    const target = parseMachineAddress(theOnly(positionals, "machine", "machine"));
    const services = machineServices(terminal, values.identity ?? [], values["known-hosts"]);
    return runToReport(checkMachine(target, services, terminal.signal), values.json, terminal);
  },
};

function machineServices(
  { env, home, ask }: Terminal,
  identities: readonly string[],
  knownHosts: readonly string[] | undefined,
): MachineServices {
  const own = defaultMachineServices(env, home);
  return {
    ...own,
    identityFiles: [...identities, ...own.identityFiles],
    knownHostsFiles: knownHosts ?? own.knownHostsFiles,
    askSecret:
      ask && ((request) => ask({ prompt: request.prompt, hidden: request.kind !== "question" || !request.echo })),
    confirmHostKey:
      ask &&
      (async ({ host, keyType, fingerprint }) => {
        const prompt = `The host ${host} is not known. Its ${keyType} key is ${fingerprint}. Trust it (yes/no)?`;
        return (await ask({ prompt, hidden: false })).trim() === "yes";
      }),
  };
}
