import type { Image } from "../model";

/** Whom the images of a distribution let in by the key that Nova gives them. */
const USERS: ReadonlyMap<string, string> = new Map([
  ["debian", "debian"],
  ["ubuntu", "ubuntu"],
  ["almalinux", "almalinux"],
  ["rocky", "rocky"],
  ["centos", "cloud-user"],
  ["rhel", "cloud-user"],
  ["fedora", "fedora"],
  ["opensuse", "opensuse"],
  ["sles", "sles"],
  ["arch", "arch"],
  ["alpine", "alpine"],
  ["cirros", "cirros"],
  ["flatcar", "core"],
]);

/** Who logs in to a server of an image: whom its properties name (SCS-0102 has image_original_user), else its distribution. */
export function loginUser({ properties }: Image): string {
  const property = (key: string): string | undefined =>
    Object.hasOwn(properties, key) ? properties[key].trim() : undefined;
  const named = property("image_original_user") ?? property("os_admin_user");
  if (named !== undefined && /^[a-z_][a-z0-9_-]*$/i.test(named)) return named;
  return USERS.get((property("os_distro") ?? "").toLowerCase()) ?? "root";
}
