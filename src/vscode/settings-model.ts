import { isAbsolute, join } from "node:path";
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
    return [{ name, address, identityFile: path("identityFile"), knownHostsFile: path("knownHostsFile") }];
  });
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

function absolute(path: string, { folder, home }: Base): string {
  if (path === "~" || path.startsWith("~/")) return join(home, path.slice(1));
  return isAbsolute(path) ? path : join(folder, path);
}
