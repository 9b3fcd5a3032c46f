/** Where a cloud's settings are written: by their keys in an entry, or as variables that are named after them. */
export type CloudOrigin =
  | {
      readonly kind: "clouds.yaml";
      /** The entry's name. */
      readonly cloud: string;
      /** The clouds.yaml, and the secure.yaml that is laid over it. */
      readonly files: readonly [string, ...string[]];
      /** OS_REGION_NAME of the environment has chosen the region, whatever the entry says. */
      readonly regionOfEnvironment?: true;
    }
  | { readonly kind: "environment" }
  | { readonly kind: "openrc"; readonly file: string };

/** What a setting is called where it is written: `auth_url`, `OS_AUTH_URL`. */
export function settingName(key: string, origin: CloudOrigin): string {
  return origin.kind === "clouds.yaml" ? key : `OS_${key.toUpperCase()}`;
}

/** The place, to be put after a name: `of cloud north in /home/me/clouds.yaml`, `in the environment`. */
export function placeOf(origin: CloudOrigin): string {
  switch (origin.kind) {
    case "clouds.yaml":
      return `of cloud ${origin.cloud} in ${origin.files.join(" and ")}`;
    case "environment":
      return "in the environment";
    case "openrc":
      return `in ${origin.file}`;
  }
}

/** Some settings by name and place: `OS_REGION_NAME or OS_INTERFACE in the environment`. */
export function settingsAt(origin: CloudOrigin, keys: readonly [string, ...string[]], joint: "and" | "or"): string {
  if (!isRegionOfEnvironment(origin) || !keys.includes("region_name"))
    return `${listed(keys, origin, joint)} ${placeOf(origin)}`;
  const region = settingAt({ kind: "environment" }, "region_name");
  const others = keys.filter((key) => key !== "region_name");
  return others.length === 0 ? region : `${region} ${joint} ${listed(others, origin, joint)} ${placeOf(origin)}`;
}

/** Whether the environment has chosen the region of an entry of clouds.yaml. */
export function isRegionOfEnvironment(origin: CloudOrigin): boolean {
  return origin.kind === "clouds.yaml" && origin.regionOfEnvironment === true;
}

/** One setting by name and place: `auth_url of cloud north in /home/me/clouds.yaml`. */
export function settingAt(origin: CloudOrigin, key: string): string {
  return settingsAt(origin, [key], "and");
}

/** How to write one of some settings there, as a sentence. */
export function howToWrite(keys: readonly [string, ...string[]], origin: CloudOrigin): string {
  const names = listed(keys, origin, "or");
  switch (origin.kind) {
    case "clouds.yaml":
      return `Write ${names} below auth: ${placeOf({ ...origin, files: [origin.files[0]] })}.`;
    case "environment":
      return `Set ${names} in the environment.`;
    case "openrc":
      return `Add a line to ${origin.file}: export ${settingName(keys[0], origin)}='...'${keys.length === 1 ? "" : ` (or ${names})`}.`;
  }
}

/** `cacert, cert and key` */
function listed(keys: readonly string[], origin: CloudOrigin, joint: "and" | "or"): string {
  const names = keys.map((key) => settingName(key, origin));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${joint} ${names.slice(-1).join("")}`;
}
