import { DEFAULT_PROFILE, PROFILES, type Profile } from "../compliance/profiles";
import { usageError } from "./command";

/** The option of every command that judges by SCS-0101. */
export const PROFILE_OPTION = { profile: { type: "string" } } as const;

export const PROFILE_USAGE = `  --profile ID          the version of SCS-0101 to judge by; ${DEFAULT_PROFILE.id} unless given
${Object.values(PROFILES)
  .map(({ id, summary }) => `                          ${id.padEnd(14)}${summary}\n`)
  .join("")}`;

/** @throws UserError for one that there is not */
export function chosenProfile(id: string | undefined, command: string): Profile {
  if (id === undefined) return DEFAULT_PROFILE;
  const profile = Object.values(PROFILES).find((one) => one.id === id);
  if (profile !== undefined) return profile;
  throw usageError(`There is no profile ${id}; there are ${Object.keys(PROFILES).join(", ")}.`, command);
}
