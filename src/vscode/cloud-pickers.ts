import { homedir } from "node:os";
import { basename } from "node:path";
import { commands } from "vscode";
import { checkCloudChoices, cloudChoices, NO_CLOUD, noCloudIn, OTHER_CLOUD } from "./cloud-choices";
import type { CloudItem } from "./items";
import { COMMANDS, SECTION, SETTINGS } from "./manifest";
import { pick, pickSome } from "./quick-pick";
import { pickPath } from "./reading-picker";
import type { Sources } from "./sources";
import { requireTrust } from "./trust";

/**
 * Asks which cloud.
 * @param title of the command
 * @returns null when the person gave up
 * @throws UserError when the only clouds.yaml cannot be read, or the folder is not trusted
 */
export async function pickCloud(title: string, sources: Sources): Promise<CloudItem | null> {
  const clouds = await knownClouds(title, sources);
  if ("instead" in clouds) return clouds.instead;
  const picked = await pick<CloudItem | "openrc">(title, "Which cloud?", [...cloudChoices(clouds.known), OTHER_CLOUD]);
  return picked === "openrc" ? pickOpenrc() : picked;
}

/**
 * Asks which cloud, or which clouds.
 * @returns null when the person gave up
 * @throws UserError as `pickCloud`
 */
export async function pickClouds(title: string, sources: Sources): Promise<readonly CloudItem[] | null> {
  const clouds = await knownClouds(title, sources);
  if ("instead" in clouds) return clouds.instead === null ? null : [clouds.instead];
  const choices = [...checkCloudChoices(clouds.known), OTHER_CLOUD];
  const picked = await pick<readonly CloudItem[] | "some" | "openrc">(title, "Which cloud?", choices);
  if (picked === "some") return pickSome(title, "Which clouds?", cloudChoices(clouds.known));
  if (picked !== "openrc") return picked;
  const chosen = await pickOpenrc();
  return chosen === null ? null : [chosen];
}

/** The clouds that are known; where there are none, what the person chose instead. */
async function knownClouds(
  title: string,
  sources: Sources,
): Promise<{ readonly known: readonly CloudItem[] } | { readonly instead: CloudItem | null }> {
  requireTrust();
  const { clouds, problems, lookedIn } = await sources.findClouds();
  const problem = problems.at(0);
  if (clouds.length === 0 && problem !== undefined) throw problem.error;
  return clouds.length > 0 ? { known: clouds } : { instead: await pickInstead(title, lookedIn) };
}

async function pickInstead(title: string, lookedIn: readonly string[]): Promise<CloudItem | null> {
  const picked = await pick(title, noCloudIn(lookedIn, homedir()), NO_CLOUD);
  if (picked === "openrc") return pickOpenrc();
  if (picked === "settings")
    await commands.executeCommand("workbench.action.openSettings", `${SECTION}.${SETTINGS.cloudsFiles.key}`);
  else if (picked === "demo") await commands.executeCommand(COMMANDS.openDemo);
  return null;
}

async function pickOpenrc(): Promise<CloudItem | null> {
  const file = await pickPath(null, "The Cloud's openrc File", "Check");
  return file === null ? null : { kind: "cloud", name: basename(file), file };
}
