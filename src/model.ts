/**
 * The nouns of the house: sources, observations, findings, assessments, reports.
 * Types only. Everything is readonly and survives JSON: no Date, no Map, no NaN, no undefined members.
 */

import type { BootTestFacts, BootTestSet, BootTestSource } from "./model/boot-test";
import type { Estimate, FoundEstimate } from "./model/estimates";
import type { RunHeader } from "./model/header";
import type { HealthTestsInput, HealthTestsResult, SampleTrace } from "./model/health-tests";
import type { IidProgress, IidTests } from "./model/iid";
import type { AskedBy, Instance, LeftBehind } from "./model/instance";
import type { SamplesOrigin } from "./model/origin";
import type { PreparationStep } from "./model/preparation";
import type { RestartInput, RestartResult } from "./model/restart";

// ---------------------------------------------------------------------------------------------- sources

/** An entry of clouds.yaml. */
export interface CloudSource {
  readonly kind: "cloud";
  /** The entry's name under `clouds:`. */
  readonly name: string;
  readonly region: string | null;
  readonly authUrl: string;
  /** Path of the clouds.yaml that defines it, and the 0-based line of the entry's key; null when the entry has no file. */
  readonly definedAt: FileLocation | null;
}

/** A test machine. */
export interface MachineSource {
  readonly kind: "machine";
  /** What people call it: the configured name, else the address. */
  readonly name: string;
  /** `local` or `ssh://user@host:port`. Never holds a secret. */
  readonly address: string;
}

/** A file of noise samples, or a folder with a file per restart. */
export interface SamplesSource {
  readonly kind: "samples";
  readonly name: string;
  readonly file: string;
}

export type Source = CloudSource | MachineSource | SamplesSource | BootTestSource;

/** A place in a file: 0-based line, as VS Code counts. */
export interface FileLocation {
  readonly file: string;
  readonly line: number;
}

// ---------------------------------------------------------------------------------------- observations

/** Where a fact comes from. */
export interface Provenance {
  /** What was asked: a request line, a command, a path. */
  readonly asked: string;
  /** Of whom: an endpoint, a machine's address. */
  readonly of: string;
  /** When the answer came, ISO 8601 UTC. */
  readonly at: string;
}

/** A fact that was measured. */
export interface Measured<T> {
  readonly status: "measured";
  readonly provenance: Provenance;
  readonly value: T;
  /** The raw answer, cut to a bounded length; data, never trusted. */
  readonly raw: string;
}

/** A fact that could not be measured, and why. Rules judge it inconclusive. */
export interface Unmeasured {
  readonly status: "unmeasured";
  readonly provenance: Provenance;
  readonly reason: string;
  /** What the user can do about it. */
  readonly remedy: string;
}

export type Observation<T> = Measured<T> | Unmeasured;

/** A Nova flavor, as far as the rules read it. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
  readonly isPublic: boolean;
  /** null: the role in use may not read extra specs. */
  readonly extraSpecs: Readonly<Record<string, string>> | null;
}

/** A Glance image, as far as the rules read it. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly visibility: string;
  readonly minDisk: number;
  readonly minRam: number;
  /** Every custom property, as strings. */
  readonly properties: Readonly<Record<string, string>>;
}

export type Flavors = readonly Flavor[];
export type Images = readonly Image[];

/** What a cloud answered. */
export interface CloudObservations {
  readonly flavors: Observation<Flavors>;
  readonly images: Observation<Images>;
}

/** Is rngd running, and what says so. */
export interface RngdState {
  readonly running: boolean;
  /** The process as the machine lists it, or null. */
  readonly process: string | null;
  /** Unit names that exist, with their state (`active`, `inactive`, ...). */
  readonly units: readonly { readonly name: string; readonly state: string }[];
}

/** What may feed a machine's random numbers. */
export interface HwrngState {
  /** The device that the kernel's hw_random uses: `virtio_rng.0`, `none`; null where the kernel does not tell. */
  readonly current: string | null;
  readonly available: readonly string[];
  /** Whether /dev/hwrng gives bytes; null: the account may not ask. */
  readonly givesBytes: boolean | null;
  /** Instructions of the processor that give random numbers. */
  readonly instructions: readonly string[];
}

export type Fips140Test = "monobit" | "poker" | "runs" | "long-run" | "continuous-run";

/** The outcome of FIPS 140-2 block tests over a stream. */
export interface Fips140Result {
  /** Who counted: the machine's own rngtest, our code over the streamed bytes, or our script on the machine. */
  readonly judgedBy: "rngtest" | "entropy-check" | "probe-script";
  readonly blocksRequested: number;
  readonly successes: number;
  readonly failures: number;
  /** Blocks that failed each test; a block may fail several. */
  readonly failuresByTest: Readonly<Record<Fips140Test, number>>;
}

/** What a machine answered. */
export interface MachineObservations {
  readonly kernel: Observation<string>;
  readonly rngd: Observation<RngdState>;
  readonly hwrng: Observation<HwrngState>;
  /** Bits, as /proc/sys/kernel/random/entropy_avail reads. */
  readonly entropyAvail: Observation<number>;
  readonly fips140: Observation<Fips140Result>;
}

// -------------------------------------------------------------------------------------------- findings

export type Verdict = "pass" | "fail" | "inconclusive" | "not-applicable";
export type Severity = "error" | "warning" | "info";

/** The ids of the rules; `src/compliance/rules.ts` says what each one means. */
export type RuleId =
  | "scs-0101-flavor-property"
  | "scs-0101-image-property"
  | "scs-0101-rngd"
  | "scs-0101-entropy-avail"
  | "scs-0101-fips-test"
  | "scs-0101-flavor-definition"
  | "scs-0101-image-definition"
  | "nova-extra-spec-text"
  | "nova-rng-rate-period"
  | "suppression-in-force"
  | "probe-rng-device"
  | "probe-clean-up"
  | "cloud-certificate"
  | "boot-test-boot"
  | "samples-origin"
  | "sp800-90b-sample-size"
  | "sp800-90b-symbol-width"
  | "sp800-90b-constant-source"
  | "sp800-90b-restart-sanity"
  | "sp800-90b-restart-validation"
  | "sp800-90b-repetition-count"
  | "sp800-90b-adaptive-proportion"
  | "sp800-90b-start-up"
  | "sp800-90b-iid";

/** The versions of SCS-0101 that can be judged by; `src/compliance/profiles.ts` says what each asks. */
export type ProfileId = "w1-2024" | "lenient-2025" | "v1.1-2026";

/** What a finding of SCS-0101 rests on. */
export interface Basis {
  readonly profile: ProfileId;
  /** The document, with its version. */
  readonly document: string;
  /** Where the rule stands in it; null: it does not ask for this. */
  readonly clause: string | null;
  /** The standard's own id of the test. */
  readonly testCase: string;
  /** Of a rule that counts: how many it lets pass. */
  readonly limit?: number;
}

/** What a finding is about. */
export interface Subject {
  readonly kind: "cloud" | "flavor" | "image" | "machine" | "samples";
  /** The id that the system itself uses: a UUID, an address, a path. */
  readonly id: string;
  readonly name: string;
}

export interface Evidence {
  readonly label: string;
  readonly value: string;
}

/** A rule applied to observations. */
export interface Finding {
  readonly rule: RuleId;
  readonly verdict: Verdict;
  /** How much it matters if the verdict is not `pass`. */
  readonly severity: Severity;
  readonly subject: Subject;
  /** One sentence that stands alone. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
  /** Of a rule of SCS-0101, which version of it judges. */
  readonly basis?: Basis;
  /** There when chance alone may have done it, with so much probability: a repeat tells. */
  readonly chance?: number;
  /** There when a former report, the baseline, has the same finding: it does not count for the verdict. */
  readonly known?: true;
  /** There when somebody has accepted it: it does not count for the verdict. */
  readonly suppressed?: Suppression;
}

/** Why a finding is accepted, and until when. */
export interface Suppression {
  readonly reason: string;
  /** YYYY-MM-DD, the last day; null: for good. */
  readonly expires: string | null;
}

// ------------------------------------------------------------------------------------------ assessments

export type * from "./model/estimates";

/** 3.1.2: by the most common value alone (6.1), if the samples are independent and identically distributed; else by all. */
export type Track = "iid" | "non-iid";

/**
 * What a file of samples is assessed for: `initial` for what the source gives (3.1.3), `conditioned` for h', the entropy
 * per bit of a conditioned output (3.1.5.2), of its bits alone.
 */
export type AssessmentPurpose = "initial" | "conditioned";

interface AssessmentBase<E> {
  /** The track whose estimators these are. */
  readonly track: Track;
  readonly estimates: readonly E[];
  /** The least literal estimate, bits per symbol; null when none could be computed. */
  readonly hOriginal: number | null;
  /** The least bitstring estimate, bits per bit: h' of a conditioned output; null for binary data otherwise. */
  readonly hBitstring: number | null;
  /**
   * min(bits, bits * hBitstring, hOriginal): bits per symbol; null when nothing could be computed, or when the samples
   * failed the tests that their track rests on.
   */
  readonly minEntropy: number | null;
}

/** What the estimators of one track find in a sequence of samples (6.1, 6.2, 3.1.3). */
export type FoundAssessment = AssessmentBase<FoundEstimate>;

/** The same, beside what ideal data would be assessed at. */
export interface Assessment extends AssessmentBase<Estimate> {
  /**
   * What these estimators together assess ideal, uniform random data of this size and width at, typically: the median of
   * the least of them, bits per symbol. It is below the least of the estimates' own ceilings, for each of several can be
   * the unlucky one. null when they give no value for such data.
   */
  readonly ceiling: number | null;
}

// ---------------------------------------------------------------------------------------------- reports

interface ReportBase<K extends string, S extends Source> extends RunHeader<K> {
  readonly source: S;
  /** By them `verdict` is `fail` if one of error severity failed, else `inconclusive` if any is, else `pass`. */
  readonly findings: readonly Finding[];
}

export interface CloudReport extends ReportBase<"cloud", CloudSource> {
  readonly observations: CloudObservations;
}

export interface MachineReport extends ReportBase<"machine", MachineSource> {
  readonly observations: MachineObservations;
}

/** The live checks of SCS-0101 on servers that were made for them, one an image. */
export interface InstanceReport extends ReportBase<"instance", CloudSource> {
  /** In the name of everything that was made. */
  readonly run: string;
  readonly askedBy: AskedBy;
  readonly instances: readonly Instance<MachineObservations>[];
  readonly leftBehind: readonly LeftBehind[];
}

/** What was read of a sample file. */
export interface SamplesInput {
  readonly file: string;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly samples: number;
  /** Distinct symbols seen. */
  readonly symbols: number;
  /** Bits per symbol that the assessment used. */
  readonly bits: number;
  /** True when the width was not stated and is that of the highest bit in use. */
  readonly bitsInferred: boolean;
  /** What was done to the file's content on its way to the symbols. */
  readonly preparation: readonly PreparationStep[];
  /** There when a `.meta` file stands beside the samples. */
  readonly origin?: SamplesOrigin;
}

export interface SamplesReport extends ReportBase<"samples", SamplesSource>, Assessment {
  readonly input: SamplesInput;
  readonly purpose: AssessmentPurpose;
  /** Of the bitstring, the first so many bits were assessed; null: all of them. */
  readonly mostBits: number | null;
  /** `both`: the IID track, and the non-IID track if the IID tests fail. */
  readonly requestedTrack: Track | "both";
  /** null when the IID track was not asked for, or when there is one symbol only and nothing to permute. */
  readonly iid: IidTests | null;
}

/** The restart tests of a noise source (3.1.4), on the track that its initial entropy estimate was found by. */
export interface RestartReport extends ReportBase<"restart", SamplesSource> {
  readonly input: RestartInput;
  readonly track: Track;
  readonly restart: RestartResult;
  /** The row and the column dataset, assessed; null when the sanity check failed. */
  readonly datasets: { readonly rows: Assessment; readonly columns: Assessment } | null;
  /** Whether both datasets look independent and identically distributed (3.1.2); null on the non-IID track, or as above. */
  readonly iid: { readonly rows: IidTests; readonly columns: IidTests } | null;
}

/** The health tests of 4.4 over a file of samples. */
export interface HealthTestsReport extends ReportBase<"health-tests", SamplesSource> {
  readonly input: HealthTestsInput;
  readonly healthTests: HealthTestsResult;
  readonly trace: SampleTrace;
}

/** A boot test. Boots that failed, and a test without any data, are findings as well, and leave it inconclusive. */
export interface BootTestReport extends ReportBase<"boot-test", BootTestSource>, BootTestFacts {
  readonly sets: readonly BootTestSet<SamplesReport>[];
}

export type Report =
  CloudReport | MachineReport | SamplesReport | RestartReport | HealthTestsReport | InstanceReport | BootTestReport;

// ------------------------------------------------------------------------------------------- operations

/** What an operation tells while it runs; the report comes last, exactly once, unless the operation throws. */
export type OperationEvent<R extends Report = Report> =
  | {
      readonly type: "progress";
      readonly message: string;
      /** 0 to 1, or null when the end is not known. */
      readonly fraction: number | null;
    }
  /** The counts of the permutation tests, as they come. */
  | { readonly type: "permutations"; readonly progress: IidProgress }
  | { readonly type: "report"; readonly report: R };
