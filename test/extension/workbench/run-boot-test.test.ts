import assert from "node:assert/strict";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { assertAccessible, eventually, openDemoWithLab, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "run-boot-test");
/** Stands in for a machine: its raw data are one bit wide, its processed data are bytes. */
const MACHINE = `#!/bin/sh
case "$ENTROPY_CMDLINE" in
  *raw=true*) head -c "$ENTROPY_LENGTH" /dev/urandom | tr '\\000-\\377' '[\\000*128][\\001*]' >"$ENTROPY_OUTPUT" ;;
  *) head -c "$ENTROPY_LENGTH" /dev/urandom >"$ENTROPY_OUTPUT" ;;
esac
echo "entropy-boot-test: successful draw in 1000000000 nanoseconds."
`;
const DEFINITION = `arch: x86
source: jitterentropy
length: 20000
iterations: 2
matrix:
  - kernel.jitterentropy.raw: [true, false]
boot: { method: command, command: [./machine.sh] }
`;

describe("Run Boot Test in the workbench", () => {
  const code = workbenchFor(() =>
    openDemoWithLab("run-boot-test", { "machine.sh": MACHINE, "jitter.boot-test.yaml": DEFINITION }),
  );

  it("boots every set of parameters, and shows them in a table, raw beside processed", async () => {
    await code().runCommand("Entropy: Run Boot Test...");
    await code().pick("jitter.boot-test.yaml");
    const report = await code().frameWith("main.report h1:has-text('jitter')", 50_000);
    assert.match(await report.locator(".kind").innerText(), /^Boot test/);
    const pairs = await report.locator("#pairs tbody tr").allInnerTexts();
    assert.equal(pairs.length, 1);
    await assertAccessible(report);
  });

  it("leads from a run to its assessment, which says where its samples are from", async () => {
    const report = await code().frameWith("main.report h1:has-text('jitter')");
    await report.locator(".disclosure[aria-expanded=false]").first().click();
    await report.getByRole("button", { name: "Assessment of run 0" }).click();
    const run = await code().frameWith("main.report h1:has-text('entropy.000000000.bin')");
    assert.match(await run.locator(".origin").innerText(), /entropy-test\s+command/);
  });

  it("stands in the side panel with its outcome, also after the window was reloaded", async () => {
    await code().goTo(FOLDER);
    await eventually(async () => {
      const row = (await code().sidePanel()).filter({ hasText: "jitter.boot-test.yaml" });
      assert.match(await row.first().innerText(), /4 runs assessed/);
    });
  });
});
