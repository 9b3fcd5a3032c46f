import type {
  BootTestReport,
  CloudReport,
  HealthTestsReport,
  InstanceReport,
  MachineReport,
  Observation,
  Report,
  RestartReport,
  SamplesReport,
  Subject,
} from "../../src/model";
import { entropy, figure, integer } from "../format";
import { markOf } from "../mark";

/** A number that sums a report up. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  /** Every digit, where `value` leaves some out. */
  readonly exact: string | null;
}

const NOT_MEASURED = "not measured";

/** The two or three figures that say most of a report. */
export function keyFigures(report: Report): readonly KeyFigure[] {
  switch (report.kind) {
    case "cloud":
      return ofCloud(report);
    case "machine":
      return ofMachine(report);
    case "samples":
      return ofSamples(report);
    case "instance":
      return ofInstances(report);
    case "restart":
      return ofRestart(report);
    case "health-tests":
      return ofHealthTests(report);
    case "boot-test":
      return ofBootTest(report);
  }
}

function ofCloud(report: CloudReport): readonly KeyFigure[] {
  const passed = (kind: Subject["kind"], listed: Observation<readonly unknown[]>, label: string): KeyFigure => {
    if (listed.status === "unmeasured") return { label, value: NOT_MEASURED, unit: "", exact: null };
    const good = report.findings.filter((f) => f.subject.kind === kind && markOf(f) === "pass").length;
    return { label, value: integer(good), unit: `of ${integer(listed.value.length)} pass`, exact: null };
  };
  return [
    passed("flavor", report.observations.flavors, "Flavors"),
    passed("image", report.observations.images, "Images"),
  ];
}

/** Of one server what a machine's report shows, of several how many pass. */
function ofInstances({ instances, findings }: InstanceReport): readonly KeyFigure[] {
  const [first, ...others] = instances;
  if (others.length === 0) return ofMachine(first);
  const failing = new Set(findings.filter((f) => markOf(f) !== "pass").map(({ subject }) => subject.id));
  const good = instances.filter(({ image }) => !failing.has(image.id)).length;
  return [{ label: "Images", value: integer(good), unit: `of ${integer(instances.length)} pass`, exact: null }];
}

function ofMachine({
  observations: { rngd, entropyAvail, fips140 },
}: Pick<MachineReport, "observations">): readonly KeyFigure[] {
  const figure = <T>(
    label: string,
    seen: Observation<T>,
    value: (v: T) => string,
    unit: (v: T) => string,
  ): KeyFigure =>
    seen.status === "measured"
      ? { label, value: value(seen.value), unit: unit(seen.value), exact: null }
      : { label, value: NOT_MEASURED, unit: "", exact: null };
  return [
    figure(
      "rngd",
      rngd,
      (state) => (state.running ? "running" : "not running"),
      () => "",
    ),
    figure("entropy_avail", entropyAvail, integer, () => "bits, 256 expected"),
    figure(
      "FIPS 140-2",
      fips140,
      (r) => integer(r.failures),
      (r) => `of ${integer(r.blocksRequested)} blocks failed`,
    ),
  ];
}

/** An entropy, or the word for none. */
function entropyFigure(label: string, value: number | null, unit: string): KeyFigure {
  return {
    label,
    value: value === null ? "none" : entropy(value),
    unit,
    exact: value === null ? null : String(value),
  };
}

function ofSamples({ minEntropy, hOriginal, hBitstring, input }: SamplesReport): readonly KeyFigure[] {
  const figures = [
    entropyFigure("Min-entropy", minEntropy, `of ${input.bits} bits per symbol`),
    entropyFigure("H_original", hOriginal, "bits per symbol"),
  ];
  return input.bits === 1 ? figures : [...figures, entropyFigure("H_bitstring", hBitstring, "bits per bit")];
}

function ofRestart({ restart, input }: RestartReport): readonly KeyFigure[] {
  const { minEntropy, sanity, hR, hC } = restart;
  const cutoff = sanity.rules.find(({ rule }) => rule === sanity.decidedBy)?.cutoff;
  return [
    entropyFigure("Awarded", minEntropy, minEntropy === null ? "" : `of ${input.bits} bits per sample`),
    entropyFigure("H_I", sanity.hI, "bits per sample"),
    ...(hR === null ? [] : [entropyFigure("H_r", hR, "bits per sample")]),
    ...(hC === null ? [] : [entropyFigure("H_c", hC, "bits per sample")]),
    {
      label: "X_max",
      value: integer(sanity.xMax),
      unit: cutoff === undefined ? "" : `at most ${integer(cutoff)} accepted`,
      exact: null,
    },
  ];
}

/** How many runs there are, the least of their figures, and what the best set gives per second. */
function ofBootTest({ sets, best, failed, bits, iterations }: BootTestReport): readonly KeyFigure[] {
  const counted = (label: string, value: number, unit: string): KeyFigure => ({
    label,
    value: integer(value),
    unit,
    exact: null,
  });
  const runs = sets.reduce((sum, set) => sum + set.runs.length, 0);
  const least = sets.flatMap(({ minEntropy }) => minEntropy?.least ?? []);
  const rate = best === null ? null : (sets[best].bitsPerSecond?.median ?? null);
  return [
    counted("Runs", runs, `of ${integer(sets.length * iterations)}`),
    ...(failed.length === 0 ? [] : [counted("Failed boots", failed.length, "")]),
    ...(least.length === 0 ? [] : [entropyFigure("Least", Math.min(...least), `of ${bits} bits per sample`)]),
    ...(rate === null ? [] : [{ label: "At best", value: figure(rate), unit: "bits per second", exact: String(rate) }]),
  ];
}

function ofHealthTests({ healthTests }: HealthTestsReport): readonly KeyFigure[] {
  const { samples, repetitionCount, adaptiveProportion } = healthTests;
  const failed = (label: string, failures: number): KeyFigure => ({
    label,
    value: integer(failures),
    unit: failures === 1 ? "failure" : "failures",
    exact: null,
  });
  return [
    failed("Repetition count", repetitionCount.failures),
    failed("Adaptive proportion", adaptiveProportion.failures),
    { label: "Samples", value: integer(samples), unit: "", exact: null },
  ];
}
