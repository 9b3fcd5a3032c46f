import type { ConditionedDataset, ConditioningParameters } from "../model/conditioning";
import { calculateConditioning, refusedParameters } from "../operations/calculate-conditioning";
import { DECIDED_BY, fullEntropy } from "../report/conditioning-text";
import type {
  CalculatorField,
  CalculatorInput,
  CalculatorIntent,
  CalculatorView,
  Component,
  OutputAssessment,
  Problem,
} from "./calculator-protocol";
import { field } from "./field";

const FIELDS: readonly CalculatorField[] = ["nIn", "nOut", "nw", "hIn", "hPrime"];
const COMPONENTS: readonly Component[] = ["vetted", "h-prime-given", "h-prime-assessed"];
/** No number that means something here is longer. */
const LONGEST = 40;

/** What a new calculator holds. */
export const NOTHING_ENTERED: CalculatorInput = {
  component: "vetted",
  texts: { nIn: "", nOut: "", nw: "", hIn: "", hPrime: "" },
};

/** What the calculator keeps. */
export interface CalculatorState {
  readonly input: CalculatorInput;
  readonly conditioned: ConditionedDataset | null;
  readonly assessment: OutputAssessment;
}

/** What the calculator shows: the answer, or all that keeps it from one. */
export function calculatorView({ input, conditioned, assessment }: CalculatorState): CalculatorView {
  const { component, texts } = input;
  const assessed = component === "h-prime-assessed" ? conditioned : null;
  const typed = FIELDS.filter((name) => name !== "hPrime" || component === "h-prime-given");
  const numbers = new Map(typed.map((name) => [name, parseNumber(texts[name])]));
  const problems: Partial<Record<CalculatorField, Problem>> = {};
  const missing = typed.filter((name) => texts[name].trim() === "");
  if (component === "h-prime-assessed" && assessed === null) missing.push("hPrime");
  for (const [name, number] of numbers)
    if (number === null && !missing.includes(name)) problems[name] = notANumber(texts[name].trim());

  const valueOf = (name: CalculatorField): number => numbers.get(name) ?? NaN;
  const parameters: ConditioningParameters = {
    nIn: valueOf("nIn"),
    nOut: valueOf("nOut"),
    nw: valueOf("nw"),
    hIn: valueOf("hIn"),
    hPrime: component === "vetted" ? null : (assessed?.hPrime ?? valueOf("hPrime")),
  };
  for (const { parameter, error } of refusedParameters(parameters))
    if (!missing.includes(parameter)) problems[parameter] ??= { message: error.message, remedy: error.remedy };
  const complete = missing.length === 0 && Object.keys(problems).length === 0;
  return {
    input,
    problems,
    missing,
    answer: complete ? answerOf(parameters, assessed) : null,
    conditioned,
    assessment,
  };
}

function answerOf(parameters: ConditioningParameters, assessed: ConditionedDataset | null): CalculatorView["answer"] {
  const report = calculateConditioning(parameters, assessed);
  const { conditioning } = report;
  return { report, decidedBy: DECIDED_BY[conditioning.decidedBy], fullEntropy: fullEntropy(conditioning) };
}

/** A number as people type it: digits, a point, an exponent; null for anything else. */
export function parseNumber(text: string): number | null {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : null;
}

function notANumber(text: string): Problem {
  return {
    message: `${JSON.stringify(text)} is not a number.`,
    remedy: /^[\d.,' ]+$/.test(text)
      ? "Type the digits alone, with a point before the decimals: 65536 or 0.7."
      : "Type a number such as 512 or 0.7.",
  };
}

/** An intent, if the message is one: what a webview says is data, whatever wrote it. */
export function parseCalculatorIntent(message: unknown): CalculatorIntent | null {
  const type = field(message, "type");
  switch (type) {
    case "ready":
    case "assess-output":
    case "cancel-assessment":
    case "copy-answer":
    case "save-answer":
      return { type };
    case "enter": {
      const input = parseCalculatorInput(field(message, "input"));
      return input === null ? null : { type, input };
    }
    default:
      return null;
  }
}

/** What was entered, by a webview or before a reload; null when it is not that. */
export function parseCalculatorInput(value: unknown): CalculatorInput | null {
  const component = COMPONENTS.find((it) => it === field(value, "component"));
  const text = (name: CalculatorField): string | null => {
    const typed = field(field(value, "texts"), name);
    return typeof typed === "string" ? typed.slice(0, LONGEST) : null;
  };
  const [nIn, nOut, nw, hIn, hPrime] = FIELDS.map(text);
  if (component === undefined || nIn === null || nOut === null || nw === null || hIn === null || hPrime === null)
    return null;
  return { component, texts: { nIn, nOut, nw, hIn, hPrime } };
}

/** Whether a window before this one kept this as the file that it assessed. */
export function isConditionedDataset(value: unknown): value is ConditionedDataset {
  return (
    typeof field(value, "file") === "string" &&
    typeof field(value, "sha256") === "string" &&
    typeof field(value, "bits") === "number" &&
    typeof field(value, "hPrime") === "number" &&
    Array.isArray(field(value, "estimates"))
  );
}
