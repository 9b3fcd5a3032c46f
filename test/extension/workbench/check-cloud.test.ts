import assert from "node:assert/strict";
import { assertAccessible, assertPolicyKept, eventually, openDemo, workbenchFor } from "./fixture";

describe("Check Cloud in the workbench", () => {
  const code = workbenchFor(() => openDemo("check-cloud"));

  it("asks which cloud, and shows the report", async () => {
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("demo");
    const report = await code().reportPanel();
    assert.equal(await report.locator("h1").innerText(), "demo");
    await report.getByRole("heading", { name: "Flavors" }).waitFor();
    await report.getByRole("heading", { name: "Images" }).waitFor();
  });

  it("lists a warning for each flavor and image that lacks its property", async () => {
    const report = await code().reportPanel();
    for (const [rule, heading] of [
      ["scs-0101-flavor-property", "Flavors"],
      ["scs-0101-image-property", "Images"],
    ]) {
      const warnings = report.locator("section").filter({ has: report.getByRole("heading", { name: heading }) });
      const warned = await warnings.getByRole("row").filter({ hasText: "Warning" }).count();
      assert.ok(warned > 0);
      const rows = await code().problems(rule);
      await eventually(async () => {
        assert.equal(await rows.count(), warned);
        assert.equal(await rows.locator(".codicon-warning").count(), warned);
      });
    }
  });

  it("leads from a warning to the flavor's own line", async () => {
    await code().openProblem("scs-0101-flavor-property");
    await code().tabs.filter({ hasText: "flavors.yaml" }).waitFor();
    await code().page.locator(".editor-instance .squiggly-warning").first().waitFor();
    await eventually(async () => assert.match(await code().selectedLine(), /- name: /));
  });

  it("leads from a warning to the text of its rule", async () => {
    await code().openRuleOf("scs-0101-flavor-property");
    const rule = await code().frameWith("body.vscode-body:has-text('hw_rng:allowed')");
    assert.match(await rule.locator("body").innerText(), /SCS-0101/);
  });

  it("filters the flavors by what is typed", async () => {
    await code().runCommand("Entropy: Show Report");
    await code().pick("demo");
    const report = await code().reportPanel();
    const flavors = report.locator("section").filter({ has: report.getByRole("heading", { name: "Flavors" }) });
    const rows = flavors.locator("tbody tr:visible");
    const all = await rows.count();
    const filter = flavors.getByRole("textbox").first();
    await filter.pressSequentially("no flavor has this name");
    await flavors.getByText(`0 of ${all} shown`).waitFor();
    assert.equal(await rows.count(), 0);
    await filter.press("Escape");
    await eventually(async () => assert.equal(await rows.count(), all));
  });

  it("keeps the verdict in the side panel, and says more in the inspector", async () => {
    const row = (await code().sidePanel()).filter({ hasText: /warnings/ });
    await row.waitFor();
    await row.click();
    const inspector = await code().inspector();
    await inspector.getByRole("heading", { name: "demo" }).waitFor();
    await eventually(async () => assert.match(await inspector.locator("main").innerText(), /warnings/));
  });

  it("is accessible in the report panel and in the inspector", async () => {
    await assertAccessible(await code().reportPanel());
    await assertAccessible(await code().inspector(), await code().sideBarColor());
  });

  it("keeps the webviews' policy", () => assertPolicyKept(code()));
});
