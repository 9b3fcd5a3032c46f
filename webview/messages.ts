import type { CalculatorIntent, ToCalculator } from "../src/vscode/calculator-protocol";
import type { InspectorView, Intent, PanelView, ReportView, ToInspector, ToReportPanel } from "../src/vscode/protocol";

interface VsCodeApi {
  postMessage(message: Intent | CalculatorIntent): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Tells the host what the user asks for. */
export function post(intent: Intent | CalculatorIntent): void {
  api.postMessage(intent);
}

/** Hands every message that `parse` knows to `show`; others are not for us. */
export function listen<M>(parse: (data: unknown) => M | null, show: (message: M) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = parse(event.data);
    if (message !== null) show(message);
  });
}

/** What the webview kept before it was last hidden or reloaded. */
export function readState(): unknown {
  return api.getState();
}

export function writeState(state: unknown): void {
  api.setState(state);
}

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isReportView(value: unknown): value is ReportView {
  return (
    isFields(value) &&
    isFields(value.rules) &&
    isFields(value.caveats) &&
    isFields(value.report) &&
    value.report.schemaVersion === 1
  );
}

function isPanelView(value: unknown): value is PanelView {
  if (!isFields(value)) return false;
  return value.type === "report" ? isReportView(value.view) : value.type === "inventory" && isFields(value.view);
}

function isInspectorView(value: unknown): value is InspectorView {
  if (!isFields(value)) return false;
  switch (value.type) {
    case "nothing-selected":
      return true;
    case "not-run":
    case "running":
    case "failed":
      return typeof value.item === "string";
    case "report":
      return typeof value.item === "string" && isReportView(value.view);
    default:
      return false;
  }
}

function isToReportPanel(data: unknown): data is ToReportPanel {
  return isFields(data) && data.type === "show" && typeof data.item === "string" && isPanelView(data.panel);
}

function isToInspector(data: unknown): data is ToInspector {
  return isFields(data) && data.type === "show" && isInspectorView(data.view);
}

function isToCalculator(data: unknown): data is ToCalculator {
  if (!isFields(data)) return false;
  return data.type === "said" ? typeof data.text === "string" : data.type === "show" && isFields(data.view);
}

/** A message to the report panel; null for anything else. The host built it, so its report is not checked again. */
export function toReportPanel(data: unknown): ToReportPanel | null {
  return isToReportPanel(data) ? data : null;
}

/** A message to the inspector; null for anything else. */
export function toInspector(data: unknown): ToInspector | null {
  return isToInspector(data) ? data : null;
}

/** A message to the conditioning calculator; null for anything else. */
export function toCalculator(data: unknown): ToCalculator | null {
  return isToCalculator(data) ? data : null;
}
