import { dirname, join } from "node:path";

/** What files are written in that may hold definitions. Terraform's and Packer's of a folder are read together. */
export type DefinitionLanguage = "terraform" | "packer" | "yaml";

/** The language of a file, by its name; null for one that holds no definitions. */
export function languageOf(file: string): DefinitionLanguage | null {
  if (/\.(?:tf|tofu)$/i.test(file)) return "terraform";
  if (/\.pkr\.hcl$/i.test(file)) return "packer";
  return /\.ya?ml$/i.test(file) ? "yaml" : null;
}

/** What is linted together, by a name of its own: the file, or its folder's files of Terraform or of Packer. */
export function unitOf(file: string): string {
  const language = languageOf(file);
  return language === "terraform" || language === "packer" ? join(dirname(file), `*.${language}`) : file;
}

/** Terraform's resources, and locals that one in another file may use. */
const TERRAFORM_MARKS = /openstack_(?:compute_flavor|images_image)_v2|\blocals\b/;

/** Packer's source, and locals. */
const PACKER_MARKS = /\bsource\s+"openstack"|\blocals\b/;

/** Every YAML reader's own mark is in it. */
const YAML_MARKS =
  /heat_template_version|compute_flavor|os_nova_flavor|openstack\.cloud\.image|os_image|openstack\.k-orc\.cloud|(?:openstack|os|nova|glance)_(?:flavor|image)|^\ufeff?(?:mandatory|recommended|images)\s*:/m;

/** A first look, for files that are opened all day long: whether it is worth parsing this one. */
export function mayBeDefinitions(file: string, text: string): boolean {
  switch (languageOf(file)) {
    case "terraform":
      return TERRAFORM_MARKS.test(text);
    case "packer":
      return PACKER_MARKS.test(text);
    case "yaml":
      return YAML_MARKS.test(text);
    case null:
      return false;
  }
}
