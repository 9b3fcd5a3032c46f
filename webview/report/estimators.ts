import type { Estimate, EstimatorId, SamplesReport } from "../../src/model";

/** What an estimator is called, and the clause of SP 800-90B that defines it. */
export const ESTIMATORS: Readonly<Record<EstimatorId, { readonly name: string; readonly clause: string }>> = {
  "most-common-value": { name: "Most common value", clause: "6.3.1" },
  collision: { name: "Collision", clause: "6.3.2" },
  markov: { name: "Markov", clause: "6.3.3" },
  compression: { name: "Compression", clause: "6.3.4" },
  "t-tuple": { name: "t-tuple", clause: "6.3.5" },
  lrs: { name: "LRS", clause: "6.3.6" },
  "multi-mcw": { name: "MultiMCW", clause: "6.3.7" },
  lag: { name: "Lag", clause: "6.3.8" },
  "multi-mmc": { name: "MultiMMC", clause: "6.3.9" },
  lz78y: { name: "LZ78Y", clause: "6.3.10" },
};

/** An intermediate value of an estimate, by the standard's name. */
export interface Intermediate {
  readonly symbol: string;
  readonly meaning: string;
  /** A figure, or the words that stand in its place. */
  readonly value: number | string;
}

const NONE = "not computed";

/** The intermediate values of an estimate, in the order of its clause. */
export function intermediates(estimate: Estimate): readonly Intermediate[] {
  const rows: Intermediate[] = [];
  const add = (symbol: string, meaning: string, value: number | string | null) =>
    rows.push({ symbol, meaning, value: value ?? NONE });
  switch (estimate.estimator) {
    case "most-common-value":
      add("mode count", "times that the most common value occurs", estimate.modeCount);
      add("p̂", "its proportion", estimate.pHat);
      add("p_u", "upper bound of its probability", estimate.pU);
      break;
    case "collision":
      add("v", "collisions", estimate.v);
      add("Σ t_i", "samples that they took", estimate.sumT);
      addMean(estimate);
      break;
    case "markov":
      add("P_0", "probability of 0", estimate.p0);
      add("P_1", "probability of 1", estimate.p1);
      add("P_0,0", "probability of 0 after 0", estimate.p00);
      add("P_0,1", "probability of 1 after 0", estimate.p01);
      add("P_1,0", "probability of 0 after 1", estimate.p10);
      add("P_1,1", "probability of 1 after 1", estimate.p11);
      add("p̂_max", "probability of the likeliest sequence of 128 bits", estimate.pHatMax);
      break;
    case "compression":
      addMean(estimate);
      break;
    case "t-tuple":
      add("t", "longest tuple that occurs at least 35 times", estimate.t);
      add("p̂_max", "greatest probability of a tuple, per symbol", estimate.pHatMax);
      add("p_u", "its upper bound", estimate.pU);
      break;
    case "lrs":
      add("u", "shortest tuple that occurs fewer than 35 times", estimate.u);
      add("v", "longest repeated substring", estimate.v);
      add("p̂", "greatest probability of a collision, per symbol", estimate.pHat);
      add("p_u", "its upper bound", estimate.pU);
      break;
    case "multi-mcw":
    case "lag":
    case "multi-mmc":
    case "lz78y":
      add("N", "predictions", estimate.N);
      add("C", "of them correct", estimate.C);
      add("r", "longest run of correct predictions plus one", estimate.r);
      add("P_global", "proportion of correct predictions", estimate.pGlobal);
      add("P′_global", "its upper bound", estimate.pGlobalPrime);
      add("P_local", "bound from the longest run", estimate.pLocal ?? "not needed: it cannot exceed the bound above");
      break;
  }
  return rows;

  function addMean(e: Extract<Estimate, { estimator: "collision" | "compression" }>): void {
    add("X̄", "mean", e.xBar);
    add("σ̂", "standard deviation", e.sigmaHat);
    add("X̄′", "lower bound of the mean", e.xBarPrime);
    add("p", e.foundP ? "probability that solves the equation" : "lower bound: the equation has no solution", e.p);
  }
}

/** An estimate in bits per symbol of the samples, whatever its scope; null when it was not computed. */
export function perSymbol(estimate: Estimate, bits: number): number | null {
  if (estimate.minEntropy === null) return null;
  return estimate.scope === "bitstring" ? estimate.minEntropy * bits : estimate.minEntropy;
}

/** The estimate that the assessed minimum comes from (3.1.3); null when there is none, or the symbol's width bounds it. */
export function deciding(report: SamplesReport): Estimate | null {
  const { minEntropy, input, estimates } = report;
  return estimates.find((e) => minEntropy !== null && perSymbol(e, input.bits) === minEntropy) ?? null;
}

/** What ideal data of the same size score, in bits per symbol of the samples; null where the estimator has no value. */
export function ceilingPerSymbol({ ceiling, scope }: Estimate, bits: number): number | null {
  return ceiling !== null && scope === "bitstring" ? ceiling * bits : ceiling;
}
