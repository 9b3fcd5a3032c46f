import type { EstimatorId } from "../model";
import { ESTIMATOR_TEXTS } from "../report/explain-texts";
import { field } from "./field";
import { isRuleId } from "./rule-ids";
import type { Intent } from "./protocol";

const NAMES = ["type", "item", "rule", "subject", "estimator", "scope", "run"];

/** An intent, if the message is one: what a webview says is data, whatever wrote it. */
export function parseIntent(message: unknown): Intent | null {
  const [type, item, rule, subject, estimator, scope, run] = NAMES.map((name) => field(message, name));
  switch (type) {
    case "ready":
      return { type };
    case "run":
    case "run-missing":
    case "open-report":
    case "open-source":
    case "save-json":
      return typeof item === "string" ? { type, item } : null;
    case "open-run":
      return typeof item === "string" && typeof run === "number" ? { type, item, run } : null;
    case "open-rule":
      return isRuleId(rule) ? { type, rule } : null;
    case "explain":
      return typeof item === "string" && isEstimatorId(estimator) && (scope === "literal" || scope === "bitstring")
        ? { type, item, estimator, scope }
        : null;
    case "reveal-subject":
      return typeof item === "string" && typeof subject === "string" ? { type, item, subject } : null;
    default:
      return null;
  }
}

/** The item that a report panel showed before a reload: the webview keeps it as its state. */
export function itemOfPanelState(state: unknown): string | null {
  const item = field(state, "item");
  return typeof item === "string" ? item : null;
}

function isEstimatorId(value: unknown): value is EstimatorId {
  return typeof value === "string" && Object.hasOwn(ESTIMATOR_TEXTS, value);
}
