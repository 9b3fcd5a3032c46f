import { createHash } from "node:crypto";
import { judgeCloud, judgeMachine } from "../../src/compliance/scs-0101";
import { RULES } from "../../src/compliance/rules";
import type {
  CloudObservations,
  CloudReport,
  Estimate,
  Finding,
  Flavor,
  Image,
  MachineObservations,
  MachineReport,
  Observation,
  Provenance,
  Report,
  SamplesInput,
  SamplesReport,
} from "../../src/model";
import { overallVerdict } from "../../src/report/build";
import type { InventoryReport } from "../../src/model/inventory";
import type { ReportView, ToReportPanel } from "../../src/vscode/protocol";
import { reportView } from "../../src/vscode/report-view";
import { BIASED_1 } from "./estimates/biased-1";
import { JITTER_8 } from "./estimates/jitter-8";
import { UNIFORM_8 } from "./estimates/uniform-8";

const RUN = {
  schemaVersion: 1,
  tool: { name: "entropy-check", version: "0.1.0" },
  startedAt: "2026-03-02T09:14:07.000Z",
  finishedAt: "2026-03-02T09:14:45.640Z",
} as const;

const RULE_SUMMARIES: ReportView["rules"] = Object.fromEntries(
  Object.values(RULES).map(({ id, title, clause }) => [id, { title, clause }]),
);

/** A report as the host hands it to a webview. */
export function viewOf(report: Report, inventory: InventoryReport | null = null): ReportView {
  return { ...reportView(report, inventory), rules: RULE_SUMMARIES };
}

/** The message that shows a report in the panel. */
export function showReport(report: Report, item = `${report.kind}:fixture`): ToReportPanel {
  return { type: "show", item, panel: { type: "report", view: viewOf(report) }, at: null };
}

// ---------------------------------------------------------------------------------------------- samples

/** A report of samples from estimates; what is assessed follows from them (3.1.3). */
export function samplesReport(
  name: string,
  estimates: readonly Estimate[],
  input: Omit<SamplesInput, "file" | "preparation">,
  findings: readonly Finding[] = [],
): SamplesReport {
  const least = (scope: Estimate["scope"]) => {
    const values = estimates.filter((e) => e.scope === scope).flatMap((e) => e.minEntropy ?? []);
    return values.length === 0 ? null : Math.min(...values);
  };
  const [hOriginal, hBitstring] = [least("literal"), least("bitstring")];
  const bounds = [hOriginal, hBitstring === null ? null : hBitstring * input.bits].filter((h) => h !== null);
  const file = `/home/lab/captures/${name}`;
  return {
    ...RUN,
    kind: "samples",
    source: { kind: "samples", name, file },
    verdict: overallVerdict(findings),
    findings,
    input: {
      file,
      preparation: [{ step: "decoded", text: "Read as bytes, as asked.", format: "bytes", guessedBecause: null }],
      ...input,
    },
    purpose: "initial",
    mostBits: null,
    requestedTrack: "non-iid",
    iid: null,
    track: "non-iid",
    estimates,
    hOriginal,
    hBitstring,
    minEntropy: bounds.length === 0 ? null : Math.min(input.bits, ...bounds),
    // measured: what a million ideal symbols are assessed at
    ceiling: input.bits === 1 ? 0.850379693995797 : 7.184632337874439,
  };
}

function enough(name: string): Finding {
  return {
    rule: "sp800-90b-sample-size",
    verdict: "pass",
    severity: "warning",
    subject: { kind: "samples", id: `/home/lab/captures/${name}`, name },
    message: `${name} holds 1000000 samples, as many as SP 800-90B asks for.`,
    evidence: [],
    remedy: null,
  };
}

const MILLION = { samples: 1_000_000, bitsInferred: false } as const;

const ONLY_BINARY = "Defined for binary data only (6.3.2, 6.3.3, 6.3.4).";

/** The estimates that 8-bit symbols do not have. */
const NOT_FOR_BYTES: readonly Estimate[] = [
  {
    estimator: "collision",
    scope: "literal",
    minEntropy: null,
    notComputed: ONLY_BINARY,
    v: 0,
    sumT: 0,
    xBar: null,
    sigmaHat: null,
    xBarPrime: null,
    p: null,
    foundP: false,
    decisive: null,
    ceiling: null,
  },
  {
    estimator: "markov",
    scope: "literal",
    minEntropy: null,
    notComputed: ONLY_BINARY,
    p0: null,
    p1: null,
    p00: null,
    p01: null,
    p10: null,
    p11: null,
    pHatMax: null,
    decisive: null,
    ceiling: null,
  },
  {
    estimator: "compression",
    scope: "literal",
    minEntropy: null,
    notComputed: ONLY_BINARY,
    xBar: null,
    sigmaHat: null,
    xBarPrime: null,
    p: null,
    foundP: false,
    decisive: null,
    ceiling: null,
  },
];

export const UNIFORM: SamplesReport = samplesReport(
  "uniform-8.bin",
  UNIFORM_8,
  { sha256: "f2e918f9484785fc9b1e1b4c00e16e1937f01a5807371580531d0334f22c5650", symbols: 256, bits: 8, ...MILLION },
  [enough("uniform-8.bin")],
);

export const BIASED: SamplesReport = samplesReport(
  "biased-1.bin",
  BIASED_1,
  { sha256: "2fbee12027fb5cc1b35544a417b0444d83ac6aaead5c2791fa30b803605efce1", symbols: 2, bits: 1, ...MILLION },
  [enough("biased-1.bin")],
);

/** As `jitter-8`, with what a wide symbol does not have said, and a warning. */
export const JITTER: SamplesReport = samplesReport(
  "jitter-8.bin",
  [...JITTER_8.slice(0, 1), ...NOT_FOR_BYTES, ...JITTER_8.slice(1)],
  {
    sha256: "38f689d5ca8ae846b0851323668d74e39442d45cb3b028e6736ecf2666f40c4c",
    symbols: 39,
    bits: 8,
    samples: 1_000_000,
    bitsInferred: true,
  },
  [
    enough("jitter-8.bin"),
    {
      rule: "sp800-90b-symbol-width",
      verdict: "fail",
      severity: "warning",
      subject: { kind: "samples", id: "/home/lab/captures/jitter-8.bin", name: "jitter-8.bin" },
      message: "The width of the symbols was not stated; 8 bits were inferred from the highest bit in use.",
      evidence: [{ label: "highest symbol", value: "231" }],
      remedy: 'State the width of the noise source\'s symbols: "entropy-check samples jitter-8.bin --bits 8".',
    },
  ],
);

/** A file of one symbol only: nothing could be computed. */
export const CONSTANT: SamplesReport = samplesReport(
  "zeros-8.bin",
  NOT_FOR_BYTES,
  { sha256: "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025", symbols: 1, bits: 8, ...MILLION },
  [
    {
      rule: "sp800-90b-constant-source",
      verdict: "fail",
      severity: "error",
      subject: { kind: "samples", id: "/home/lab/captures/zeros-8.bin", name: "zeros-8.bin" },
      message: "zeros-8.bin holds one symbol only, so its source has no entropy.",
      evidence: [{ label: "symbol", value: "0" }],
      remedy: "Check that the capture reads the noise source and not a buffer that was never filled.",
    },
  ],
);

// ------------------------------------------------------------------------------------------------ cloud

const CLOUD = { kind: "cloud", id: "gx-scs", name: "gx-scs" } as const;

/** Something that was measured. */
export function measured<T>(asked: string, of: string, value: T, raw = ""): Observation<T> {
  return { status: "measured", provenance: provenance(asked, of), value, raw };
}

/** Something that could not be measured. */
export function unmeasured(asked: string, of: string, reason: string, remedy: string): Observation<never> {
  return { status: "unmeasured", provenance: provenance(asked, of), reason, remedy };
}

function provenance(asked: string, of: string): Provenance {
  return { asked, of, at: "2026-03-02T09:14:09.218Z" };
}

function idOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 12);
}

/** A flavor, sized as its name says; extra specs null: not readable. */
export function flavor(name: string, vcpus: number, gib: number, extraSpecs: Flavor["extraSpecs"]): Flavor {
  const id = `5f1d6b3a-0c5e-4a44-9b1f-${idOf(name)}`;
  return { id, name, vcpus, ram: gib * 1024, disk: vcpus * 10, isPublic: true, extraSpecs };
}

export function image(name: string, properties: Image["properties"]): Image {
  const id = `9c2e8f10-77aa-4d0e-8a55-${idOf(name)}`;
  return { id, name, status: "active", visibility: "public", minDisk: 8, minRam: 512, properties };
}

export function cloudReport(observations: CloudObservations): CloudReport {
  const findings = judgeCloud(CLOUD, observations);
  return {
    ...RUN,
    finishedAt: "2026-03-02T09:14:09.871Z",
    kind: "cloud",
    source: {
      kind: "cloud",
      name: "gx-scs",
      region: "RegionOne",
      authUrl: "https://api.gx-scs.sovereignit.cloud:5000/v3",
      definedAt: { file: "/home/ops/.config/openstack/clouds.yaml", line: 3 },
    },
    verdict: overallVerdict(findings),
    findings,
    observations,
  };
}

const NOVA = "https://api.gx-scs.sovereignit.cloud:8774/v2.1";
const GLANCE = "https://api.gx-scs.sovereignit.cloud:9292";

export const FLAVORS_ASKED = "GET /flavors/detail?is_public=None";
export const IMAGES_ASKED = "GET /v2/images";
const ALLOWED = { "hw_rng:allowed": "True" };

export const FLAVORS: readonly Flavor[] = [
  flavor("SCS-1V-4", 1, 4, { ...ALLOWED, "scs:name-v2": "SCS-1V-4" }),
  flavor("SCS-1V-4-10", 1, 4, { ...ALLOWED, "hw_rng:rate_bytes": "2048", "hw_rng:rate_period": "1000" }),
  flavor("SCS-2V-8", 2, 8, ALLOWED),
  flavor("SCS-2V-8-20", 2, 8, {}),
  flavor("SCS-4V-16", 4, 16, ALLOWED),
  flavor("SCS-4V-16-100s", 4, 16, { "hw_rng:allowed": "true" }),
  flavor("SCS-8V-32", 8, 32, ALLOWED),
  flavor("SCS-16V-64", 16, 64, { "hw_rng:allowed": "False" }),
  flavor("m1.tiny", 1, 0.5, {}),
  flavor("m1.small", 1, 2, {}),
];

export const IMAGES: readonly Image[] = [
  image("Debian 12", { hw_rng_model: "virtio", os_distro: "debian", os_version: "12" }),
  image("Ubuntu 24.04", { hw_rng_model: "virtio", os_distro: "ubuntu", os_version: "24.04" }),
  image("Ubuntu 22.04", { hw_rng_model: "virtio", os_distro: "ubuntu", os_version: "22.04" }),
  image("AlmaLinux 9", { os_distro: "almalinux", os_version: "9" }),
  image("cirros-0.6.3", {}),
];

export const CLOUD_WITH_WARNINGS: CloudReport = cloudReport({
  flavors: measured(FLAVORS_ASKED, NOVA, FLAVORS),
  images: measured(IMAGES_ASKED, GLANCE, IMAGES),
});

/** Extra specs may not be read, and Glance does not answer. */
export const CLOUD_UNREADABLE: CloudReport = cloudReport({
  flavors: measured(
    FLAVORS_ASKED,
    NOVA,
    FLAVORS.map((f) => ({ ...f, extraSpecs: null })),
  ),
  images: unmeasured(
    IMAGES_ASKED,
    GLANCE,
    "Glance answered 503 Service Unavailable.",
    "Try again later; if it stays, tell the cloud's operator.",
  ),
});

// ---------------------------------------------------------------------------------------------- machine

const ADDRESS = "ssh://debian@10.8.0.17:22";
const MACHINE = { kind: "machine", id: ADDRESS, name: "probe-1" } as const;

export function machineReport(observations: MachineObservations): MachineReport {
  const findings = judgeMachine(MACHINE, observations);
  return {
    ...RUN,
    finishedAt: "2026-03-02T09:14:11.020Z",
    kind: "machine",
    source: { kind: "machine", name: "probe-1", address: ADDRESS },
    verdict: overallVerdict(findings),
    findings,
    observations,
  };
}

const RNGTEST = `rngtest 5
rngtest: starting FIPS tests...
rngtest: bits received from input: 20000032
rngtest: FIPS 140-2 successes: 993
rngtest: FIPS 140-2 failures: 7
rngtest: FIPS 140-2(2001-10-10) Monobit: 1
rngtest: FIPS 140-2(2001-10-10) Poker: 2
rngtest: FIPS 140-2(2001-10-10) Runs: 3
rngtest: FIPS 140-2(2001-10-10) Long run: 2
rngtest: FIPS 140-2(2001-10-10) Continuous run: 0
`;

const HWRNG = measured(
  "hw_random",
  ADDRESS,
  { current: "virtio_rng.0", available: ["virtio_rng.0"], givesBytes: null, instructions: ["rdrand"] },
  "current virtio_rng.0\n",
);
const KERNEL = measured("uname -r", ADDRESS, "6.1.0-31-cloud-amd64", "6.1.0-31-cloud-amd64\n");

export const MACHINE_FAILED: MachineReport = machineReport({
  kernel: KERNEL,
  rngd: measured(
    "ps -e -o comm=,args= and systemctl show",
    ADDRESS,
    { running: false, process: null, units: [{ name: "rngd.service", state: "inactive" }] },
    "rngd.service inactive\n",
  ),
  hwrng: HWRNG,
  entropyAvail: measured("cat /proc/sys/kernel/random/entropy_avail", ADDRESS, 256, "256\n"),
  fips140: measured(
    "rngtest -c 1000 < /dev/random",
    ADDRESS,
    {
      judgedBy: "rngtest",
      blocksRequested: 1000,
      successes: 993,
      failures: 7,
      failuresByTest: { monobit: 1, poker: 2, runs: 3, "long-run": 2, "continuous-run": 0 },
    },
    RNGTEST,
  ),
});

export const MACHINE_INCONCLUSIVE: MachineReport = machineReport({
  kernel: KERNEL,
  rngd: measured(
    "ps -e -o comm=,args= and systemctl show",
    ADDRESS,
    { running: true, process: "/usr/sbin/rngd -f", units: [{ name: "rngd.service", state: "active" }] },
    "rngd /usr/sbin/rngd -f\nrngd.service active\n",
  ),
  hwrng: HWRNG,
  entropyAvail: measured("cat /proc/sys/kernel/random/entropy_avail", ADDRESS, 256, "256\n"),
  fips140: unmeasured(
    "head -c 2500004 /dev/random",
    ADDRESS,
    "the machine sent 1048576 of 2500004 bytes in 60 s.",
    "Run the check again when the machine is less busy.",
  ),
});
