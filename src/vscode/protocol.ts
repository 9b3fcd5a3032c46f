import type { EstimatorId, Report, RuleId, Scope } from "../model";
import type { RunningEstimates } from "../model/collection";
import type { IidProgress } from "../model/iid";

/**
 * What the extension host and the webviews say to each other. Types only: this file is all that `webview/` may import
 * from `src/`, besides `model.ts`. Towards the webview flow immutable views; back flow intents and nothing else.
 */

/** What a webview needs of a rule to show it; the whole text stays in the host. */
export interface RuleSummary {
  readonly title: string;
  readonly clause: string;
}

/** A report, with the texts a webview cannot look up itself. */
export interface ReportView {
  readonly report: Report;
  /** What has to be borne in mind with its figures, and with a comparison of raw and processed data in it. */
  readonly caveats: { readonly comparison: string | null; readonly figures: readonly string[] };
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleSummary>>;
}

/** What the side panel's inspector shows of the item that is selected in the tree. */
export type InspectorView =
  | { readonly type: "nothing-selected" }
  | { readonly type: "not-run"; readonly item: string; readonly title: string; readonly detail: string }
  | {
      readonly type: "running";
      readonly item: string;
      readonly title: string;
      readonly message: string;
      readonly fraction: number | null;
      readonly permutations: IidProgress | null;
      readonly estimates: RunningEstimates | null;
    }
  | {
      readonly type: "failed";
      readonly item: string;
      readonly title: string;
      readonly message: string;
      readonly remedy: string;
    }
  | { readonly type: "report"; readonly item: string; readonly title: string; readonly view: ReportView };

/** Host to the report panel. */
export type ToReportPanel = { readonly type: "show"; readonly item: string; readonly view: ReportView };

/** Host to the inspector. */
export type ToInspector = { readonly type: "show"; readonly view: InspectorView };

/** An intent: what the user asked for, and of which item. `subject` is a finding's subject id, `run` the number of a boot. */
export type Intent =
  | { readonly type: "ready" }
  | { readonly type: "run"; readonly item: string }
  | { readonly type: "open-report"; readonly item: string }
  | { readonly type: "open-source"; readonly item: string }
  | { readonly type: "run-missing"; readonly item: string }
  | { readonly type: "open-run"; readonly item: string; readonly run: number }
  | { readonly type: "open-rule"; readonly rule: RuleId }
  | { readonly type: "explain"; readonly item: string; readonly estimator: EstimatorId; readonly scope: Scope }
  | { readonly type: "reveal-subject"; readonly item: string; readonly subject: string }
  | { readonly type: "save-json"; readonly item: string };
