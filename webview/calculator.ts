import type { CalculatorView } from "../src/vscode/calculator-protocol";
import "./calculator.css";
import { answer } from "./calculator/answer";
import { form } from "./calculator/form";
import { h, replaceContent } from "./dom";
import { listen, post, toCalculator } from "./messages";

/* The conditioning calculator: tells the host what is typed, and shows what the host makes of it. */

/** So long nobody types before the answer is read out. */
const PAUSE_MS = 800;

const parameters = form((input) => post({ type: "enter", input }));
const result = h("section", { class: "answer", "aria-label": "Answer" });
const said = h("p", { class: "said muted", role: "status" });
const announcement = h("p", { class: "hidden", role: "status" });
document.body.append(
  h(
    "main",
    { class: "calculator" },
    h(
      "header",
      {},
      h("h1", {}, "Conditioning calculator"),
      h(
        "p",
        { class: "muted" },
        "How much entropy a conditioning component's output holds, by NIST SP 800-90B 3.1.5, and whether it may be called full.",
      ),
    ),
    h("div", { class: "columns" }, parameters.element, h("div", { class: "results" }, result, said)),
  ),
  announcement,
);

let filled = false;
let pause: number | undefined;

function show(view: CalculatorView): void {
  if (!filled) parameters.fill(view.input);
  filled = true;
  parameters.update(view);
  const { content, spoken } = answer(view);
  replaceContent(result, content);
  said.replaceChildren();
  window.clearTimeout(pause);
  pause = window.setTimeout(() => (announcement.textContent = spoken), PAUSE_MS);
}

listen(toCalculator, (message) => {
  if (message.type === "show") show(message.view);
  else said.textContent = message.text;
});
post({ type: "ready" });
