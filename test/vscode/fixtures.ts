import type { CloudReport, Finding, Flavor, Image, MachineReport, Observation, Provenance } from "../../src/model";

export const provenance: Provenance = {
  asked: "GET /flavors/detail",
  of: "https://cloud.example/compute",
  at: "2026-01-01T00:00:00.500Z",
};

export function measured<T>(value: T): Observation<T> {
  return { status: "measured", provenance, value, raw: "" };
}

export function unmeasured(): Observation<never> {
  return { status: "unmeasured", provenance, reason: "403 Forbidden", remedy: "Ask for the reader role." };
}

export function flavor(id: string, name: string, extraSpecs: Flavor["extraSpecs"] = {}): Flavor {
  return { id, name, vcpus: 1, ram: 1024, disk: 10, isPublic: true, extraSpecs };
}

export function image(id: string, name: string, properties: Image["properties"] = {}): Image {
  return { id, name, status: "active", visibility: "public", minDisk: 0, minRam: 0, properties };
}

export function findingOf(part: Partial<Finding>): Finding {
  return {
    rule: "scs-0101-flavor-property",
    verdict: "fail",
    severity: "warning",
    subject: { kind: "flavor", id: "f-1", name: "small" },
    message: "Flavor small lacks hw_rng:allowed=True.",
    evidence: [],
    remedy: "Set it.",
    ...part,
  };
}

const frame = {
  schemaVersion: 1,
  tool: { name: "entropy-check", version: "0.0.0" },
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: "2026-01-01T00:00:01.000Z",
} as const;

export function cloudReport(part: Partial<CloudReport> = {}): CloudReport {
  return {
    ...frame,
    kind: "cloud",
    source: {
      kind: "cloud",
      name: "mycloud",
      region: "RegionOne",
      authUrl: "https://cloud.example/identity/v3",
      definedAt: { file: "/home/me/clouds.yaml", line: 3 },
    },
    verdict: "pass",
    observations: {
      flavors: measured([flavor("f-1", "small"), flavor("f-2", "big", { "hw_rng:allowed": "True" })]),
      images: measured([image("i-1", "debian"), image("i-2", "ubuntu", { hw_rng_model: "virtio" })]),
    },
    findings: [
      findingOf({}),
      findingOf({ verdict: "pass", subject: { kind: "flavor", id: "f-2", name: "big" }, remedy: null }),
      findingOf({ rule: "scs-0101-image-property", subject: { kind: "image", id: "i-1", name: "debian" } }),
      findingOf({
        rule: "scs-0101-image-property",
        verdict: "pass",
        subject: { kind: "image", id: "i-2", name: "ubuntu" },
      }),
    ],
    ...part,
  };
}

export function machineReport(part: Partial<MachineReport> = {}): MachineReport {
  const subject = { kind: "machine", id: "ssh://me@host:22", name: "host" } as const;
  return {
    ...frame,
    kind: "machine",
    source: { kind: "machine", name: "host", address: "ssh://me@host:22" },
    verdict: "fail",
    observations: {
      kernel: measured("6.1.0"),
      rngd: measured({ running: false, process: null, units: [{ name: "rngd", state: "inactive" }] }),
      hwrng: measured({ current: "none", available: [], givesBytes: false, instructions: [] }),
      entropyAvail: measured(128),
      fips140: unmeasured(),
    },
    findings: [
      findingOf({ rule: "scs-0101-rngd", severity: "error", subject, message: "rngd is not running." }),
      findingOf({ rule: "scs-0101-entropy-avail", severity: "error", subject, message: "entropy_avail is 128." }),
      findingOf({ rule: "scs-0101-fips-test", severity: "error", verdict: "inconclusive", subject, remedy: null }),
    ],
    ...part,
  };
}
