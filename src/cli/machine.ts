import { parseMachineAddress } from "../machine/target";
import { checkMachine } from "../operations/check-machine";
import { parseCommandLine, theOnly, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { chosenProfile, PROFILE_OPTION, PROFILE_USAGE } from "./profile";
import { runToReport } from "./report-output";
import { MACHINE_OPTIONS, MACHINE_USAGE, machineServices } from "./machine-services";

export const machineCommand: Command = {
  usage: `entropy-check machine local|ssh://[user@]host[:port]|console:FILE [--identity FILE]... [--known-hosts FILE]...
       [--ssh-config FILE] [--json FILE|-]

Runs the live checks on this machine or over SSH: rngd is running, entropy_avail is 256, and at most 3 of 1000
FIPS 140-2 blocks of /dev/random fail. The host may be one that the SSH configuration names, behind jump hosts too.
console:FILE is the log of a serial console: what it does not say is inconclusive.

${MACHINE_USAGE}${PROFILE_USAGE}${outputUsage(true)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("machine", {
      args: [...args],
      allowPositionals: true,
      options: {
        ...OUTPUT_OPTIONS,
        ...MACHINE_OPTIONS,
        ...PROFILE_OPTION,
      },
    });
    const target = parseMachineAddress(theOnly(positionals, "machine", "machine"));
    const services = machineServices(values, terminal);
    const profile = chosenProfile(values.profile, "machine");
    const outputs = await prepareOutputs(values, { command: "machine", kind: "machine" }, terminal);
    return runToReport(checkMachine(target, services, terminal.signal, profile), outputs, terminal);
  },
};
