import { RULES } from "../compliance/rules";
import type { RuleId } from "../model";

export function isRuleId(value: unknown): value is RuleId {
  return typeof value === "string" && Object.hasOwn(RULES, value);
}
