import assert from "node:assert/strict";
import { assertAccessible, assertPolicyKept, eventually, openDemo, workbenchFor } from "./fixture";

describe("Check Machine in the workbench", () => {
  const code = workbenchFor(() => openDemo("check-machine", { theme: "light" }));

  it("shows the weak machine's failed live checks as errors", async () => {
    await code().runCommand("Entropy: Check Machine...");
    await code().pick("demo-weak");
    await code().reportPanel();
    for (const rule of ["scs-0101-rngd", "scs-0101-entropy-avail", "scs-0101-fips-test"]) {
      const rows = await code().problems(rule);
      await eventually(async () => {
        assert.equal(await rows.count(), 1);
        assert.equal(await rows.locator(".codicon-error").count(), 1);
      });
    }
  });

  it("shows each check with its evidence", async () => {
    const report = await code().reportPanel();
    assert.equal(await report.locator("h1").innerText(), "demo-weak");
    assert.match(await report.locator("main").innerText(), /entropy_avail/);
  });

  it("is accessible in a light theme", async () => {
    await assertAccessible(await code().reportPanel());
  });

  it("keeps the webviews' policy", () => assertPolicyKept(code()));
});
