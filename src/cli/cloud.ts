import { findCloudsYaml, readCloudsYaml, resolveCloud } from "../formats/clouds-yaml";
import { checkCloud } from "../operations/check-cloud";
import { parseCommandLine, theOnly, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, runToReport } from "./report-output";

export const cloudCommand: Command = {
  name: "cloud",
  summary: "check the flavors and images of an OpenStack cloud (SCS-0101)",
  usage: `entropy-check cloud NAME [--json FILE|-]

Checks every flavor for hw_rng:allowed=True and every image for hw_rng_model=virtio.
NAME is an entry of clouds.yaml, which is looked for as openstacksdk does: the file that OS_CLIENT_CONFIG_FILE names,
the current folder, ~/.config/openstack, /etc/openstack; secure.yaml beside it.

${outputUsage(true)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine("cloud", {
      args: [...args],
      allowPositionals: true,
      options: OUTPUT_OPTIONS,
    });
    const name = theOnly(positionals, "cloud", "cloud");
    const files = findCloudsYaml({ folders: [terminal.cwd], env: terminal.env, home: terminal.home });
    const { ask } = terminal;
    const cloud = await resolveCloud(
      await readCloudsYaml(files),
      name,
      ask === null ? undefined : ({ key }) => ask({ prompt: `${key} for cloud ${name}:`, hidden: true }),
    );
    return runToReport(checkCloud(cloud, terminal.signal), values, terminal);
  },
};
