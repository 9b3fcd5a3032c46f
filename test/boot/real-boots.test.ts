import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { UserError } from "../../src/errors";
import { drawNanoseconds } from "../../src/boot/boot-log";
import { runFiles } from "../../src/boot/run-folder";
import { openWay } from "../../src/boot/ways-out";
import { requireQemu, VIRTIO_RNG } from "./recorder";
import { bootFolder, bootOnceFor, define, leftovers } from "./support";

/** QEMU, told something over its monitor. */
function qemuThat(
  args: readonly string[],
  told: string,
): Promise<{ readonly stdout: string; readonly code: number | null }> {
  const child = spawn("qemu-system-x86_64", args, { stdio: ["pipe", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stdin.end(told);
  return new Promise((done, fail) => {
    child.once("error", fail).once("close", (code) => done({ stdout, code }));
  });
}

describe("a real boot of Debian's kernel with our recorder, in QEMU", () => {
  const folder = bootFolder();
  let linux: string;
  before(async function () {
    linux = await requireQemu(this);
  });
  after(() => folder.remove());

  const machine = (lines: string, { source = "hw_rng", devices = JSON.stringify(VIRTIO_RNG), words = "" } = {}) =>
    define(
      folder.path,
      `arch: x86
source: ${source}
words: [console=ttyS0, quiet, panic=-1${words}]
boot: { method: qemu, linux: "${linux}", memory: 256, arguments: ${devices} }
${lines}`,
    );

  it("records what virtio-rng gives, over a virtio-serial port, and tells how long the draw took", async () => {
    const { data, log, meta } = await bootOnceFor(machine("length: 100000\n"), { number: 1 });
    assert.equal(data.length, 100_000);
    assert.ok(new Set(data).size === 256, "bytes of every value");
    assert.ok((drawNanoseconds(log) ?? 0) > 1_000_000, log);
    assert.match(meta, /^entropy-test qemu\n(?:.*\n)*buildid {6}6\.\S+-cloud-amd64\n/);
    assert.match(
      meta,
      /\ncmdline {6}console=ttyS0 quiet panic=-1 kernel\.entropy-test\.src=hw_rng kernel\.entropy-test\.len=100000 zircon/,
    );
  });

  it("records the kernel's own generator, onto a disk", async () => {
    const definition = machine("length: 70001\nexport: { way: disk }\n", { source: "random", devices: "[]" });
    const { data } = await bootOnceFor(definition, { number: 2 });
    assert.equal(data.length, 70_001);
    assert.equal(new Set(data.slice(-10_000)).size, 256);
  });

  // Debian's cloud kernel has no 9p to mount it with: that the device is one is all that a boot of it can show
  it("takes the devices of every way out, the shared folder's too", async () => {
    for (const way of ["virtio-serial", "disk", "folder"] as const) {
      const context = { run: runFiles(folder.path, 4), length: 600, nodename: "n" };
      const open = await openWay({ way }, context);
      try {
        const args = ["-nodefaults", "-display", "none", "-S", "-machine", "q35", "-monitor", "stdio"];
        const { stdout, code } = await qemuThat([...args, ...open.qemuArguments], "info qtree\nquit\n");
        assert.equal(code, 0, stdout);
        const device = { "virtio-serial": "virtserialport", disk: "virtio-blk-pci", folder: "virtio-9p-pci" }[way];
        assert.match(stdout, new RegExp(`dev: ${device}`));
      } finally {
        await open.close();
      }
    }
  });

  for (const [what, lines, options, code] of [
    ["has no virtio-rng", "length: 1000\n", { devices: "[]" }, "boot-source-short"],
    [
      "is asked for a source that it has not",
      "length: 1000\n",
      { source: "jitterentropy" },
      "boot-source-unrecognized",
    ],
    ["panics", "length: 1000\n", { words: ", rdinit=/nothing, root=/dev/nothing" }, "boot-panic"],
  ] as const)
    it(`of a machine that ${what} is told so, and leaves no .meta`, async () => {
      const definition = machine(lines, options);
      await assert.rejects(bootOnceFor(definition, { number: 3 }), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, code, error.message);
        return true;
      });
      assert.equal(leftovers(definition, 3).meta, "");
      assert.notEqual(leftovers(definition, 3).log, "");
    });
});
