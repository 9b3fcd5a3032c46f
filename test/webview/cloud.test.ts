import assert from "node:assert/strict";
import { PROFILES } from "../../src/compliance/profiles";
import { judgeCloud } from "../../src/compliance/scs-0101";
import { overallVerdict } from "../../src/report/build";
import { CLOUD_UNREADABLE, CLOUD_WITH_WARNINGS, cloudReport, flavor, measured, showReport } from "./fixtures";
import { useWebviews, type Webview } from "./harness";
import type { CloudReport } from "../../src/model";

describe("the report panel of a cloud", () => {
  const open = useWebviews();

  async function show(report: CloudReport): Promise<Webview> {
    const webview = await open("report");
    await webview.send(showReport(report, "cloud:gx-scs"));
    return webview;
  }

  it("lists flavors and images with their properties, the worst first", async () => {
    const { page } = await show(CLOUD_WITH_WARNINGS);
    const first = page.locator("#flavors tbody tr").first();
    assert.deepEqual((await first.innerText()).split(/\s*\t\s*/), [
      ...["Warning", "m1.small", "not set", "none", "1", "2 GiB", "10 GiB"],
    ]);
    const limited = page.locator("#flavors tr", { hasText: "SCS-1V-4-10" }).first();
    assert.match(await limited.innerText(), /Passed\s+SCS-1V-4-10\s+True\s+2048 B \/ 1000 ms/);
    const image = page.locator("#images tr", { hasText: "Debian 12" }).first();
    assert.match(await image.innerText(), /Passed\s+Debian 12\s+virtio/);
  });

  it("filters by words in names and properties, says how many are left, and by Escape shows all again", async () => {
    const webview = await show(CLOUD_WITH_WARNINGS);
    const field = webview.page.getByRole("textbox", { name: "Filter flavors" });
    await field.fill("SCS true");
    assert.deepEqual(await webview.rows("#flavors"), [
      ...["SCS-4V-16-100s", "SCS-1V-4", "SCS-1V-4-10", "SCS-2V-8", "SCS-4V-16", "SCS-8V-32"],
    ]);
    assert.equal(await webview.page.locator(".table-status").first().innerText(), "6 of 10 shown");
    await field.press("Escape");
    assert.equal((await webview.rows("#flavors")).length, 10);
    assert.equal(await webview.page.locator(".table-status").first().innerText(), "");
  });

  it("filters by verdict, each with its count", async () => {
    const webview = await show(CLOUD_WITH_WARNINGS);
    const toggles = webview.page.getByRole("group", { name: "Verdict" }).last().getByRole("button");
    assert.deepEqual(await toggles.allTextContents(), ["All 5", "Warnings 2", "Passed 3"]);
    await toggles.nth(1).click();
    assert.deepEqual(await webview.rows("#images"), ["AlmaLinux 9", "cirros-0.6.3"]);
    assert.equal(await toggles.nth(1).getAttribute("aria-pressed"), "true");
    assert.equal(await toggles.nth(0).getAttribute("aria-pressed"), "false");
  });

  it("sorts by any column, numbers as numbers, and turns the order round on the second click", async () => {
    const webview = await show(CLOUD_WITH_WARNINGS);
    const vcpus = webview.page.locator("#flavors").getByRole("button", { name: "vCPUs" });
    await vcpus.click();
    assert.equal((await webview.rows("#flavors")).at(-1), "SCS-16V-64");
    await vcpus.click();
    assert.deepEqual((await webview.rows("#flavors")).slice(0, 2), ["SCS-16V-64", "SCS-8V-32"]);
    const column = webview.page.locator("#flavors th[aria-sort=descending]");
    assert.deepEqual(await column.allInnerTexts(), ["vCPUs"]);
  });

  it("unfolds message, command and properties, and leads to the rule and to the document", async () => {
    const webview = await show(CLOUD_WITH_WARNINGS);
    const { page } = webview;
    await page.getByRole("button", { name: "SCS-16V-64" }).click();
    const details = page.locator(".details:visible");
    assert.match(await details.innerText(), /has hw_rng:allowed="False" instead of True/);
    await details.getByRole("button", { name: "Copy the command" }).click();
    await page.getByText("Copied").waitFor();
    assert.equal(
      await page.evaluate("navigator.clipboard.readText()"),
      "openstack flavor set --property hw_rng:allowed=True SCS-16V-64",
    );
    await details.getByRole("button", { name: "Reveal in document" }).click();
    await details.getByRole("button", { name: /^Rule: / }).click();
    const { id } = flavor("SCS-16V-64", 16, 64, {});
    assert.deepEqual((await webview.intents()).slice(1), [
      { type: "reveal-subject", item: "cloud:gx-scs", subject: id },
      { type: "open-rule", rule: "scs-0101-flavor-property" },
    ]);
  });

  it("shows what may not be read as inconclusive, never as passed or as a warning", async () => {
    const { page } = await show(CLOUD_UNREADABLE);
    assert.equal(await page.locator("#flavors .mark-inconclusive").count(), 10);
    assert.equal(await page.locator(".mark-pass, .mark-warning").count(), 0);
    assert.match(await page.locator("main").innerText(), /0 of 10 flavors of cloud "gx-scs" checked: no permission/);
    assert.match(await page.locator("main").innerText(), /Glance answered 503 Service Unavailable/);
    assert.equal(await page.locator("#images").count(), 0);
  });

  it("shows what the version that judges does not ask for as such, never as unreadable", async () => {
    const { observations } = CLOUD_WITH_WARNINGS;
    const cloud = { kind: "cloud", id: "https://api.gx-scs.sovereignit.cloud:5000/v3", name: "gx-scs" } as const;
    const findings = judgeCloud(cloud, observations, PROFILES["v1.1-2026"]);
    const { page } = await show({ ...CLOUD_WITH_WARNINGS, verdict: overallVerdict(findings), findings });
    assert.match(await page.locator("header .kind").innerText(), /judged by scs-0101 v1\.1, 2026-06-25$/);
    assert.equal(await page.locator("#flavors .mark-not-applicable").count(), 10);
    assert.equal(await page.locator(".mark-inconclusive").count(), 0);
    await page.locator("#flavors tbody").getByRole("button", { name: "m1.tiny" }).click();
    await page.getByText("The version of SCS-0101 that was chosen asks nothing of it.").waitFor();
  });

  it("shows, filters and sorts a thousand flavors without unfolding any", async () => {
    const flavors = Array.from({ length: 1000 }, (_, i) =>
      flavor(`SCS-${i}`, 1 + (i % 16), 4, i % 3 === 0 ? {} : { "hw_rng:allowed": "True" }),
    );
    const { images } = CLOUD_WITH_WARNINGS.observations;
    const webview = await show(cloudReport({ flavors: measured("GET /flavors/detail", "nova", flavors), images }));
    assert.equal(await webview.page.locator("#flavors .mark-warning").count(), 334);
    await webview.page.getByRole("textbox", { name: "Filter flavors" }).fill("SCS-99");
    assert.deepEqual(await webview.rows("#flavors"), [
      ...["SCS-99", "SCS-990", "SCS-993", "SCS-996", "SCS-999"],
      ...["SCS-991", "SCS-992", "SCS-994", "SCS-995", "SCS-997", "SCS-998"],
    ]);
    await webview.page.locator("#flavors").getByRole("button", { name: "Name" }).click();
    assert.deepEqual((await webview.rows("#flavors")).slice(0, 3), ["SCS-99", "SCS-990", "SCS-991"]);
    assert.equal(await webview.page.locator(".details > td > *").count(), 0);
  });
});
