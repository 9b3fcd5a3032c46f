import type { CloudOrigin } from "./cloud-origin";
import { regionUnknown } from "./errors";
import { isList, isSettings, type Setting, type Settings } from "./settings";

/** A region to use, with what `regions` says of it alone; name null: the catalog's first. */
export interface ChosenRegion {
  readonly name: string | null;
  readonly values: Settings | null;
}

/**
 * The names of a cloud's regions, in order: those that `regions` lists, else those of `region_name`, which openstacksdk
 * splits at commas. Empty when it says nothing of regions.
 */
export function regionNames(settings: Settings): readonly string[] {
  const listed = regionsIn(settings).map(({ name }) => name);
  if (listed.length > 0) return listed;
  const named = settings.get("region_name");
  const names: readonly Setting[] = isList(named) ? named : typeof named === "string" ? named.split(",") : [];
  return names.flatMap((name) => (typeof name === "string" && name.trim() !== "" ? [name.trim()] : []));
}

/**
 * The region that is asked for, else the one that `region_name` names, else the first.
 * @throws UserError when the cloud lists its regions and what is asked for is none of them
 */
export function chosenRegion(
  origin: CloudOrigin,
  cloud: string,
  settings: Settings,
  asked: string | null,
): ChosenRegion {
  const listed = regionsIn(settings);
  if (asked !== null && listed.length > 0 && listed.every(({ name }) => name !== asked)) {
    throw regionUnknown(
      cloud,
      asked,
      listed.map(({ name }) => name),
      origin,
    );
  }
  const named = regionNames(new Map([["region_name", settings.get("region_name") ?? null]])).at(0);
  const wanted = asked ?? named ?? listed.at(0)?.name ?? null;
  return listed.find(({ name }) => name === wanted) ?? { name: wanted, values: null };
}

function regionsIn(settings: Settings): readonly { readonly name: string; readonly values: Settings | null }[] {
  const regions = settings.get("regions");
  return (isList(regions) ? regions : []).flatMap((region) => {
    const name = isSettings(region) ? region.get("name") : region;
    const values = isSettings(region) ? region.get("values") : null;
    return typeof name === "string" && name !== "" ? [{ name, values: isSettings(values) ? values : null }] : [];
  });
}
