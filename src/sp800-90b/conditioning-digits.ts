import type { ConditioningDigits, ConditioningParameters } from "../model/conditioning";
import {
  add,
  bigFloat,
  compare,
  divide,
  log2,
  log2OnePlus,
  LOG_2,
  multiply,
  negate,
  ONE,
  powerOfTwo,
  squareRoot,
  subtract,
  type BigFloat,
} from "../numeric/big-float";
import { generalTruncated, longDoubleOf, toLongDouble } from "../numeric/long-double";

/** As many as ea_conditioning prints. */
const DIGITS = 22;

/**
 * The figures of `conditionedEntropy` as NIST's ea_conditioning prints them: it computes by multiple precision, keeps
 * long doubles of x87, and rounds its input and its text towards zero.
 * @param parameters that `conditionedEntropy` has accepted
 */
export function conditioningDigits(parameters: ConditioningParameters): ConditioningDigits {
  const { nIn, nOut, hPrime } = parameters;
  const nw = Math.min(parameters.nw, nIn);
  const n = Math.min(nOut, nw);
  const hIn = longDoubleOf(parameters.hIn);
  const { loss, belowHIn } = outputLoss(hIn, n, nIn);
  const exact = subtract(bigFloat(n), loss);
  const outputEntropy = toLongDouble(exact, "nearest");

  const epsilon = (gap: BigFloat, whole: BigFloat) => text(truncate(negate(log2(divide(gap, whole)))));
  const epsilonOf = (width: number) => epsilon(add(bigFloat(width - n), loss), bigFloat(width));
  const ifClose = (whole: BigFloat, share: () => string) => (compare(outputEntropy, whole) === 0 ? share() : null);

  const hPrimeBits = hPrime === null ? null : longDoubleOf(hPrime);
  const designBound = hPrime === null ? null : truncate(multiply(longDoubleOf(0.999), bigFloat(nOut)));
  const measuredBound = hPrimeBits === null ? null : truncate(multiply(hPrimeBits, bigFloat(nOut)));
  const bounds = [outputEntropy, designBound, measuredBound].filter((bound) => bound !== null);
  return {
    hIn: text(hIn),
    hPrime: textOrNull(hPrimeBits),
    outputEntropy: text(outputEntropy),
    designBound: textOrNull(designBound),
    measuredBound: textOrNull(measuredBound),
    hOut: text(bounds.reduce((least, bound) => (compare(bound, least) < 0 ? bound : least))),
    epsilon: epsilonOf(nOut),
    closeTo: {
      nOut: ifClose(bigFloat(nOut), () => epsilonOf(nOut)),
      hIn: ifClose(hIn, () => epsilon(belowHIn ?? subtract(hIn, exact), hIn)),
      nw: ifClose(bigFloat(nw), () => epsilonOf(nw)),
    },
  };
}

interface OutputLoss {
  /** n minus Output_Entropy, bits. */
  readonly loss: BigFloat;
  /** h_in minus Output_Entropy with its own digits, where psi decides; null where omega does. */
  readonly belowHIn: BigFloat | null;
}

/** 3.1.5.1.2, relative to 2^-n: log2(2^n psi) and log2(2^n omega). */
function outputLoss(hIn: BigFloat, n: number, nIn: number): OutputLoss {
  const pHigh = powerOfTwo(negate(hIn));
  const inputs = subtract(ONE, bigFloat(1, -nIn));
  const share = divide(subtract(ONE, pHigh), inputs);
  const shareLessOne = divide(subtract(bigFloat(1, -nIn), pHigh), inputs);
  const psi = log2OnePlus(add(shareLessOne, powerOfTwo(subtract(bigFloat(n), hIn))));
  const spread = squareRoot(multiply(multiply(bigFloat(2 * n), LOG_2), bigFloat(1, n - nIn)));
  const omega = add(log2OnePlus(spread), log2OnePlus(shareLessOne));
  if (compare(psi, omega) >= 0)
    return { loss: psi, belowHIn: log2OnePlus(multiply(powerOfTwo(subtract(hIn, bigFloat(n))), share)) };
  // omega exceeds 1 for the narrowest components; a probability does not
  const widest = bigFloat(n);
  return { loss: compare(omega, widest) > 0 ? widest : omega, belowHIn: null };
}

const truncate = (value: BigFloat) => toLongDouble(value, "towards-zero");
const text = (value: BigFloat) => generalTruncated(value, DIGITS);
const textOrNull = (value: BigFloat | null) => (value === null ? null : text(value));
