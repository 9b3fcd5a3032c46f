import type { Choice } from "./picker-model";
import { placeOfItem, type CloudItem } from "./items";

/** The clouds, under the file that each comes from when there are several. */
export function cloudChoices(clouds: readonly CloudItem[]): readonly Choice<CloudItem>[] {
  const severalFiles = new Set(clouds.map(placeOfItem)).size > 1;
  return clouds.map((cloud) => ({
    value: cloud,
    label: `$(cloud) ${cloud.name}`,
    description: severalFiles ? "" : placeOfItem(cloud),
    group: severalFiles ? placeOfItem(cloud) : "",
  }));
}

/** What Check Cloud offers: each cloud, and if there are several all of them, or a choice of some. */
export function checkCloudChoices(clouds: readonly CloudItem[]): readonly Choice<readonly CloudItem[] | "some">[] {
  const each = cloudChoices(clouds).map((choice) => ({ ...choice, value: [choice.value] }));
  if (clouds.length < 2) return each;
  const group = "several";
  return [
    ...each,
    { value: clouds, label: `$(checklist) All ${clouds.length} clouds`, description: "side by side", group },
    { value: "some", label: "$(list-selection) Choose several...", description: "", group },
  ];
}

/** The choice of a cloud that is not listed. */
export const OTHER_CLOUD: Choice<"openrc"> = {
  value: "openrc",
  label: "$(file) From an openrc file...",
  description: "as Horizon offers it for download; it is read, not run",
  group: "other",
};

/** What leads on where no cloud is known. */
export const NO_CLOUD: readonly Choice<"openrc" | "settings" | "demo">[] = [
  { ...OTHER_CLOUD, group: "" },
  {
    value: "settings",
    label: "$(gear) Name a clouds.yaml in the settings...",
    description: "one that lies elsewhere",
    group: "",
  },
  { value: "demo", label: "$(beaker) Open the demo", description: "which brings a simulated cloud along", group: "" },
];

/**
 * Where clouds.yaml was looked for in vain.
 * @param home the user's, which people know as ~
 */
export function noCloudIn(folders: readonly string[], home: string): string {
  const places = folders.map((folder) => {
    const inHome = folder.startsWith(home) ? folder.slice(home.length) : "";
    return /^[\\/]/.test(inHome) ? `~${inHome}` : folder;
  });
  return `No clouds.yaml names a cloud in ${places.join(", ")}`;
}
