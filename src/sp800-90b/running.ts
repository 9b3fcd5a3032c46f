/** Estimates of samples while they come: those that counters can keep. */
import type { RunningEstimates } from "../model/collection";
import type { HealthTestParameters } from "../model/health-tests";
import { minEntropyOf, upperBound } from "./confidence";
import { lowerMean, probabilityOf } from "./estimators/collision";
import { HealthTests } from "./health-tests";

/**
 * The most common value estimate (6.3.1) of the samples, the collision estimate (6.3.2) of their bits, and the health
 * tests (4.4), over samples as they come: feed them in chunks of any length, ask for the result at any time. It is that of
 * the estimators over the same samples; none of the two takes more than a few counters, the others need all samples.
 */
export class RunningTest {
  private readonly counts = new Float64Array(256);
  private readonly health: HealthTests | null;
  private samples = 0;
  /** Bits since the last collision: none, or one, or two that differ. */
  private pending = 0;
  private first = 0;
  private twos = 0;
  private threes = 0;

  /**
   * @param bits per sample, 1 to 8
   * @param claim what the health tests are set to; null: they do not run
   * @throws UserError if that is out of its range
   */
  constructor(
    private readonly bits: number,
    claim: HealthTestParameters | null,
  ) {
    this.health = claim === null ? null : new HealthTests(claim);
  }

  /** @param samples each below 2^bits */
  feed(samples: Uint8Array): void {
    const { counts, bits } = this;
    let { pending, first, twos, threes } = this;
    for (const sample of samples) {
      counts[sample]++;
      for (let place = bits - 1; place >= 0; place--) {
        const bit = (sample >>> place) & 1;
        if (pending === 0) {
          first = bit;
          pending = 1;
        } else if (pending === 1 && bit !== first) {
          pending = 2;
        } else {
          // of three bits two are equal
          if (pending === 1) twos++;
          else threes++;
          pending = 0;
        }
      }
    }
    this.samples += samples.length;
    this.pending = pending;
    this.first = first;
    this.twos = twos;
    this.threes = threes;
    this.health?.feed(samples);
  }

  result(): RunningEstimates {
    const { samples, counts, health } = this;
    const mostCommonValue = samples === 0 ? null : minEntropyOf(upperBound(Math.max(...counts) / samples, samples));
    return { samples, mostCommonValue, collision: this.collision(), healthTests: health?.result() ?? null };
  }

  /** 6.3.2, steps 4 to 9. */
  private collision(): number | null {
    const { twos, threes } = this;
    const v = twos + threes;
    if (v < 2) return null;
    const sumT = 2 * twos + 3 * threes;
    const xBar = sumT / v;
    const sigmaHat = Math.sqrt((4 * twos + 9 * threes - sumT * xBar) / (v - 1));
    return minEntropyOf(probabilityOf(lowerMean(xBar, sigmaHat, v)).p);
  }
}
