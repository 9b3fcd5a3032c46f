import assert from "node:assert/strict";
import { UserError } from "../../src/errors";
import { drawNanoseconds } from "../../src/boot/boot-log";
import { requireQemu, VIRTIO_RNG } from "./recorder";
import { bootFolder, bootOnceFor, define, leftovers } from "./support";

describe("a real boot of Debian's kernel with our recorder, in QEMU", () => {
  const folder = bootFolder();
  let cloud: string;
  before(async function () {
    cloud = await requireQemu(this);
  });
  after(() => folder.remove());

  const machine = (
    lines: string,
    { source = "hw_rng", devices = JSON.stringify(VIRTIO_RNG), words = "", linux = cloud } = {},
  ) =>
    define(
      folder.path,
      `arch: x86
source: ${source}
words: [console=ttyS0, quiet, panic=-1${words}]
timeout: 240
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

  it("records into a shared folder, where the kernel can mount one", async function () {
    const shared = await requireQemu(this, "9p");
    const definition = machine("length: 50001\nexport: { way: folder }\n", { linux: shared });
    const { data, log } = await bootOnceFor(definition, { number: 4 });
    assert.equal(data.length, 50_001);
    assert.equal(new Set(data).size, 256);
    assert.match(log, /successful draw/);
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
