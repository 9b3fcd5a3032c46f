import assert from "node:assert/strict";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { out } from "../../../src/dev/paths";
import { assertAccessible, eventually, openDemo, workbenchFor } from "./fixture";

const NAME = "conditioning-calculator";

describe("The conditioning calculator in the workbench", () => {
  const code = workbenchFor(() => openDemo(NAME, { theme: "light" }));
  const calculator = (): Promise<Frame> => code().frameWith("main.calculator");
  const textOf = async (selector: string) => (await calculator()).locator(selector).innerText();

  it("is in the palette, and answers while one types", async () => {
    await code().runCommand("Entropy: Open Conditioning Calculator");
    const frame = await calculator();
    await frame.getByText("Still needed").waitFor();
    for (const [label, text] of [
      ["Bits in", "512"],
      ["Bits out", "256"],
      ["Narrowest internal width", "256"],
      ["Entropy in", "400"],
    ])
      await frame.getByLabel(label).fill(text);
    await eventually(async () => assert.equal(await textOf(".hero"), "256 of 256 bits"));
    assert.match(await textOf(".full-entropy"), /Full entropy:\s+yes/);
  });

  it("says what is wrong beside the field", async () => {
    const frame = await calculator();
    await frame.getByLabel("Entropy in").fill("600");
    await frame.getByText("it must be greater than 0 and at most").waitFor();
    await frame.getByLabel("Entropy in").fill("400");
  });

  it("assesses a file of the component's output for h'", async function () {
    this.timeout(180_000);
    const output = join(out, "workbench", NAME, "samples", "good-8bit.bin");
    const frame = await calculator();
    await frame.getByLabel("Not vetted, h′ of a file").check();
    await frame.getByRole("button", { name: "Assess a File of Its Output..." }).click();
    await code().enterPath(output);
    await frame.locator(".assessed-output").getByText("good-8bit.bin").waitFor({ timeout: 170_000 });
    assert.match(await textOf("tr.decides"), /h′ nout/);
  });

  it("keeps what was entered, also when the window is loaded anew", async () => {
    await code().page.reload();
    await code().ready();
    const frame = await calculator();
    await frame.locator(".assessed-output").getByText("good-8bit.bin").waitFor();
    assert.equal(await frame.getByLabel("Entropy in").inputValue(), "400");
    assert.match(await textOf("tr.decides"), /h′ nout/);
  });

  it("is accessible in a light theme, and keeps its policy", async () => {
    await assertAccessible(await calculator());
    assert.deepEqual(code().policyViolations, []);
  });
});
