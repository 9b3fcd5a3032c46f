import type { CalculatorField, CalculatorInput, CalculatorView, Component } from "../../src/vscode/calculator-protocol";
import { h, type Child } from "../dom";
import { foreign } from "../finding";
import { entropy, fileName, LIMITS, printable } from "../format";
import { icon } from "../icons";
import { post } from "../messages";
import { symbol } from "../symbol";
import { button } from "../toolkit";
import { numberField, problemContent } from "./field";

/** The form: what goes into the calculation. */
export interface Form {
  readonly element: HTMLElement;
  /** Takes over what was entered before; only once, for what is typed meanwhile is newer. */
  fill(input: CalculatorInput): void;
  /** Shows what is wrong with what was entered, and how the assessment stands. */
  update(view: CalculatorView): void;
}

const COMPONENTS: readonly { readonly id: Component; readonly label: string; readonly meaning: string }[] = [
  { id: "vetted", label: "Vetted", meaning: "One of those that 3.1.5.1.1 lists, validated as such." },
  { id: "h-prime-given", label: "Not vetted, h′ is known", meaning: "Its output was assessed before." },
  { id: "h-prime-assessed", label: "Not vetted, h′ of a file", meaning: "Its output is assessed here." },
];

const FIELDS = ["nIn", "nOut", "nw", "hIn", "hPrime"] as const satisfies readonly CalculatorField[];

const label = (name: string, sign: string): readonly Child[] => [`${name} `, symbol(sign)];

/** @param onEnter takes what stands in the form, at every change */
export function form(onEnter: (input: CalculatorInput) => void): Form {
  const enter = () => {
    showParts();
    onEnter(input());
  };
  const fields: Readonly<Record<CalculatorField, ReturnType<typeof numberField>>> = {
    nIn: numberField("n-in", label("Bits in", "n_in"), "bits", "What one run of the component takes in.", enter),
    nOut: numberField("n-out", label("Bits out", "n_out"), "bits", "What one run gives out.", enter),
    nw: numberField(
      "nw",
      label("Narrowest internal width", "nw"),
      "bits",
      "The least that all of the input passes through; for a hash, its output width.",
      enter,
    ),
    hIn: numberField(
      "h-in",
      label("Entropy in", "h_in"),
      "bits",
      "The assessed entropy per sample, times the samples that make up the bits in.",
      enter,
    ),
    hPrime: numberField(
      "h-prime",
      label("Assessed entropy of the output", "h′"),
      "bits per bit",
      "As assessed of at least 1,000,000 bits of output (3.1.5.2).",
      enter,
    ),
  };
  const radios = COMPONENTS.map(({ id, label: text, meaning }) => {
    const input = h("input", { type: "radio", name: "component", id, value: id, "aria-describedby": `${id}-meaning` });
    input.addEventListener("change", enter);
    return {
      id,
      input,
      element: h(
        "div",
        { class: "choice" },
        input,
        h("label", { for: id }, text),
        h("p", { id: `${id}-meaning`, class: "meaning" }, meaning),
      ),
    };
  });
  const output = outputPart();
  const component = (): Component => radios.find((radio) => radio.input.checked)?.id ?? "vetted";
  const input = (): CalculatorInput => ({
    component: component(),
    texts: {
      nIn: fields.nIn.text(),
      nOut: fields.nOut.text(),
      nw: fields.nw.text(),
      hIn: fields.hIn.text(),
      hPrime: fields.hPrime.text(),
    },
  });
  const showParts = () => {
    fields.hPrime.element.hidden = component() !== "h-prime-given";
    output.element.hidden = component() !== "h-prime-assessed";
  };
  const element = h(
    "form",
    { class: "parameters", "aria-label": "Parameters" },
    fields.nIn.element,
    fields.nOut.element,
    fields.nw.element,
    fields.hIn.element,
    h("fieldset", {}, h("legend", {}, "Component"), ...radios.map((radio) => radio.element)),
    fields.hPrime.element,
    output.element,
  );
  element.addEventListener("submit", (event) => event.preventDefault());
  const check = (chosen: Component) => {
    for (const radio of radios) radio.input.checked = radio.id === chosen;
    showParts();
  };
  return {
    element,
    fill: ({ component: chosen, texts }) => {
      for (const name of FIELDS) fields[name].setText(texts[name]);
      check(chosen);
    },
    update: (view) => {
      for (const name of FIELDS) fields[name].setProblem(view.problems[name] ?? null);
      output.update(view);
    },
  };
}

/** The file of output: which it was, and the way to another one. */
function outputPart(): { readonly element: HTMLElement; update(view: CalculatorView): void } {
  const said = h("div", { class: "assessed-output" });
  const bar = h("progress", { max: 100, "aria-label": "Progress" });
  const progress = h("div", { class: "progress", hidden: true }, bar);
  const problem = h("p", { class: "problem", role: "alert" });
  const assess = button("assess-output", "Assess a File of Its Output...", "secondary", icon("open"), () =>
    post({ type: "assess-output" }),
  );
  const cancel = button("cancel-assessment", "Cancel", "secondary", icon("error"), () =>
    post({ type: "cancel-assessment" }),
  );
  const element = h("div", { class: "field", role: "group", "aria-label": "File of output" });
  element.append(said, progress, problem, h("div", { class: "actions" }, assess, cancel));
  const update = ({ assessment, conditioned, problems }: CalculatorView) => {
    const running = assessment.type === "running";
    progress.hidden = cancel.hidden = !running;
    assess.hidden = running;
    if (running) bar.value = Math.round((assessment.fraction ?? 0) * 100);
    said.replaceChildren(
      running
        ? h("p", {}, "Assessing ", foreign(assessment.file), `: ${printable(assessment.message, LIMITS.value)}`)
        : conditioned === null
          ? h("p", { class: "meaning" }, "One symbol per byte, at least 1,000,000 bits (3.1.5.2).")
          : h(
              "p",
              {},
              symbol("h′"),
              ` = ${entropy(conditioned.hPrime)} bits per bit, of `,
              foreign(fileName(conditioned.file)),
            ),
    );
    const wrong = assessment.type === "failed" ? assessment.problem : problems.hPrime;
    problem.replaceChildren(...(wrong === undefined || running ? [] : problemContent(wrong)));
  };
  return { element, update };
}
