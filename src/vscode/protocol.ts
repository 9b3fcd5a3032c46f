import type { EstimatorId, Observation, Report, RuleId, Scope } from "../model";
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
  /** Of a machine, when it was asked for its inventory. */
  readonly inventory: InventoryView | null;
}

/** What randomness a machine was found to have, fact by fact, in words. */
export interface InventoryView {
  readonly name: string;
  readonly address: string;
  /** ISO 8601 UTC. */
  readonly takenAt: string;
  readonly rows: readonly { readonly label: string; readonly observation: Observation<string> }[];
}

/** What the side panel's inspector shows of the item that is selected in the tree. */
export type InspectorView =
  | { readonly type: "nothing-selected" }
  | {
      readonly type: "not-run";
      readonly item: string;
      readonly title: string;
      readonly detail: string;
      readonly inventory: InventoryView | null;
    }
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

/** What the report panel shows; a machine that was not checked has its inventory alone. */
export type PanelView =
  { readonly type: "report"; readonly view: ReportView } | { readonly type: "inventory"; readonly view: InventoryView };

/** A part of the report panel that it may be opened at. */
export type PanelPart = "inventory";

/** Host to the report panel. */
export type ToReportPanel = {
  readonly type: "show";
  readonly item: string;
  readonly panel: PanelView;
  /** Where it is to be read; null: where the reader was. */
  readonly at: PanelPart | null;
};

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
