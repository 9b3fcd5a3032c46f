import type { ConditionedDataset, ConditioningParameters, ConditioningReport } from "../model/conditioning";

/**
 * What the extension host and the conditioning calculator say to each other. The host keeps what was entered and does
 * the sums; the webview shows both.
 */

/** What can be typed: a parameter of 3.1.5.1.2, or h' of 3.1.5.2. */
export type CalculatorField = keyof ConditioningParameters;

/** Whether the component is vetted, else where h' is from: typed, or assessed of a file of the component's output. */
export type Component = "vetted" | "h-prime-given" | "h-prime-assessed";

/** What was entered, as it was typed. */
export interface CalculatorInput {
  readonly component: Component;
  readonly texts: Readonly<Record<CalculatorField, string>>;
}

/** What is wrong, and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly remedy: string;
}

/** How the assessment of a file of output stands. */
export type OutputAssessment =
  | { readonly type: "idle" }
  | { readonly type: "running"; readonly file: string; readonly message: string; readonly fraction: number | null }
  | { readonly type: "failed"; readonly file: string; readonly problem: Problem };

/** What the calculator shows. */
export interface CalculatorView {
  readonly input: CalculatorInput;
  /** Of what was typed and cannot be. */
  readonly problems: Readonly<Partial<Record<CalculatorField, Problem>>>;
  /** What is needed and was not entered yet. */
  readonly missing: readonly CalculatorField[];
  /** null as long as something is wrong or missing; its words are those of the headless calculator. */
  readonly answer: {
    readonly report: ConditioningReport;
    readonly decidedBy: string;
    readonly fullEntropy: string;
  } | null;
  /** The file of output that was assessed last. */
  readonly conditioned: ConditionedDataset | null;
  readonly assessment: OutputAssessment;
}

/** Host to the calculator. */
export type ToCalculator =
  | { readonly type: "show"; readonly view: CalculatorView }
  /** Something was done that shows nowhere else. */
  | { readonly type: "said"; readonly text: string };

/** What the user does in the calculator. */
export type CalculatorIntent =
  | { readonly type: "ready" }
  | { readonly type: "enter"; readonly input: CalculatorInput }
  | { readonly type: "assess-output" }
  | { readonly type: "cancel-assessment" }
  | { readonly type: "copy-answer" }
  | { readonly type: "save-answer" };
