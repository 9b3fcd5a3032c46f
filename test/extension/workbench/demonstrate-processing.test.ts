import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { openDemo, workbenchFor } from "./fixture";

const NAME = "demonstrate-processing";
const FOLDER = join(out, "workbench", NAME);

describe("Demonstrate Raw Against Processed Data in the workbench", () => {
  const code = workbenchFor(() => openDemo(NAME));
  const page = (words: string, patience?: number) => code().frameWith(`h1:has-text('${words}')`, patience);

  it("makes two files where it is told to, assesses both, and shows them side by side", async function () {
    this.timeout(180_000);
    await code().runCommand("Entropy: Demonstrate Raw Against Processed Data...");
    await code().enterPath(`${FOLDER}/`);
    const preview = await page("Raw against processed data", 170_000);
    const row = (name: string) => preview.locator("tr").filter({ hasText: name }).locator("td").allInnerTexts();
    assert.deepEqual((await row("Assessed, per symbol")).slice(0, 3), ["Assessed, per symbol", "0.000000", "6.638399"]);
    assert.deepEqual(await row("True entropy"), ["True entropy, per symbol", "0", "0", ""]);
    assert.match(
      await preview.locator("body").innerText(),
      /Whoever knows the password knows every bit of random\.bin/,
    );
    assert.ok((await readdir(FOLDER)).includes("random.bin"));
  });

  it("asks before it overwrites them, and leaves them when that is refused", async () => {
    const before = await readFile(join(FOLDER, "random.bin"));
    await code().runCommand("Entropy: Demonstrate Raw Against Processed Data...");
    await code().enterPath(`${FOLDER}/`);
    const question = code().page.getByRole("dialog").filter({ hasText: "Files of both names exist already." });
    await question.getByRole("button", { name: "Cancel" }).click();
    await question.waitFor({ state: "detached" });
    assert.ok(before.equals(await readFile(join(FOLDER, "random.bin"))));
  });

  it("compares any two assessed files", async () => {
    await code().runCommand("Entropy: Compare Raw and Processed Samples...");
    await code().pick("zero.bin");
    await code().quickInput.getByPlaceholder("Which holds the processed ones?").waitFor();
    await code().pick("random.bin");
    const preview = await code().frameWith("h2:has-text('What this says')");
    assert.match(
      await preview.locator("body").innerText(),
      /Processing raised the score from 0\.000 of 8 bits to 6\.638/,
    );
  });
});
