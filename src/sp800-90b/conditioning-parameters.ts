import type { UserError } from "../errors";
import type { ConditioningParameters } from "../model/conditioning";
import { parameterRange } from "./errors";

const MAX_WIDTH = 2 ** 32 - 1;

/** A parameter that cannot be, and why. */
export interface ConditioningParameterError {
  readonly parameter: keyof ConditioningParameters;
  readonly error: UserError;
}

/** Every parameter of 3.1.5.1.2 and 3.1.5.2 that is no number or out of its range, in the order of the clauses. */
export function conditioningParameterErrors({
  nIn,
  nOut,
  nw,
  hIn,
  hPrime,
}: ConditioningParameters): readonly ConditioningParameterError[] {
  const errors: ConditioningParameterError[] = [];
  const widths = [
    ["nIn", "n_in", nIn, "Give the number of bits that go into the conditioning function."],
    ["nOut", "n_out", nOut, "Give the number of bits that come out of the conditioning function."],
    [
      "nw",
      "nw",
      nw,
      "Give the narrowest internal width of the conditioning function in bits; for a hash, its output width.",
    ],
  ] as const;
  for (const [parameter, name, value, remedy] of widths)
    if (!isWidth(value))
      errors.push({ parameter, error: parameterRange(name, value, `a whole number from 1 to ${MAX_WIDTH}`, remedy) });
  // of a width that is none, nothing can be said to exceed it
  const most = isWidth(nIn) ? nIn : Infinity;
  if (!(hIn > 0 && hIn <= most))
    errors.push({
      parameter: "hIn",
      error: parameterRange(
        "h_in",
        hIn,
        isWidth(nIn) ? `greater than 0 and at most n_in = ${nIn}` : "greater than 0 and at most n_in",
        "Give the bits of entropy in the whole input: the entropy per sample times the samples that make up n_in bits.",
      ),
    });
  if (hPrime !== null && !(hPrime > 0 && hPrime <= 1))
    errors.push({
      parameter: "hPrime",
      error: parameterRange(
        "h'",
        hPrime,
        "greater than 0 and at most 1",
        "Give the bits of entropy per bit of the conditioned output, as assessed of at least 1,000,000 bits of it (3.1.5.2).",
      ),
    });
  return errors;
}

function isWidth(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_WIDTH;
}
