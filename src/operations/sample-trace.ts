import type { HealthTestFailure, SampleExcerpt, SampleTrace } from "../model/health-tests";
import type { HealthTests } from "../sp800-90b/health-tests";

/** As many bins, and as many samples of an excerpt, as a plot has room for. */
const MOST = 1024;
/** Samples of an excerpt before the run or window that failed, and after the sample that reached the cutoff. */
const MARGIN = 64;

/** Gathers what a plot shows of samples as they come, in memory that does not depend on their number. */
export class SampleTracer {
  readonly #bins = new Bins();
  readonly #repetitionCount = new Excerpt();
  readonly #adaptiveProportion = new Excerpt();
  /** The last samples that came, and the position of the next one. */
  #recent = new Float64Array(0);
  #offset = 0;

  /** @param failures after these samples were tested */
  add(samples: Float64Array, failures: ReturnType<HealthTests["firstFailures"]>): void {
    this.#bins.add(samples);
    this.#repetitionCount.take(failures.repetitionCount, this.#recent, samples, this.#offset);
    this.#adaptiveProportion.take(failures.adaptiveProportion, this.#recent, samples, this.#offset);
    this.#recent = lastOf(this.#recent, samples);
    this.#offset += samples.length;
  }

  result(): SampleTrace {
    return {
      ...this.#bins.result(),
      firstFailure: {
        repetitionCount: this.#repetitionCount.result(),
        adaptiveProportion: this.#adaptiveProportion.result(),
      },
    };
  }
}

/** The least and the greatest sample of equal stretches, which double in length whenever there would be too many. */
class Bins {
  readonly #least = new Float64Array(MOST);
  readonly #greatest = new Float64Array(MOST);
  #samplesPerBin = 1;
  /** Whole bins, and samples of the one that is being filled. */
  #whole = 0;
  #begun = 0;

  add(samples: Float64Array): void {
    const least = this.#least;
    const greatest = this.#greatest;
    for (const sample of samples) {
      if (this.#whole === MOST) this.#halve();
      const bin = this.#whole;
      if (this.#begun === 0 || sample < least[bin]) least[bin] = sample;
      if (this.#begun === 0 || sample > greatest[bin]) greatest[bin] = sample;
      if (++this.#begun === this.#samplesPerBin) {
        this.#whole++;
        this.#begun = 0;
      }
    }
  }

  result(): Omit<SampleTrace, "firstFailure"> {
    const bins = this.#whole + (this.#begun > 0 ? 1 : 0);
    return {
      samplesPerBin: this.#samplesPerBin,
      least: [...this.#least.subarray(0, bins)],
      greatest: [...this.#greatest.subarray(0, bins)],
    };
  }

  #halve(): void {
    this.#whole = MOST / 2;
    this.#samplesPerBin *= 2;
    for (let bin = 0; bin < this.#whole; bin++) {
      this.#least[bin] = Math.min(this.#least[2 * bin], this.#least[2 * bin + 1]);
      this.#greatest[bin] = Math.max(this.#greatest[2 * bin], this.#greatest[2 * bin + 1]);
    }
  }
}

/** The samples around a failure, of which those after it may still be to come. */
class Excerpt {
  #range: { readonly from: number; readonly to: number } | null = null;
  readonly #samples: number[] = [];

  /** @param recent the samples before `samples`, the first of which is at `offset` */
  take(failure: HealthTestFailure | null, recent: Float64Array, samples: Float64Array, offset: number): void {
    if (failure === null) return;
    if (this.#range === null) {
      this.#range = rangeOf(failure);
      this.#append(recent, offset - recent.length, this.#range);
    }
    this.#append(samples, offset, this.#range);
  }

  result(): SampleExcerpt | null {
    return this.#range === null ? null : { start: this.#range.from, samples: this.#samples };
  }

  #append(samples: Float64Array, at: number, { from, to }: { readonly from: number; readonly to: number }): void {
    const next = from + this.#samples.length;
    if (next < at + samples.length) this.#samples.push(...samples.subarray(next - at, Math.max(0, to - at)));
  }
}

/** A long run's or window's beginning is left out rather than the place where it failed. */
function rangeOf({ start, position }: HealthTestFailure): { readonly from: number; readonly to: number } {
  const to = position + 1 + MARGIN;
  return { from: Math.max(0, start - MARGIN, to - MOST), to };
}

function lastOf(recent: Float64Array, samples: Float64Array): Float64Array<ArrayBuffer> {
  if (samples.length >= MOST) return samples.slice(-MOST);
  const kept = recent.subarray(Math.max(0, recent.length + samples.length - MOST));
  const last = new Float64Array(kept.length + samples.length);
  last.set(kept);
  last.set(samples, kept.length);
  return last;
}
