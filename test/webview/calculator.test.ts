import assert from "node:assert/strict";
import type { ConditionedDataset } from "../../src/model/conditioning";
import { calculatorView, NOTHING_ENTERED, type CalculatorState } from "../../src/vscode/calculator-model";
import type { CalculatorInput, Component } from "../../src/vscode/calculator-protocol";
import { useWebviews, type Webview } from "./harness";
import { THEMES, type ThemeName } from "./themes";

const TEXTS = { nIn: "512", nOut: "256", nw: "256", hIn: "300", hPrime: "0.7" };

function entered(component: Component, texts: Partial<CalculatorInput["texts"]> = {}): CalculatorState {
  return {
    input: { component, texts: { ...TEXTS, ...texts } },
    conditioned: null,
    assessment: { type: "idle" },
  };
}

const CONDITIONED: ConditionedDataset = {
  file: "/lab/<b>output\u202egnp.bin",
  sha256: "0".repeat(64),
  bits: 8,
  hPrime: 0.75,
  estimates: [],
};

const STATES = {
  "nothing entered": { ...entered("vetted"), input: NOTHING_ENTERED },
  "an answer": entered("h-prime-given"),
  "full entropy": entered("vetted", { hIn: "400" }),
  problems: entered("vetted", { nOut: "0", nw: "1,024", hIn: "600" }),
  "an assessment that runs": {
    ...entered("h-prime-assessed"),
    assessment: { type: "running", file: CONDITIONED.file, message: "Lag prediction (bitstring)", fraction: 0.4 },
  },
  "an assessment that failed": {
    ...entered("h-prime-assessed"),
    assessment: { type: "failed", file: "x", problem: { message: "x holds no samples.", remedy: "Choose another." } },
  },
  "an assessed file": { ...entered("h-prime-assessed"), conditioned: CONDITIONED },
} as const satisfies Readonly<Record<string, CalculatorState>>;

describe("the conditioning calculator", () => {
  const open = useWebviews();

  async function calculate(state: CalculatorState): Promise<Webview> {
    const webview = await open("calculator");
    await webview.send({ type: "show", view: calculatorView(state) });
    return webview;
  }

  const value = (webview: Webview, name: string) =>
    webview.page.getByRole("row").filter({ has: webview.page.getByRole("rowheader", { name, exact: true }) });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is accessible and fits into the ${theme} theme`, async () => {
      for (const [name, state] of Object.entries(STATES)) {
        const webview = await open("calculator", { theme, width: 420 });
        await webview.send({ type: "show", view: calculatorView(state) });
        assert.deepEqual(await webview.accessibilityViolations(theme), [], name);
        assert.equal(await webview.overflow(), 0, name);
      }
    });
  }

  it("says what is still needed before there is an answer", async () => {
    const { page } = await calculate(STATES["nothing entered"]);
    assert.equal(await page.locator(".answer p").innerText(), "Still needed: nin, nout, nw, hin.");
    assert.equal(await page.locator(".problem:visible").count(), 0);
    assert.equal(await page.getByRole("button", { name: "Save as JSON..." }).count(), 0);
  });

  it("tells the host every keystroke, and shows what the host makes of it without touching what is typed", async () => {
    const webview = await calculate(entered("vetted"));
    const { page } = webview;
    await page.getByLabel("Entropy in").fill("40");
    await page.getByLabel("Entropy in").pressSequentially("0");
    const last = (await webview.calculatorIntents()).at(-1);
    assert.deepEqual(last, { type: "enter", input: entered("vetted", { hIn: "400" }).input });
    await webview.send({ type: "show", view: calculatorView(entered("vetted", { hIn: "40" })) });
    assert.equal(await page.getByLabel("Entropy in").inputValue(), "400");
    assert.equal(await webview.focused(), "");
  });

  it("shows every value of the calculation, its digits whole, and what decided", async () => {
    const webview = await calculate(STATES["an answer"]);
    assert.equal(await webview.page.locator(".hero").innerText(), "179.2 of 256 bits");
    assert.match(await value(webview, "Output_Entropy").innerText(), /255\.9999999999999/);
    assert.match(await value(webview, "Phigh").innerText(), /2\s+to the power of\s+−300/);
    assert.match(await value(webview, "0.999 nout").innerText(), /255\.744/);
    assert.match(await webview.page.locator("tr.decides").innerText(), /h′ nout\s*decides\s+179\.2/);
    assert.match(
      await webview.page.locator(".full-entropy").innerText(),
      /Full entropy:\s+no, the component is not vetted/,
    );
  });

  it("says from where on full entropy may be claimed", async () => {
    const less = await calculate(entered("vetted"));
    assert.match(
      await less.page.locator(".full-entropy").innerText(),
      /no, hin is less than nout \+ 64 = 320 by 20 bits/,
    );
    const full = await calculate(STATES["full entropy"]);
    assert.match(await full.page.locator(".full-entropy").innerText(), /yes, if the component's security strength/);
  });

  it("describes each field by its unit, its meaning and its problem", async () => {
    const { page } = await calculate(STATES.problems);
    const field = page.getByLabel("Bits out");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    const described = ((await field.getAttribute("aria-describedby")) ?? "").split(" ");
    const texts = await Promise.all(described.map((id) => page.locator(`#${id}`).innerText()));
    assert.match(
      texts.join(" "),
      /^bits What one run gives out\. nout is 0; it must be a whole number from 1 .* Give the/,
    );
    assert.equal(await page.getByLabel("Bits in").getAttribute("aria-invalid"), "false");
  });

  it("asks for h′ only of a component that is not vetted", async () => {
    const webview = await calculate(entered("vetted"));
    const { page } = webview;
    const hPrime = page.getByLabel("Assessed entropy of the output");
    assert.equal(await hPrime.isVisible(), false);
    await page.getByLabel("Vetted", { exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await hPrime.isVisible(), true);
    assert.deepEqual((await webview.calculatorIntents()).at(-1), {
      type: "enter",
      input: entered("h-prime-given").input,
    });
  });

  it("has a file of output assessed, tells how far that is, and can stop it", async () => {
    const webview = await calculate({ ...entered("h-prime-assessed") });
    const { page } = webview;
    await page.getByRole("button", { name: "Assess a File of Its Output..." }).click();
    await webview.send({ type: "show", view: calculatorView(STATES["an assessment that runs"]) });
    assert.equal(await page.getByRole("progressbar").getAttribute("value"), "40");
    await page.getByRole("button", { name: "Cancel" }).click();
    assert.deepEqual((await webview.calculatorIntents()).slice(1), [
      { type: "assess-output" },
      { type: "cancel-assessment" },
    ]);
    await webview.send({ type: "show", view: calculatorView(STATES["an assessed file"]) });
    assert.match(
      await page.locator(".assessed-output").innerText(),
      /h′ = 0\.750 bits per bit, of <b>output<U\+202E>gnp\.bin/,
    );
    assert.equal(await page.locator(".hero").innerText(), "192 of 256 bits");
  });

  it("has the answer saved and copied, and says so", async () => {
    const webview = await calculate(STATES["an answer"]);
    await webview.page.getByRole("button", { name: "Save as JSON..." }).click();
    await webview.page.getByRole("button", { name: "Copy as JSON" }).click();
    assert.deepEqual((await webview.calculatorIntents()).slice(1), [{ type: "save-answer" }, { type: "copy-answer" }]);
    await webview.send({ type: "said", text: "Copied" });
    assert.equal(await webview.page.locator(".said").innerText(), "Copied");
  });

  it("reads the answer out once the typing rests", async () => {
    const { page } = await calculate(STATES["an answer"]);
    await page.getByText("179.2 bits of entropy out, set by h' n_out. Full entropy: no").waitFor({ state: "attached" });
  });
});
