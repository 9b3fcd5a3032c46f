import assert from "node:assert/strict";
import type { ToReportPanel } from "../../src/vscode/protocol";
import { INVENTORY, INVENTORY_VIEW } from "../report/inventory-fixtures";
import { MACHINE_FAILED, viewOf } from "./fixtures";
import { useWebviews } from "./harness";
import { THEMES, type ThemeName } from "./themes";

const ITEM = "machine:probe-1";
const ALONE: ToReportPanel = { type: "show", item: ITEM, panel: { type: "inventory", view: INVENTORY_VIEW }, at: null };
const CHECKED: ToReportPanel = {
  type: "show",
  item: ITEM,
  panel: { type: "report", view: viewOf(MACHINE_FAILED, INVENTORY) },
  at: null,
};

describe("a machine's inventory in its report panel", () => {
  const open = useWebviews();

  for (const theme of Object.keys(THEMES) as ThemeName[])
    it(`is accessible in the ${theme} theme`, async () => {
      const webview = await open("report", { theme });
      for (const message of [ALONE, CHECKED]) {
        await webview.send(message);
        assert.deepEqual(await webview.accessibilityViolations(theme), []);
      }
    });

  for (const width of [1000, 400, 250])
    it(`fits a width of ${width} pixels`, async () => {
      const webview = await open("report", { width });
      for (const message of [ALONE, CHECKED]) {
        await webview.send(message);
        assert.equal(await webview.overflow(), 0);
      }
    });

  it("has each fact with what was asked for it, and of what is not known why, and what to do", async () => {
    const webview = await open("report");
    await webview.send(ALONE);
    const facts = webview.page.locator(".inventory-facts");
    assert.deepEqual(
      await facts.locator("dt").allInnerTexts(),
      INVENTORY_VIEW.rows.map(({ label }) => label),
    );
    const asked = await facts.locator("dd .provenance code").allInnerTexts();
    assert.deepEqual(
      asked,
      INVENTORY_VIEW.rows.map(({ observation }) => observation.provenance.asked),
    );
    const unknown = facts.locator("dd", { has: webview.page.locator(".badge") });
    assert.equal(await unknown.count(), 1);
    assert.match(
      await unknown.innerText(),
      /Not known:\s+this account may not read the kernel's log\.\s+What to do: Ask as/,
    );
    assert.match(await webview.page.locator(".inventory > .muted").innerText(), /; 1 of 9 facts could not be read\.$/);
  });

  it("stands alone where the machine was not checked, which the panel offers", async () => {
    const webview = await open("report");
    await webview.send(ALONE);
    assert.equal(await webview.page.locator(".kind").innerText(), "Machine, not checked yet");
    await webview.page.getByRole("button", { name: "Check Machine" }).click();
    assert.deepEqual((await webview.intents()).slice(1), [{ type: "run", item: ITEM }]);
  });

  it("is where the panel is opened when it was taken, and else where the reader was", async () => {
    const webview = await open("report");
    await webview.send(CHECKED);
    assert.equal(await webview.page.evaluate("scrollY"), 0);
    await webview.send({ ...CHECKED, at: "inventory" });
    await webview.page.waitForFunction("scrollY > 0");
    const top = "Math.abs(document.getElementById('inventory').getBoundingClientRect().top)";
    const end = "Math.abs(scrollY + innerHeight - document.documentElement.scrollHeight)";
    assert.ok(Number(await webview.page.evaluate(`Math.min(${top}, ${end})`)) < 2);
  });

  it("shows what a machine says of itself as it is, never as markup", async () => {
    const webview = await open("report");
    const [first, ...others] = INVENTORY_VIEW.rows;
    const value = "<img src=x onerror=alert(1)>\u202E";
    const hostile = { ...first, observation: { ...first.observation, value, raw: "" } };
    const view = { ...INVENTORY_VIEW, name: value, rows: [hostile, ...others] };
    await webview.send({ ...ALONE, panel: { type: "inventory", view } });
    assert.equal(await webview.page.locator("img").count(), 0);
    assert.match(await webview.page.locator(".inventory-value").first().innerText(), /^<img/);
  });
});
