import type { CloudConfig } from "../formats/cloud-config";
import { findCloudsYaml, readCloudsYaml, resolveCloud } from "../formats/clouds-yaml";
import type { Terminal } from "./command";

export const CLOUD_USAGE = `NAME is an entry of clouds.yaml, which is looked for as openstacksdk does: the file that OS_CLIENT_CONFIG_FILE names,
the current folder, ~/.config/openstack, /etc/openstack; secure.yaml beside it.
`;

/** An entry of clouds.yaml, with its secrets asked for where they are missing. @throws UserError */
export async function cloudEntry(name: string, { cwd, env, home, ask }: Terminal): Promise<CloudConfig> {
  const files = findCloudsYaml({ folders: [cwd], env, home });
  return resolveCloud(
    await readCloudsYaml(files),
    name,
    ask === null ? undefined : ({ key }) => ask({ prompt: `${key} for cloud ${name}:`, hidden: true }),
  );
}
