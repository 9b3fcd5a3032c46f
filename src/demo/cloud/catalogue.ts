import type { Flavor, Image } from "../../model";

/** [name, vcpus, ram in GiB, disk in GB, hw_rng extra specs] */
type FlavorRow = readonly [string, number, number, number, Readonly<Record<string, string>>];

const FLAVORS: readonly FlavorRow[] = [
  ["SCS-1L-1", 1, 1, 0, { "hw_rng:allowed": "True", "hw_rng:rate_bytes": "2048", "hw_rng:rate_period": "1000" }],
  ["SCS-1V-4", 1, 4, 0, { "hw_rng:allowed": "True" }],
  ["SCS-1V-4-10", 1, 4, 10, { "hw_rng:allowed": "True" }],
  ["SCS-2V-8", 2, 8, 0, { "hw_rng:allowed": "True" }],
  ["SCS-2V-8-20", 2, 8, 20, { "hw_rng:allowed": "True" }],
  ["SCS-4V-16", 4, 16, 0, { "hw_rng:allowed": "True" }],
  ["SCS-4V-16-100s", 4, 16, 100, { "hw_rng:allowed": "true" }],
  ["SCS-8V-32", 8, 32, 0, {}],
  ["m1.tiny", 1, 0.5, 1, {}],
  ["m1.small", 1, 2, 20, { "hw_rng:allowed": "1" }],
  ["hpc.dedicated", 32, 128, 200, { "hw_rng:allowed": "False" }],
  ["gpu.a100", 16, 64, 100, {}],
];

/** [name, minimal disk in GB, properties] */
type ImageRow = readonly [string, number, Readonly<Record<string, string>>];

const IMAGES: readonly ImageRow[] = [
  ["Debian 12", 8, { os_distro: "debian", os_version: "12", hw_rng_model: "virtio", hw_disk_bus: "scsi" }],
  ["Debian 13", 8, { os_distro: "debian", os_version: "13", hw_rng_model: "virtio", hw_disk_bus: "scsi" }],
  ["Ubuntu 22.04", 8, { os_distro: "ubuntu", os_version: "22.04", hw_rng_model: "virtio" }],
  ["Ubuntu 24.04", 8, { os_distro: "ubuntu", os_version: "24.04", hw_rng_model: "virtio" }],
  ["AlmaLinux 9", 10, { os_distro: "almalinux", os_version: "9", hw_rng_model: "virtio" }],
  ["openSUSE Leap 15.6", 10, { os_distro: "opensuse", os_version: "15.6" }],
  ["CirrOS 0.6.2", 0, { os_distro: "cirros", os_version: "0.6.2" }],
  ["appliance-2019", 20, { os_distro: "centos", os_version: "7", hw_rng_model: "qemu-virtio" }],
];

/** The flavors of the demo: what a cloud looks like that grew over the years, some right, some not. */
export const DEMO_FLAVORS: readonly Flavor[] = FLAVORS.map(([name, vcpus, gib, disk, extraSpecs], index) => ({
  id: id("f1a70000", index),
  name,
  vcpus,
  ram: gib * 1024,
  disk,
  isPublic: true,
  extraSpecs,
}));

/** The images of the demo, likewise. */
export const DEMO_IMAGES: readonly Image[] = IMAGES.map(([name, minDisk, properties], index) => ({
  id: id("1a6e0000", index),
  name,
  status: "active",
  visibility: "public",
  minDisk,
  minRam: 0,
  properties,
}));

/** The same in every start, so that one run can be compared with the next. */
function id(prefix: string, index: number): string {
  return `${prefix}-0000-4000-8000-${String(index + 1).padStart(12, "0")}`;
}
