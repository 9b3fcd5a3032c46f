/** Where a cloud's settings are written: by their keys in clouds.yaml, or as variables that are named after them. */
export type WrittenIn = "clouds.yaml" | "environment" | "openrc";

/** What a setting is called where it is written: `auth_url`, `OS_AUTH_URL`. */
export function settingName(key: string, writtenIn: WrittenIn): string {
  return writtenIn === "clouds.yaml" ? key : `OS_${key.toUpperCase()}`;
}

/** How to write one of some settings there, as a sentence. */
export function howToWrite(keys: readonly string[], writtenIn: WrittenIn): string {
  const names = keys.map((key) => settingName(key, writtenIn)).join(" or ");
  switch (writtenIn) {
    case "clouds.yaml":
      return `Write ${names} below the cloud's auth: in clouds.yaml.`;
    case "environment":
      return `Set ${names} in the environment.`;
    case "openrc":
      return `Add a line to the openrc file: export ${settingName(keys[0], writtenIn)}='...'${keys.length === 1 ? "" : ` (or ${names})`}.`;
  }
}
