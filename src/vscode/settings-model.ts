import { isAbsolute, join } from "node:path";
import { DEFAULT_PROFILE, PROFILES, type Profile } from "../compliance/profiles";
import type { DefinitionSystem } from "../model/definitions";
import { INSTANCE_DEFAULTS, type InstanceChoices } from "../operations/instance-choices";
import type { FileMapping } from "../operations/lint-definitions";
import { field } from "./field";

/** A machine of the setting `entropyCheck.machines`, paths absolute. */
export interface ConfiguredMachine {
  readonly name: string;
  readonly address: string;
  readonly identityFile: string | null;
  readonly knownHostsFile: string | null;
}

/** Where relative paths of a setting start, and what `~` stands for. */
export interface Base {
  readonly folder: string;
  readonly home: string;
}

/** The entries that are machines; what is wrong with the others is said by the settings' schema, where it can be mended. */
export function parseMachines(setting: unknown, base: Base): readonly ConfiguredMachine[] {
  if (!Array.isArray(setting)) return [];
  return setting.flatMap((entry: unknown): ConfiguredMachine[] => {
    const text = (name: string): string | null => {
      const value = field(entry, name);
      return typeof value === "string" && value !== "" ? value : null;
    };
    const path = (name: string): string | null => {
      const value = text(name);
      return value === null ? null : absolute(value, base);
    };
    const name = text("name");
    const address = text("address");
    if (name === null || address === null) return [];
    return [
      {
        name,
        address: absoluteAddress(address, base),
        identityFile: path("identityFile"),
        knownHostsFile: path("knownHostsFile"),
      },
    ];
  });
}

/** A machine's address; the file of a console's log is made absolute. */
export function absoluteAddress(address: string, base: Base): string {
  return address.trim().replace(/^console:(.+)$/is, (_, file: string) => `console:${absolute(file, base)}`);
}

/** The entries that are paths, absolute. */
export function parsePaths(setting: unknown, base: Base): readonly string[] {
  if (!Array.isArray(setting)) return [];
  return setting
    .filter((path): path is string => typeof path === "string" && path !== "")
    .map((p) => absolute(p, base));
}

/** A seed of the IID tests; null for what is none. */
export function parseSeed(setting: unknown): number | null {
  return typeof setting === "number" && Number.isSafeInteger(setting) && setting >= 0 ? setting : null;
}

/** A version of SCS-0101 by its id; the default one for what is none. */
export function parseProfile(setting: unknown): Profile {
  return Object.values(PROFILES).find(({ id }) => id === setting) ?? DEFAULT_PROFILE;
}

/**
 * How the servers of sample instances are made and asked; what is empty or wrong is left to the default.
 * @param setting gives the setting of a choice
 */
export function parseInstanceChoices(
  setting: (choice: Exclude<keyof InstanceChoices, "images" | "profile">) => unknown,
): Omit<InstanceChoices, "images" | "profile"> {
  const text = (choice: Parameters<typeof setting>[0]): string | null => {
    const value = setting(choice);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  };
  const timeout = setting("timeout");
  return {
    flavor: text("flavor"),
    network: text("network"),
    askedBy: setting("askedBy") === "ssh" ? "ssh" : "console",
    floatingAddress: setting("floatingAddress") === true,
    user: text("user"),
    mirror: text("mirror"),
    timeout: typeof timeout === "number" && timeout > 0 ? timeout : INSTANCE_DEFAULTS.timeout,
  };
}

/** The systems that are named; `mapped-yaml` has a setting of its own. */
export function parseLintOff(setting: unknown): ReadonlySet<DefinitionSystem> {
  const named = Array.isArray(setting) ? setting : [];
  return new Set(SYSTEMS.filter((system) => named.includes(system)));
}

const SYSTEMS = ["terraform", "packer", "flavor-manager", "image-manager", "ansible", "heat", "k-orc"] as const;

/** The entries that are mappings; their globs start at the folder. */
export function parseLintMappings(setting: unknown, { folder }: Base): readonly FileMapping[] {
  if (!Array.isArray(setting)) return [];
  return setting.flatMap((entry: unknown): FileMapping[] => {
    const [files, resource, properties] = ["files", "resource", "properties"].map((name) => field(entry, name));
    const items = field(entry, "items") ?? "";
    if (typeof files !== "string" || typeof properties !== "string" || typeof items !== "string") return [];
    return resource === "flavor" || resource === "image" ? [{ folder, files, resource, items, properties }] : [];
  });
}

function absolute(path: string, { folder, home }: Base): string {
  if (path === "~" || path.startsWith("~/")) return join(home, path.slice(1));
  return isAbsolute(path) ? path : join(folder, path);
}
