import type { ConditionedDataset, ConditioningParameters, ConditioningReport } from "../model/conditioning";
import { header } from "../report/build";
import { conditionedEntropy } from "../sp800-90b/conditioning";
import { conditioningDigits } from "../sp800-90b/conditioning-digits";
import { conditioningParameterErrors, type ConditioningParameterError } from "../sp800-90b/conditioning-parameters";

/**
 * The entropy of a conditioning component's output (3.1.5). A few milliseconds, however wide the component.
 * @param conditioned where h' is from; null when it was given, or the component is vetted
 * @throws UserError if a parameter is no number or out of its range
 */
export function calculateConditioning(
  parameters: ConditioningParameters,
  conditioned: ConditionedDataset | null,
): ConditioningReport {
  const conditioning = conditionedEntropy(parameters);
  const { epsilon } = conditioningDigits(parameters);
  return { ...header("conditioning"), conditioned, conditioning, epsilon };
}

/** Every parameter that `calculateConditioning` would refuse. */
export function refusedParameters(parameters: ConditioningParameters): readonly ConditioningParameterError[] {
  return conditioningParameterErrors(parameters);
}
