import type { Evidence, Finding, Fips140Result, MachineObservations, Subject } from "../model";
import { finding, unmeasured } from "./finding";
import { quoted } from "./text";

const RULE = "scs-0101-fips-test";

/** SCS-0101 w1, Errors: "the number of FIPS 140-2 failures exceeds 3 out of 1000 blocks tested". */
const BLOCKS = 1000;
const MOST_FAILURES = 3;

/**
 * How often a block of a perfect source fails FIPS 140-2: 2379 of 3,000,000 blocks (trezor/rng-test issue 4); 314 of
 * 400,000 blocks of AES-256-CTR agree. So a healthy machine exceeds 3 of 1000 in 0.88 % of runs.
 */
const HEALTHY_FAILURE_RATE = 2379 / 3_000_000;

/** SCS-0101 w1, Errors: FIPS 140-2 on 1000 blocks of /dev/random. */
export function judgeFips(machine: Subject, observation: MachineObservations["fips140"]): Finding {
  const name = quoted(machine.name);
  if (observation.status === "unmeasured") {
    return unmeasured(RULE, machine, `FIPS 140-2 of /dev/random on ${name}`, observation);
  }
  const result = observation.value;
  if (!isComplete(result)) {
    return finding(RULE, machine, {
      verdict: "inconclusive",
      message:
        `FIPS 140-2 of /dev/random on ${name} is incomplete: ${BLOCKS} blocks were to be tested, ` +
        `${result.successes} passed and ${result.failures} failed.`,
      evidence: evidenceOf(result),
      remedy: "Run the check again; if it stays incomplete, run rngtest -c 1000 </dev/random on the machine.",
    });
  }
  const counted = `${result.failures} of ${BLOCKS} FIPS 140-2 blocks of /dev/random on ${name} failed`;
  const arithmetic = `a healthy source exceeds ${MOST_FAILURES} in about ${percent(chanceOfAtLeast(MOST_FAILURES + 1))} of runs`;
  if (result.failures <= MOST_FAILURES) {
    return finding(RULE, machine, {
      verdict: "pass",
      message: `${counted}, at most ${MOST_FAILURES} are allowed.`,
      evidence: evidenceOf(result),
    });
  }
  return finding(RULE, machine, {
    verdict: "fail",
    message: `${counted}, more than the ${MOST_FAILURES} allowed; ${arithmetic}.`,
    evidence: [
      ...evidenceOf(result),
      {
        label: `chance of ${result.failures} or more from a healthy source`,
        value: percent(chanceOfAtLeast(result.failures)),
      },
    ],
    remedy:
      "Run the check again: a count of 4 or 5 that does not come back is chance. If it does come back, look at the " +
      "source: the flavor's hw_rng:allowed, the image's hw_rng_model, the kernel's age, the processor's RDRAND/RDSEED.",
  });
}

/** Exactly the blocks asked for were counted; a machine's answer is not trusted to add up. */
function isComplete({ blocksRequested, successes, failures }: Fips140Result): boolean {
  return (
    blocksRequested === BLOCKS &&
    Number.isSafeInteger(successes) &&
    Number.isSafeInteger(failures) &&
    successes >= 0 &&
    failures >= 0 &&
    successes + failures === BLOCKS
  );
}

const COUNTED_BY: Readonly<Record<Fips140Result["judgedBy"], string>> = {
  rngtest: "rngtest on the machine",
  "entropy-check": "Entropy Check",
  "probe-script": "a script of Entropy Check on the machine, which has no rngtest",
};

function evidenceOf(result: Fips140Result): Evidence[] {
  const { blocksRequested, successes, failures, failuresByTest } = result;
  return [
    { label: "counted by", value: COUNTED_BY[result.judgedBy] },
    { label: "blocks", value: `${blocksRequested} requested, ${successes} passed, ${failures} failed` },
    ...Object.entries(failuresByTest)
      .filter(([, count]) => count > 0)
      .map(([test, count]) => ({ label: `${test} failures`, value: String(count) })),
  ];
}

/** P(X >= n) for the failures X of a healthy source, Poisson with mean BLOCKS * HEALTHY_FAILURE_RATE; n >= 1. */
function chanceOfAtLeast(n: number): number {
  const mean = BLOCKS * HEALTHY_FAILURE_RATE;
  let term = Math.exp(-mean);
  for (let k = 1; k <= n; k++) term *= mean / k;
  let sum = 0;
  for (let k = n; term > sum * Number.EPSILON; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

function percent(probability: number): string {
  return probability < 1e-6 ? "less than 0.0001 %" : `${Number((100 * probability).toPrecision(1))} %`;
}
