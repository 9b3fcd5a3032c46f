import type { NumberMeaning } from "./sample-format";

/** Fewer numbers than these say nothing. */
const ENOUGH = 32;

/** A clock's reading of seconds since 1970 is past this since 2001. */
const PLAUSIBLE_SECONDS = 1_000_000_000n;

/**
 * Whether numbers are readings of a clock: nearly all grow by a small part of the clock's range, and not by the same
 * step each time, as a mere counter does.
 * @param width of the clock in bits
 */
export function guessMeaning(numbers: readonly bigint[], width: 32 | 64): NumberMeaning {
  if (numbers.length < ENOUGH) return "samples";
  const steps = numbers.slice(1).map((now, i) => BigInt.asUintN(width, now - numbers[i]));
  const small = 1n << BigInt(width - 8);
  const forward = steps.filter((step) => step > 0n && step < small).length;
  if (forward < 0.9 * steps.length || steps.filter((step) => step >= small).length > 0.01 * steps.length)
    return "samples";
  if (steps.every((step) => step === steps[0])) return "samples";
  return width === 64 && numbers.every(isSecondsAndNanoseconds) ? "seconds-nanoseconds" : "timestamps";
}

function isSecondsAndNanoseconds(number: bigint): boolean {
  return number >> 32n >= PLAUSIBLE_SECONDS && (number & 0xffffffffn) < 1_000_000_000n;
}
