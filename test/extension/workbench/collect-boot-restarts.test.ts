import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { requireQemu, VIRTIO_RNG } from "../../boot/recorder";
import { acceptPlace, openDemoWithLab, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "collect-boot-restarts");
const LAB = join(FOLDER, "lab");
/** What is suggested. */
const FILE = join(FOLDER, "jitter-jitterentropy-restarts.bin");
/** Stands in for a machine: counts its boots and gives the count's digit, from the third boot on once it is allowed to. */
const MACHINE = `#!/bin/sh
n=$(($(cat count 2>/dev/null || echo 0) + 1))
echo $n >count
[ $n -lt 3 ] || while [ ! -e go-on ]; do sleep 0.1; done
yes $n | tr -d "\\n" | head -c "$ENTROPY_LENGTH" >"$ENTROPY_OUTPUT"
`;
const DEFINITION = `arch: x86
source: jitterentropy
matrix:
  - kernel.jitterentropy.raw: [true, false]
boot: { method: command, command: [./machine.sh] }
`;

describe("Collect Restarts of boots in the workbench", () => {
  const code = workbenchFor(() =>
    openDemoWithLab("collect-boot-restarts", { "machine.sh": MACHINE, "jitter.boot-test.yaml": DEFINITION }),
  );

  it("asks for a boot test and one of its sets of parameters, and shows how far it is until it is cancelled", async () => {
    await code().runCommand("Entropy: Collect Restarts...");
    await code().pick("A boot by a boot test's definition");
    await code().pick("jitter.boot-test.yaml");
    await code().pick("kernel.jitterentropy.raw=false");
    await code().answer(/How many restarts\?/, "4");
    await code().answer(/How many samples of each\?/, "20");
    await code().pick("One file");
    await acceptPlace(code(), FILE);
    const toast = code().notifications.filter({ hasText: "2 of 4 restarts: booting" });
    await (await code().sidePanel()).filter({ hasText: "jitter.boot-test.yaml" }).waitFor();
    await toast.getByRole("button", { name: "Cancel" }).click();
    await code().notifications.filter({ hasText: "2 of 4 restarts are kept" }).waitFor();
    assert.equal(await readFile(FILE, "latin1"), "1".repeat(20) + "2".repeat(20));
  });

  it("says before it goes on what is booted and with which command line, and then does", async () => {
    await writeFile(join(LAB, "go-on"), "");
    await code().runCommand("Entropy: Resume Collection...");
    await code().pick("jitter-jitterentropy-restarts.bin");
    const asked = code().dialog.filter({ hasText: "2 of 4, of 20 samples each" });
    assert.match(await asked.innerText(), /Boots: by \S+machine\.sh[^]*kernel\.jitterentropy\.raw=false/);
    await asked.getByRole("button", { name: "Go On" }).click();
    await code().notifications.filter({ hasText: "4 restarts of 20 samples each are in" }).waitFor();
    // the boot that was cancelled does not count
    assert.equal(await readFile(FILE, "latin1"), ["1", "2", "4", "5"].map((boot) => boot.repeat(20)).join(""));
    assert.match(await readFile(FILE.replace(".bin", ".meta"), "utf8"), /^method +boot$/m);
  });

  it("boots a virtual machine for each restart", async function () {
    // two boots, software emulation
    this.timeout(300_000);
    const linux = await requireQemu(this);
    await writeFile(
      join(LAB, "vm.boot-test.yaml"),
      `arch: x86
source: hw_rng
words: [console=ttyS0, quiet, panic=-1]
boot: { method: qemu, linux: "${linux}", memory: 256, arguments: ${JSON.stringify(VIRTIO_RNG)} }
`,
    );
    await code().runCommand("Entropy: Collect Restarts...");
    await code().pick("A boot by a boot test's definition");
    await code().pick("vm.boot-test.yaml");
    await code().answer(/How many restarts\?/, "2");
    await code().answer(/How many samples of each\?/);
    await code().pick("One file");
    await acceptPlace(code(), join(FOLDER, "vm-hw_rng-restarts.bin"));
    const done = code().notifications.filter({ hasText: "2 restarts of 1,000 samples each are in" });
    await done.waitFor({ timeout: 240_000 });
    const matrix = await readFile(join(FOLDER, "vm-hw_rng-restarts.bin"));
    assert.equal(matrix.length, 2000);
    assert.notDeepEqual(matrix.subarray(0, 1000), matrix.subarray(1000));
  });
});
