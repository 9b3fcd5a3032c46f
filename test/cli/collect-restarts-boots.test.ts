import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RestartCollectionReport } from "../../src/model/restart-collection";
import { bootFolder } from "../boot/support";
import { requireQemu, VIRTIO_RNG } from "../boot/recorder";
import { until } from "../until";
import { runCli } from "./bundle";

describe("entropy-check collect-restarts --boot", () => {
  const folder = bootFolder();
  after(() => folder.remove());
  const run = (args: readonly string[], interruption?: AbortSignal) =>
    runCli(["collect-restarts", ...args], {
      cwd: folder.path,
      interruptBy: "SIGKILL",
      ...(interruption === undefined ? {} : { interruption }),
    });
  const file = join(folder.path, "restarts.bin");
  const size = (): number => (existsSync(file) ? statSync(file).size : 0);

  it("collects restarts of boots in QEMU, and goes on after it was killed", async function () {
    // four boots, software emulation
    this.timeout(300_000);
    const linux = await requireQemu(this);
    writeFileSync(
      join(folder.path, "vm.boot-test.yaml"),
      `arch: x86
source: hw_rng
words: [console=ttyS0, quiet, panic=-1]
boot: { method: qemu, linux: "${linux}", memory: 256, arguments: ${JSON.stringify(VIRTIO_RNG)} }
`,
    );
    const args = ["--boot", "vm.boot-test.yaml", "--restarts", "3", "--out", "restarts.bin", "--json", "-"];
    const kill = new AbortController();
    const killed = run(args, kill.signal);
    await until("the first restart is collected", () => size() >= 1000, killed);
    kill.abort();
    assert.equal((await killed).code, null);
    const first = readFileSync(file).subarray(0, 1000);
    assert.ok(existsSync(`${file}.unfinished`));

    const { code, stdout, stderr } = await run([...args, "--resume"]);
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout) as RestartCollectionReport;
    assert.deepEqual([report.method, report.restarts, report.samplesPerRestart], ["boot", 3, 1000]);
    const matrix = readFileSync(file);
    assert.equal(matrix.length, 3000);
    assert.ok(matrix.subarray(0, 1000).equals(first));
    const rows = [0, 1, 2].map((row) => matrix.toString("latin1", 1000 * row, 1000 * (row + 1)));
    assert.equal(new Set(rows).size, 3);
    assert.match(readFileSync(report.metaFile, "utf8"), /^entropy-test restarts\n(?:.*\n)*buildid {6}6\./);
  });

  for (const args of [
    ["local", "--boot", "vm.boot-test.yaml", "--out", "f"],
    ["--boot", "vm.boot-test.yaml", "--out", "f", "--source", "hwrng"],
    ["--boot", "vm.boot-test.yaml", "--out", "f", "--format", "u16le"],
    ["--boot", "vm.boot-test.yaml", "--out", "f", "--parameters", "quiet=true"],
    ["local", "--command", "x", "--out", "f", "--parameters", "quiet=true"],
    ["--boot", "nowhere.boot-test.yaml", "--out", "f"],
    ["--boot", "vm.boot-test.yaml"],
  ])
    it(`exits 2 for "${args.join(" ")}"`, async () => {
      const { code, stdout, stderr } = await run(args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
      assert.doesNotMatch(stderr, /defect/);
    });
});
