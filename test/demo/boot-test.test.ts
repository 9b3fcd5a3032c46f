import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readDefinition } from "../../src/boot/definition";
import { DEMO_BOOT_TEST } from "../../src/demo/boot-test";
import { prepareDemo } from "../../src/demo/workspace";
import type { BootTestReport } from "../../src/model";
import { bootFolder } from "../boot/support";
import { requireQemu } from "../boot/recorder";
import { runCli } from "../cli/bundle";

describe("the demo's boot test", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(async () => {
    folder = bootFolder();
    await prepareDemo(folder.path);
  });
  afterEach(() => folder.remove());

  it("is a definition without an error or a warning", async () => {
    const text = await readFile(join(folder.path, DEMO_BOOT_TEST.path), "utf8");
    assert.deepEqual(readDefinition(join(folder.path, DEMO_BOOT_TEST.path), text).problems, []);
  });

  it("tells what it needs, with the command that gets it", async () => {
    const { code, stderr } = await runCli(["boot", DEMO_BOOT_TEST.path], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /boot\/linux has no kernel, no busybox for the recorder to run on\.\nOn Debian: mkdir -p .*apt-get download/,
    );
  });

  it("boots real machines in QEMU, and ends in an assessment", async function () {
    symlinkSync(await requireQemu(this), join(folder.path, DEMO_BOOT_TEST.linux));
    const args = ["boot", DEMO_BOOT_TEST.path, "--iterations", "1", "--json", "-"];
    const { code, stdout, stderr } = await runCli(args, { cwd: folder.path });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout) as BootTestReport;
    assert.deepEqual([report.kind, report.verdict, report.booted], ["boot-test", "pass", 2]);
    assert.deepEqual(
      report.sets.map(({ options, runs }) => [options.map((option) => option.join("=")).join(), runs.length]),
      [
        ["mitigations=auto", 1],
        ["mitigations=off", 1],
      ],
    );
    for (const { minEntropy, bitsPerSecond } of report.sets) {
      // one ideal file in eight has a long run of right predictions, and is assessed at 6.6
      assert.ok((minEntropy?.least ?? 0) > 5, "what the host's generator gives looks random");
      assert.ok((bitsPerSecond?.least ?? 0) > 0);
    }
  });
});
