import { homedir } from "node:os";
import { workspace, type Uri } from "vscode";
import type { Profile } from "../compliance/profiles";
import type { DefinitionSystem } from "../model/definitions";
import type { InstanceChoices } from "../operations/instance-choices";
import type { FileMapping } from "../operations/lint-definitions";
import { SECTION, SETTINGS } from "./manifest";
import {
  absoluteAddress,
  parseInstanceChoices,
  parseLintMappings,
  parseLintOff,
  parseMachines,
  parsePaths,
  parseProfile,
  parseSeed,
  type Base,
  type ConfiguredMachine,
} from "./settings-model";

/** The machines of every folder's settings; of two with the same name the first. */
export function configuredMachines(): readonly ConfiguredMachine[] {
  const machines = new Map<string, ConfiguredMachine>();
  for (const { setting, base } of inEachFolder(SETTINGS.machines))
    for (const machine of parseMachines(setting, base))
      if (!machines.has(machine.name)) machines.set(machine.name, machine);
  return [...machines.values()];
}

export function extraCloudsFiles(): readonly string[] {
  return paths(SETTINGS.cloudsFiles);
}

export function extraKnownHostsFiles(): readonly string[] {
  return paths(SETTINGS.knownHostsFiles);
}

/** How the IID tests permute: the seed (null: another each time), and whether all permutations are made. */
export function iidTestSettings(): { readonly seed: number | null; readonly allPermutations: boolean } {
  const settings = workspace.getConfiguration(SECTION);
  return {
    seed: parseSeed(settings.get<unknown>(SETTINGS.iidSeed.key)),
    allPermutations: settings.get<unknown>(SETTINGS.iidAllPermutations.key) === true,
  };
}

/** The version of SCS-0101 to judge by. */
export function profile(): Profile {
  return parseProfile(workspace.getConfiguration(SECTION).get<unknown>(SETTINGS.profile.key));
}

/** How the servers of sample instances are made and asked. */
export function instanceChoices(): Omit<InstanceChoices, "images"> {
  const settings = workspace.getConfiguration(SECTION);
  const keys = {
    flavor: SETTINGS.instanceFlavor,
    network: SETTINGS.instanceNetwork,
    askedBy: SETTINGS.instanceAskedBy,
    floatingAddress: SETTINGS.instanceFloatingAddress,
    user: SETTINGS.instanceUser,
    mirror: SETTINGS.instanceMirror,
    timeout: SETTINGS.instanceTimeout,
  };
  return { ...parseInstanceChoices((choice) => settings.get<unknown>(keys[choice].key)), profile: profile() };
}

/** A machine's address as somebody enters it: a file counts from the first folder, without one from home. */
export function fromFolder(address: string): string {
  const home = homedir();
  return absoluteAddress(address, { folder: workspaceFolders().at(0)?.fsPath ?? home, home });
}

/** The workspace's folders on disk. */
export function workspaceFolders(): readonly Uri[] {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme === "file");
}

type Setting = (typeof SETTINGS)[keyof typeof SETTINGS];

function paths(setting: Setting): readonly string[] {
  return [...new Set(inEachFolder(setting).flatMap(({ setting, base }) => parsePaths(setting, base)))];
}

/** A setting as each folder of the workspace has it; without a folder, relative paths start at home. */
function inEachFolder({ key }: Setting): readonly { readonly setting: unknown; readonly base: Base }[] {
  const home = homedir();
  const folders = workspaceFolders();
  if (folders.length === 0)
    return [{ setting: workspace.getConfiguration(SECTION).get<unknown>(key), base: { folder: home, home } }];
  return folders.map((folder) => ({
    setting: workspace.getConfiguration(SECTION, folder).get<unknown>(key),
    base: { folder: folder.fsPath, home },
  }));
}

/** Systems whose definitions are left alone. */
export function lintOff(): ReadonlySet<DefinitionSystem> {
  return parseLintOff(workspace.getConfiguration(SECTION).get<unknown>(SETTINGS.lintOff.key));
}

/** YAML files of the user's own in which definitions stand. */
export function lintMappings(): readonly FileMapping[] {
  return inEachFolder(SETTINGS.lintMappings).flatMap(({ setting, base }) => parseLintMappings(setting, base));
}
