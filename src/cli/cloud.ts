import { environmentProxies } from "../openstack/proxies";
import { checkCloud } from "../operations/check-cloud";
import { CLOUD_USAGE, cloudEntry, namedCloud } from "./cloud-entry";
import { parseCommandLine, type Command } from "./command";
import { chosenProfile, PROFILE_OPTION, PROFILE_USAGE } from "./profile";
import { OUTPUT_OPTIONS, outputUsage, runToReport } from "./report-output";

export const cloudCommand: Command = {
  usage: `entropy-check cloud [NAME] [--json FILE|-]

Checks every flavor for hw_rng:allowed=True and every image for hw_rng_model=virtio.
${CLOUD_USAGE}
${PROFILE_USAGE}${outputUsage(true)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("cloud", {
      args: [...args],
      allowPositionals: true,
      options: { ...OUTPUT_OPTIONS, ...PROFILE_OPTION },
    });
    const name = namedCloud(positionals, "cloud");
    const profile = chosenProfile(values.profile, "cloud");
    const cloud = await cloudEntry(name, terminal);
    return runToReport(
      checkCloud(cloud, terminal.signal, profile, { proxies: environmentProxies(terminal.env) }),
      values,
      terminal,
    );
  },
};
