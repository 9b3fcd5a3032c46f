import { environmentProxies } from "../openstack/proxies";
import { checkCloud } from "../operations/check-cloud";
import { CLOUD_USAGE, cloudEntry, namedCloud } from "./cloud-entry";
import { checkFleet, FLEET_OPTIONS, FLEET_USAGE, isFleet } from "./cloud-fleet";
import { parseCommandLine, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { chosenProfile, PROFILE_OPTION, PROFILE_USAGE } from "./profile";
import { runToReport } from "./report-output";

export const cloudCommand: Command = {
  usage: `entropy-check cloud [NAME]... [--all] [--all-regions] [--json FILE|-]

Checks every flavor for hw_rng:allowed=True and every image for hw_rng_model=virtio.
${CLOUD_USAGE}
Several clouds are checked side by side and written out together: JSON as one report of the kind fleet, SARIF with a run
and JUnit with a suite for each. A cloud that cannot be checked hides no other. The exit code is that of the worst: 1 before
2 before 3.

${FLEET_USAGE}${PROFILE_USAGE}${outputUsage(true)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("cloud", {
      args: [...args],
      allowPositionals: true,
      options: { ...OUTPUT_OPTIONS, ...PROFILE_OPTION, ...FLEET_OPTIONS },
    });
    const profile = chosenProfile(values.profile, "cloud");
    if (isFleet(positionals, values)) return checkFleet(positionals, values, profile, terminal);
    const outputs = await prepareOutputs(values, { command: "cloud", kind: "cloud" }, terminal);
    const name = namedCloud(positionals, "cloud");
    const cloud = await cloudEntry(name, terminal);
    return runToReport(
      checkCloud(cloud, terminal.signal, profile, { proxies: environmentProxies(terminal.env) }),
      outputs,
      terminal,
    );
  },
};
