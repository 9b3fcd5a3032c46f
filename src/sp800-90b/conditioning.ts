import type { ConditioningParameters, ConditioningResult } from "../model/conditioning";
import { conditioningParameterErrors } from "./conditioning-parameters";

/** 3.1.5.2: a component that is not vetted is never credited with more of its output width. */
const DESIGN_SHARE = 0.999;
/** FIPS 140-3 IG D.K, resolution 19: bits that must go in beyond those that come out. */
const FULL_ENTROPY_MARGIN = 64;

/**
 * The entropy of a conditioning component's output (3.1.5).
 *
 * The standard's P_low, psi and omega are as small as 2^-n_in, and full entropy is missed by as little as 2^-n_in: neither
 * survives in doubles. So everything is kept as a base-2 logarithm, and the sums are taken by log1p and expm1 relative to
 * 2^-n; the NIST tool reaches the same digits by multiple precision.
 * @throws UserError if a parameter is no number or out of its range
 */
export function conditionedEntropy(parameters: ConditioningParameters): ConditioningResult {
  const wrong = conditioningParameterErrors(parameters).at(0);
  if (wrong !== undefined) throw wrong.error;
  const { nIn, nOut, nw, hIn, hPrime } = parameters;
  // Appendix E: no more width inside than comes in
  const n = Math.min(nOut, nw, nIn);
  const fromPsi = psiEntropy(hIn, n, nIn);
  // 2^(n_in - n) is common to the terms of U
  const log2Spread = Math.log1p(Math.sqrt(2 * n * Math.LN2) * 2 ** ((n - nIn) / 2)) / Math.LN2;
  const log2Share = log2OneMinusExp2(hIn) - log2OneMinusExp2(nIn);
  const omegaLoss = log2Spread + log2Share;
  // omega exceeds 1 for the narrowest components; a probability does not
  const fromOmega = { entropy: Math.max(0, n - omegaLoss), loss: Math.min(n, omegaLoss) };
  const least = fromOmega.loss > fromPsi.loss ? fromOmega : fromPsi;

  const designBound = hPrime === null ? null : DESIGN_SHARE * nOut;
  const measuredBound = hPrime === null ? null : hPrime * nOut;
  const hOut = Math.min(least.entropy, designBound ?? Infinity, measuredBound ?? Infinity);
  return {
    ...parameters,
    n,
    log2PHigh: -hIn,
    log2PLow: log2Share - nIn,
    log2Psi: -fromPsi.entropy,
    log2U: nIn - n + log2Spread,
    log2Omega: omegaLoss - n,
    outputEntropy: least.entropy,
    deficit: nOut - n + least.loss,
    designBound,
    measuredBound,
    hOut,
    decidedBy: hOut === least.entropy ? "output-entropy" : hOut === measuredBound ? "measured-bound" : "design-bound",
    fullEntropy: hPrime === null && least.entropy > DESIGN_SHARE * nOut && hIn >= nOut + FULL_ENTROPY_MARGIN,
  };
}

interface Entropy {
  /** -log2 of a probability, bits. */
  readonly entropy: number;
  /** n minus that, where it is small with digits of its own. */
  readonly loss: number;
}

/** psi = 2^-n A + 2^-h with A = (1 - 2^-h) / (1 - 2^-n_in), taken relative to its largest term. */
function psiEntropy(h: number, n: number, nIn: number): Entropy {
  const inputs = 1 - 2 ** -nIn;
  if (h > n) {
    const loss = Math.log1p(2 ** (n - h) + (2 ** -nIn - 2 ** -h) / inputs) / Math.LN2;
    return { entropy: n - loss, loss };
  }
  const entropy =
    h > 1
      ? h - Math.log1p((2 ** (h - n) * (1 - 2 ** -h)) / inputs) / Math.LN2
      : // rounding in the last place must not add to h
        Math.min(h, -Math.log1p((Math.expm1(-h * Math.LN2) * (inputs - 2 ** -n)) / inputs) / Math.LN2);
  return { entropy, loss: n - entropy };
}

/** log2(1 - 2^-x), x > 0. */
function log2OneMinusExp2(x: number): number {
  return (x < 1 ? Math.log(-Math.expm1(-x * Math.LN2)) : Math.log1p(-(2 ** -x))) / Math.LN2;
}
