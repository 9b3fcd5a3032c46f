/** The language of a file, by its name; null for one that holds no definitions. */
export function languageOf(file: string): "terraform" | "yaml" | null {
  if (/\.(?:tf|tofu)$/i.test(file)) return "terraform";
  return /\.ya?ml$/i.test(file) ? "yaml" : null;
}

/** Terraform's resources, and locals that one in another file may use. */
const TERRAFORM_MARKS = /openstack_(?:compute_flavor|images_image)_v2|\blocals\b/;

/** Every YAML reader's own mark is in it. */
const YAML_MARKS =
  /heat_template_version|compute_flavor|os_nova_flavor|openstack\.cloud\.image|os_image|(?:openstack|os|nova|glance)_(?:flavor|image)|^(?:mandatory|recommended|images)\s*:/m;

/** A first look, for files that are opened all day long: whether it is worth parsing this one. */
export function mayBeDefinitions(file: string, text: string): boolean {
  switch (languageOf(file)) {
    case "terraform":
      return TERRAFORM_MARKS.test(text);
    case "yaml":
      return YAML_MARKS.test(text);
    case null:
      return false;
  }
}
