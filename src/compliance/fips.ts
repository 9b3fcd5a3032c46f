import type { Evidence, Finding, Fips140Result, MachineObservations, Subject } from "../model";
import { binomialUpperTail } from "../numeric/binomial";
import { finding, unmeasured } from "./finding";
import { STRICT_FIPS_FAILURES, type Profile } from "./profiles";
import { quoted } from "./text";

const RULE = "scs-0101-fips-test";

const BLOCKS = 1000;

/**
 * How often a block of a perfect source fails FIPS 140-2: 2379 of 3,000,000 blocks (trezor/rng-test issue 4); 314 of
 * 400,000 blocks of AES-256-CTR agree.
 */
const HEALTHY_FAILURE_RATE = 2379 / 3_000_000;

/** SCS-0101 w1, Errors: FIPS 140-2 on 1000 blocks of /dev/random; how many may fail is the profile's. */
export function judgeFips(machine: Subject, observation: MachineObservations["fips140"], profile: Profile): Finding {
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
  const limit = profile.mostFipsFailures;
  const arithmetic = `a healthy source exceeds ${limit} in about ${percent(chanceOfAtLeast(limit + 1), 1)} of runs`;
  if (result.failures <= limit) {
    const strict =
      result.failures > STRICT_FIPS_FAILURES ? `; the strict limit of ${STRICT_FIPS_FAILURES} is exceeded` : "";
    return finding(RULE, machine, {
      verdict: "pass",
      message: `${counted}, at most ${limit} are allowed${strict}.`,
      evidence: [...evidenceOf(result), ...chances(result.failures, limit)],
    });
  }
  const borderline = isBorderline(result.failures);
  const failed = finding(RULE, machine, {
    verdict: "fail",
    message: `${counted}, more than the ${limit} allowed; ${arithmetic}.`,
    evidence: [...evidenceOf(result), ...chances(result.failures, limit)],
    remedy: borderline ? `${REPEAT} ${LOOK_AT_SOURCE}` : LOOK_AT_SOURCE,
  });
  return borderline ? { ...failed, chance: chanceOfAtLeast(result.failures) } : failed;
}

const REPEAT = "Run the check again: chance alone may have done this. If it comes back, it is not chance.";
const LOOK_AT_SOURCE =
  "Look at the source: the flavor's hw_rng:allowed, the image's hw_rng_model, the kernel's age, the processor's " +
  "RDRAND/RDSEED.";

/** Whether a healthy source has so many failures in at least one of a million runs. */
function isBorderline(failures: number): boolean {
  return chanceOfAtLeast(failures) >= 1e-6;
}

/** The arithmetic behind a count; whoever reads a verdict should know how much of it may be chance. */
function chances(failures: number, limit: number): Evidence[] {
  const exceeding = {
    label: `chance of more than ${limit} from a healthy source`,
    value: percent(chanceOfAtLeast(limit + 1)),
  };
  if (failures <= STRICT_FIPS_FAILURES) return [exceeding];
  return [
    exceeding,
    { label: `chance of ${failures} or more from a healthy source`, value: percent(chanceOfAtLeast(failures)) },
  ];
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

/** P(X >= n) for the failures X of a healthy source, which fall on the blocks independently. */
function chanceOfAtLeast(n: number): number {
  return binomialUpperTail(BLOCKS, HEALTHY_FAILURE_RATE, n);
}

function percent(probability: number, digits = 2): string {
  return probability < 1e-6 ? "less than 0.0001 %" : `${Number((100 * probability).toPrecision(digits))} %`;
}
