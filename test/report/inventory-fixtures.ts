import type { Observation } from "../../src/model";
import type { InventoryReport } from "../../src/model/inventory";
import { header } from "../../src/report/build";
import { inventoryRows } from "../../src/report/inventory-text";
import type { InventoryView } from "../../src/vscode/protocol";

const at = "2026-03-02T09:14:07.000Z";
const source = { kind: "machine", name: "probe-1", address: "ssh://debian@10.8.0.17:22" } as const;
const provenance = (asked: string) => ({ asked, of: source.address, at });
const measured = <T>(asked: string, value: T): Observation<T> => ({
  status: "measured",
  provenance: provenance(asked),
  value,
  raw: "",
});

/** Of a virtual machine whose account may not read the kernel's log. */
export const INVENTORY: InventoryReport = {
  ...header("inventory"),
  source,
  takenAt: at,
  inventory: {
    kernel: measured("uname -sr", "Linux 6.1.0-37-amd64"),
    processor: measured("the features of a processor in /proc/cpuinfo", {
      instructions: ["rdrand", "rdseed"],
      virtual: true,
    }),
    hwrng: measured("hw_random, /dev/hwrng and the processor's instructions", {
      current: "virtio_rng.0",
      available: ["virtio_rng.0"],
      givesBytes: null,
      instructions: ["rdrand", "rdseed"],
    }),
    virtioRng: measured("the virtio devices of type 4 in /sys/bus/virtio/devices", {
      devices: [{ name: "virtio4", driven: true }],
    }),
    jitterEntropy: measured("/proc/crypto, debugfs and the usual places of programs", {
      inKernel: true,
      testInterface: null,
      programs: ["/usr/lib/x86_64-linux-gnu/libjitterentropy.so.3"],
    }),
    rngd: measured("the processes and units of rngd", {
      running: true,
      process: "/usr/sbin/rngd -r /dev/hwrng",
      units: [{ name: "rng-tools-debian.service", state: "active" }],
      devices: ["/dev/hwrng"],
      included: [],
      excluded: [],
    }),
    entropyAvail: measured("cat /proc/sys/kernel/random/entropy_avail", 256),
    crngInit: {
      status: "unmeasured",
      provenance: provenance("dmesg, or else the journal, since the machine started"),
      reason: "this account may not read the kernel's log",
      remedy:
        "Ask as root, or with an account of the groups adm or systemd-journal, or set kernel.dmesg_restrict to 0.",
    },
  },
};

/** The same, as the host hands it to a webview. */
export const INVENTORY_VIEW: InventoryView = {
  name: source.name,
  address: source.address,
  takenAt: at,
  rows: inventoryRows(INVENTORY),
};
