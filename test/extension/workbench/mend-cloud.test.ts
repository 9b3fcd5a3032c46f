import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { eventually, openDemo, workbenchFor } from "./fixture";

const RULE = "scs-0101-flavor-property";
const SET = "Set hw_rng:allowed=True";

describe("Mending a cloud in the workbench", () => {
  const code = workbenchFor(() => openDemo("mend-cloud"));

  /** The flavor that the first warning is about, and how many warnings there are. */
  async function firstWarning(): Promise<{ readonly flavor: string; readonly rows: Locator }> {
    const rows = await code().problems(RULE);
    const flavor = /Flavor "([^"]+)"/.exec(await rows.first().innerText())?.[1];
    assert.ok(flavor, "the warning names no flavor");
    return { flavor, rows };
  }

  before(async () => {
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    await code().reportPanel();
  });

  it("offers the command to copy, whole, and changes nothing by it", async () => {
    const { flavor, rows } = await firstWarning();
    const before = await rows.count();
    const copy = await code().quickFix(RULE, "Copy:");
    assert.match(
      (await copy.innerText()).replaceAll("\u00a0", " "),
      /^Copy: openstack --os-cloud demo flavor set --property hw_rng:allowed=True \S+$/,
    );
    await copy.click();
    await copy.waitFor({ state: "hidden" });
    assert.equal(await code().dialog.count(), 0);
    assert.equal((await firstWarning()).flavor, flavor);
    assert.equal(await rows.count(), before);
  });

  it("names the cloud and the flavor before it changes anything, and changes nothing when it is cancelled", async () => {
    const { flavor, rows } = await firstWarning();
    const before = await rows.count();
    await (await code().quickFix(RULE, SET)).click();
    await code().dialog.waitFor();
    const question = await code().dialog.innerText();
    assert.ok(question.includes(`flavor "${flavor}"`), question);
    assert.ok(question.includes('of the cloud "demo"'), question);
    assert.match(question, /changes the cloud at http:\/\/127\.0\.0\.1:\d+/);
    await code().dialog.getByRole("button", { name: "Cancel" }).click();
    await code().dialog.waitFor({ state: "hidden" });
    assert.equal(await rows.count(), before);
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    await code().reportPanel();
    assert.equal((await firstWarning()).flavor, flavor);
  });

  it("sets the property in the cloud when it is confirmed, reads it back, and the warning is gone", async () => {
    const { flavor, rows } = await firstWarning();
    const before = await rows.count();
    await (await code().quickFix(RULE, SET)).click();
    await code().dialog.getByRole("button", { name: SET }).click();
    await code().notifications.filter({ hasText: "The cloud was read again." }).waitFor();
    await eventually(async () => {
      assert.equal(await rows.count(), before - 1);
      assert.equal(await rows.filter({ hasText: `"${flavor}"` }).count(), 0);
    });
  });

  it("finds it still set when the cloud is checked anew", async () => {
    const rows = await code().problems(RULE);
    const before = await rows.count();
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    const report = await code().reportPanel();
    const flavors = report.locator("section").filter({ has: report.getByRole("heading", { name: "Flavors" }) });
    await eventually(async () => {
      assert.equal(await flavors.getByRole("row").filter({ hasText: "Warning" }).count(), before);
      assert.equal(await rows.count(), before);
    });
  });
});
