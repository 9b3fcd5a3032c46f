import type {
  HealthTestFailure,
  HealthTestOutcome,
  HealthTestParameters,
  HealthTestsResult,
} from "../model/health-tests";
import { parameterRange } from "./errors";
import { adaptiveProportionCutoff, adaptiveProportionWindow, repetitionCountCutoff } from "./health-test-cutoffs";

/** 4.3: the start-up test runs over at least so many samples. */
const START_UP_SAMPLES = 1024;
/** What evaluators expect unless told otherwise: 4.4 recommends an alpha between 2^-20 and 2^-40. */
export const HEALTH_TEST_DEFAULTS: Omit<HealthTestParameters, "minEntropy" | "binary"> = {
  alpha: 2 ** -20,
  rule: "sp800-90b",
  startUpSamples: START_UP_SAMPLES,
};
/** Failures of each test that are kept with their place; a stuck source would fill the memory otherwise. */
const LISTED = 10_000;

/**
 * The health tests of 4.4 over samples that are all there.
 * @param samples of any width: they are only compared with each other
 * @throws UserError if a parameter is out of its range
 */
export function healthTests(samples: ArrayLike<number>, parameters: HealthTestParameters): HealthTestsResult {
  const tests = new HealthTests(parameters);
  tests.feed(samples);
  return tests.result();
}

/**
 * The health tests of 4.4 over samples as they come: feed them in chunks of any length, ask for the result at any time.
 *
 * A run or a window counts as one failure, at the sample where it reaches the cutoff, however far beyond it goes; after
 * a failure both tests go on as if nothing had happened.
 */
export class HealthTests {
  readonly #parameters: HealthTestParameters;
  readonly #repetition: RepetitionCount;
  readonly #proportion: AdaptiveProportion;
  #samples = 0;

  /** @throws UserError if a parameter is out of its range */
  constructor(parameters: HealthTestParameters) {
    checkParameters(parameters);
    const { minEntropy, alpha, binary, rule, startUpSamples } = parameters;
    const window = adaptiveProportionWindow(binary);
    this.#parameters = parameters;
    this.#repetition = new RepetitionCount(repetitionCountCutoff(minEntropy, alpha), startUpSamples);
    this.#proportion = new AdaptiveProportion(
      adaptiveProportionCutoff(minEntropy, alpha, window, rule),
      startUpSamples,
      window,
    );
  }

  feed(samples: ArrayLike<number>): void {
    this.#repetition.feed(samples, this.#samples);
    this.#proportion.feed(samples, this.#samples);
    this.#samples += samples.length;
  }

  /** The first failure of each test; null where there is none yet. */
  firstFailures(): Record<"repetitionCount" | "adaptiveProportion", HealthTestFailure | null> {
    return { repetitionCount: this.#repetition.first, adaptiveProportion: this.#proportion.first };
  }

  result(): HealthTestsResult {
    const samples = this.#samples;
    const { window } = this.#proportion;
    const repetitionCount = this.#repetition.outcome(samples);
    const adaptiveProportion = { ...this.#proportion.outcome(Math.min(samples, window)), window };
    const failures = this.#repetition.startUpFailures + this.#proportion.startUpFailures;
    const startUp = { failures, verdict: verdict(failures, samples >= this.#parameters.startUpSamples) };
    const verdicts = [repetitionCount.verdict, adaptiveProportion.verdict, startUp.verdict];
    return {
      parameters: this.#parameters,
      samples,
      repetitionCount,
      adaptiveProportion,
      startUp,
      verdict: verdicts.includes("fail") ? "fail" : verdicts.includes("inconclusive") ? "inconclusive" : "pass",
    };
  }
}

/** What the two tests have in common: a cutoff, the most seen, and what failed. */
abstract class ContinuousTest {
  startUpFailures = 0;
  protected most = 0;
  #failures = 0;
  readonly #listed: HealthTestFailure[] = [];

  constructor(
    protected readonly cutoff: number,
    private readonly startUpSamples: number,
  ) {}

  get first(): HealthTestFailure | null {
    return this.#listed.at(0) ?? null;
  }

  /** @param chance the longest run or fullest window that the samples so far could have had */
  outcome(chance: number): HealthTestOutcome {
    return {
      cutoff: this.cutoff,
      most: this.most,
      failures: this.#failures,
      listed: [...this.#listed],
      verdict: verdict(this.#failures, chance >= this.cutoff),
    };
  }

  protected fail(failure: HealthTestFailure): void {
    this.#failures++;
    if (failure.position < this.startUpSamples) this.startUpFailures++;
    if (this.#listed.length < LISTED) this.#listed.push(failure);
  }
}

/** 4.4.1 */
class RepetitionCount extends ContinuousTest {
  #symbol = Number.NaN;
  #count = 0;

  /** @param offset how many samples came before these */
  feed(samples: ArrayLike<number>, offset: number): void {
    const { cutoff } = this;
    let symbol = this.#symbol;
    let count = this.#count;
    let most = this.most;
    for (let i = 0; i < samples.length; i++) {
      if (samples[i] === symbol) count++;
      else {
        symbol = samples[i];
        count = 1;
      }
      if (count > most) most = count;
      if (count === cutoff) this.fail({ position: offset + i, start: offset + i - count + 1, symbol });
    }
    this.#symbol = symbol;
    this.#count = count;
    this.most = most;
  }
}

/** 4.4.2 */
class AdaptiveProportion extends ContinuousTest {
  #symbol = Number.NaN;
  #count = 0;

  constructor(
    cutoff: number,
    startUpSamples: number,
    readonly window: number,
  ) {
    super(cutoff, startUpSamples);
  }

  /** @param offset how many samples came before these */
  feed(samples: ArrayLike<number>, offset: number): void {
    const { cutoff, window } = this;
    let symbol = this.#symbol;
    let count = this.#count;
    let most = this.most;
    let place = offset % window;
    for (let i = 0; i < samples.length; i++) {
      if (place === 0) {
        symbol = samples[i];
        count = 1;
      } else if (samples[i] === symbol && ++count === cutoff)
        this.fail({ position: offset + i, start: offset + i - place, symbol });
      if (count > most) most = count;
      if (++place === window) place = 0;
    }
    this.#symbol = symbol;
    this.#count = count;
    this.most = most;
  }
}

function verdict(failures: number, couldFail: boolean): "pass" | "fail" | "inconclusive" {
  return failures > 0 ? "fail" : couldFail ? "pass" : "inconclusive";
}

function checkParameters({ minEntropy, alpha, binary, startUpSamples }: HealthTestParameters): void {
  const widest = binary ? 1 : 64;
  if (!(minEntropy > 0 && minEntropy <= widest))
    throw parameterRange(
      "The min-entropy H",
      minEntropy,
      `greater than 0 and at most ${widest} bits per sample`,
      "Give the entropy that the source is claimed to have, in bits per sample (3.1.3).",
    );
  if (!(alpha > 0 && alpha < 1))
    throw parameterRange(
      "The false positive probability alpha",
      alpha,
      "greater than 0 and less than 1",
      "Give a probability; SP 800-90B recommends 2^-20 to 2^-40.",
    );
  if (!Number.isInteger(startUpSamples) || startUpSamples < START_UP_SAMPLES)
    throw parameterRange(
      "The length of the start-up test",
      startUpSamples,
      `a whole number, ${START_UP_SAMPLES} at least`,
      `Give the number of samples that the source tests when it starts; SP 800-90B 4.3 asks for ${START_UP_SAMPLES}.`,
    );
}
