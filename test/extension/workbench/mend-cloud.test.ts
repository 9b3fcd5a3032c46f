import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { eventually, openDemo, workbenchFor } from "./fixture";

const RULE = "scs-0101-flavor-property";
const SET = "Set hw_rng:allowed=True";

describe("Mending a cloud in the workbench", () => {
  const code = workbenchFor(() => openDemo("mend-cloud"));
  let mended: string | null = null;

  /** The flavor that the first warning is about; the list may still be being drawn. */
  async function firstWarning(): Promise<{ readonly flavor: string; readonly rows: Locator }> {
    const rows = await code().problems(RULE);
    let flavor: string | undefined;
    await eventually(async () => {
      flavor = /Flavor "([^"]+)"/.exec(await rows.first().innerText())?.[1];
      assert.ok(flavor, "the warning names no flavor");
    });
    return { flavor: flavor ?? "", rows };
  }

  /** Until the list has or has not a warning of the flavor. */
  function warned(rows: Locator, flavor: string, wanted: boolean): Promise<void> {
    const ofFlavor = rows.filter({ hasText: `"${flavor}"` });
    return eventually(async () => assert.equal((await ofFlavor.count()) > 0, wanted));
  }

  before(async () => {
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    await code().reportPanel();
  });

  it("offers the command to copy, whole, and changes nothing by it", async () => {
    const { flavor, rows } = await firstWarning();
    assert.match(
      await code().quickFix(RULE, "Copy:"),
      /^Copy: openstack --os-cloud demo flavor set --property hw_rng:allowed=True \S+$/,
    );
    assert.equal(await code().dialog.count(), 0);
    await warned(rows, flavor, true);
  });

  it("names the cloud and the flavor before it changes anything, and changes nothing when it is cancelled", async () => {
    const { flavor, rows } = await firstWarning();
    await code().quickFix(RULE, SET);
    await code().dialog.waitFor();
    const question = await code().dialog.innerText();
    assert.ok(question.includes(`flavor "${flavor}"`), question);
    assert.ok(question.includes('of the cloud "demo"'), question);
    assert.match(question, /changes the cloud at http:\/\/127\.0\.0\.1:\d+/);
    await code().dialog.getByRole("button", { name: "Cancel" }).click();
    await code().dialog.waitFor({ state: "hidden" });
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    await code().reportPanel();
    await code().problems(RULE);
    await warned(rows, flavor, true);
  });

  it("sets the property in the cloud when it is confirmed, reads it back, and the warning is gone", async () => {
    const { flavor, rows } = await firstWarning();
    await code().quickFix(RULE, SET);
    await code().dialog.getByRole("button", { name: SET }).click();
    await code().notifications.filter({ hasText: "The cloud was read again." }).waitFor();
    await warned(rows, flavor, false);
    mended = flavor;
  });

  it("finds it still set when the cloud is checked anew", async () => {
    assert.ok(mended !== null, "nothing was mended");
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    const report = await code().reportPanel();
    const row = report.getByRole("row").filter({ hasText: mended });
    await eventually(async () => assert.match(await row.first().innerText(), /Passed/));
    await warned(await code().problems(RULE), mended, false);
  });
});
