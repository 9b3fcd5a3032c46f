import { judgeHealthTests } from "../../src/compliance/health-tests";
import { judgeRestart } from "../../src/compliance/restart";
import type { Assessment, Estimate, HealthTestsReport, RestartReport } from "../../src/model";
import type { HealthTestParameters } from "../../src/model/health-tests";
import type { RestartInput } from "../../src/model/restart";
import { SampleTracer } from "../../src/operations/sample-trace";
import { overallVerdict } from "../../src/report/build";
import { HEALTH_TEST_DEFAULTS, HealthTests } from "../../src/sp800-90b/health-tests";
import { restartResult, restartSanityCheck } from "../../src/sp800-90b/restart";
import { keystream } from "../datasets";
import { restartMatrices } from "../sp800-90b/restart-matrices";
import { JITTER_8 } from "../webview/estimates/jitter-8";
import { UNIFORM_8 } from "../webview/estimates/uniform-8";

/* Reports of restart tests and of health tests, as the engines make them of generated samples. */

const RUN = {
  schemaVersion: 1,
  tool: { name: "entropy-check", version: "0.1.0" },
  startedAt: "2026-03-02T09:14:07.000Z",
  finishedAt: "2026-03-02T09:14:45.640Z",
} as const;

const DECODED = { step: "decoded", text: "Read as bytes, as asked.", format: "bytes", guessedBecause: null } as const;

/** A row or column dataset, of which the symbols alone are estimated. */
function dataset(all: readonly Estimate[]): Assessment {
  const estimates = all.filter(({ scope }) => scope === "literal");
  const hOriginal = Math.min(...estimates.flatMap(({ minEntropy }) => minEntropy ?? []));
  return { track: "non-iid", estimates, hOriginal, hBitstring: null, minEntropy: hOriginal, ceiling: 7.1 };
}

/** @param name of the file or folder */
export function restartReport(
  name: string,
  matrix: Uint8Array,
  { bits, hI, inFolder = false }: { readonly bits: number; readonly hI: number; readonly inFolder?: boolean },
  datasets: RestartReport["datasets"],
): RestartReport {
  const path = `/home/lab/captures/${name}`;
  const sanity = restartSanityCheck(matrix, bits, hI);
  const tested = sanity.passed ? datasets : null;
  const restart = restartResult(
    sanity,
    tested === null ? null : { hR: tested.rows.hOriginal, hC: tested.columns.hOriginal },
  );
  const findings = judgeRestart(restart, null, { kind: "samples", id: path, name });
  const file = (row: number) => `${path}/restart-${String(row).padStart(4, "0")}.data`;
  const input: RestartInput = {
    path,
    files: inFolder
      ? Array.from({ length: 1000 }, (_, row) => ({ file: file(row), sha256: "ab".repeat(32) }))
      : [{ file: path, sha256: "f2e918f9484785fc9b1e1b4c00e16e1937f01a5807371580531d0334f22c5650" }],
    bits,
    bitsInferred: false,
    preparation: [DECODED],
  };
  return {
    ...RUN,
    kind: "restart",
    source: { kind: "samples", name, file: path },
    verdict: overallVerdict(findings),
    findings,
    input,
    track: "non-iid",
    restart,
    datasets: tested,
    iid: null,
  };
}

const UNIFORM_MATRIX = restartMatrices["uniform-8"]();

/** Both tests passed, and H_I sets the entropy. */
export const RESTART_PASSED = restartReport(
  "restarts-uniform.bin",
  UNIFORM_MATRIX,
  { bits: 8, hI: 7 },
  { rows: dataset(UNIFORM_8), columns: dataset(UNIFORM_8) },
);

/** The sanity check passed, but the columns have less than half of H_I. */
export const RESTART_WEAK_COLUMNS = restartReport(
  "restarts",
  UNIFORM_MATRIX,
  { bits: 8, hI: 7, inFolder: true },
  { rows: dataset(UNIFORM_8), columns: dataset(JITTER_8) },
);

/** The first samples after a restart are almost always the same. */
export const RESTART_COLD = restartReport("restarts-cold.bin", restartMatrices["cold-4"](), { bits: 4, hI: 3.5 }, null);

/** A report of the health tests over samples, as the operation makes it. */
export function healthTestsReport(
  name: string,
  samples: ArrayLike<number>,
  bits: number,
  parameters: Partial<HealthTestParameters> & Pick<HealthTestParameters, "minEntropy">,
): HealthTestsReport {
  const file = `/home/lab/captures/${name}`;
  const tests = new HealthTests({ ...HEALTH_TEST_DEFAULTS, binary: bits === 1, ...parameters });
  const tracer = new SampleTracer();
  const all = Float64Array.from(samples);
  tests.feed(all);
  tracer.add(all, tests.firstFailures());
  const healthTests = tests.result();
  const findings = judgeHealthTests(healthTests, { kind: "samples", id: file, name });
  return {
    ...RUN,
    finishedAt: "2026-03-02T09:14:07.420Z",
    kind: "health-tests",
    source: { kind: "samples", name, file },
    verdict: overallVerdict(findings),
    findings,
    input: {
      file,
      sha256: "f2e918f9484785fc9b1e1b4c00e16e1937f01a5807371580531d0334f22c5650",
      bits,
      preparation: [DECODED],
    },
    healthTests,
    trace: tracer.result(),
  };
}

/** Good bytes that stick twice, and for a while prefer a value without sticking to it. */
function stuck(): Uint8Array {
  const samples = Uint8Array.from(keystream("health", 100_000));
  samples.fill(7, 50_000, 50_040);
  samples.fill(200, 81_000, 81_012);
  for (let i = 20_480; i < 20_992; i += 9) samples[i] = 99;
  return samples;
}

/** Both tests fail, a few times. */
export const HEALTH_FAILED = healthTestsReport("stuck.bin", stuck(), 8, { minEntropy: 7 });

export const HEALTH_PASSED = healthTestsReport("good.bin", keystream("health", 100_000), 8, { minEntropy: 7 });

const sticky = healthTestsReport(
  "sticky-bits.bin",
  Uint8Array.from({ length: 200_000 }, (_, i) => (i >> 6) & 1),
  1,
  { minEntropy: 0.9, rule: "corrected", alpha: 2 ** -30 },
);
const { repetitionCount } = sticky.healthTests;

/** More failures than are listed, of a binary source; a stream has to be long for that, so the list is cut here. */
export const HEALTH_HOPELESS: HealthTestsReport = {
  ...sticky,
  healthTests: {
    ...sticky.healthTests,
    repetitionCount: { ...repetitionCount, listed: repetitionCount.listed.slice(0, 1000) },
  },
};

/** Too few samples for any test to fail; each one is drawn. */
export const HEALTH_TOO_FEW = healthTestsReport("few.bin", keystream("health", 3), 8, { minEntropy: 5 });

/** Samples of 32 bits, one of which comes twice in a row. */
export const HEALTH_WIDE = healthTestsReport(
  "words.bin",
  Float64Array.from({ length: 5000 }, (_, i) => (i === 4000 ? 3999 : i) * 65_537 + 2 ** 31),
  32,
  { minEntropy: 30 },
);

/** All of the above, by what they are of. */
export const TESTS_REPORTS: Readonly<Record<string, RestartReport | HealthTestsReport>> = {
  "restarts that passed": RESTART_PASSED,
  "restarts with weak columns": RESTART_WEAK_COLUMNS,
  "restarts of a cold source": RESTART_COLD,
  "samples that stick": HEALTH_FAILED,
  "good samples": HEALTH_PASSED,
  "samples that stick all the time": HEALTH_HOPELESS,
  "too few samples": HEALTH_TOO_FEW,
  "wide samples": HEALTH_WIDE,
};
