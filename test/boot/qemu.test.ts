import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readDefinition } from "../../src/boot/definition";
import { qemuProgram, qemuValue } from "../../src/boot/qemu";
import { bootFolder, bootOnceFor, content, define, script } from "./support";

/** QEMU's arguments for a definition that boots it. */
function qemu(arch: string, boot: string, initrd: string | null = null) {
  const { definition } = readDefinition(
    "/t/x.boot-test.yaml",
    `arch: ${arch}\nsource: hw_rng\nboot: { method: qemu, ${boot} }\n`,
  );
  assert.ok(definition?.boot.method === "qemu");
  return qemuProgram(definition, definition.boot, { kernel: "/t/k", initrd }, "console=ttyS0 a ", ["-device", "way"]);
}

describe("QEMU's arguments", () => {
  it("emulate a plain machine in software, with the console on standard output and the command line as one word", () => {
    assert.deepEqual(qemu("x86", "kernel: k"), {
      program: "qemu-system-x86_64",
      args: [
        ...["-nodefaults", "-no-user-config", "-nographic", "-no-reboot", "-machine", "q35", "-accel", "tcg"],
        ...["-cpu", "max", "-smp", "1", "-m", "512", "-serial", "stdio", "-monitor", "none"],
        ...["-kernel", "/t/k", "-append", "console=ttyS0 a ", "-device", "way"],
      ],
      cwd: "/t/x",
      install: "apt-get install --no-install-recommends qemu-system-x86",
    });
  });

  it("follow the definition; what it adds stands last", () => {
    const { program, args, install } = qemu(
      "arm64",
      'kernel: k, initrd: i, machine: "virt,gic-version=3", cpu: cortex-a53, memory: 64, processors: 2, program: ./q, arguments: [-rtc, utc]',
      "/t/i",
    );
    assert.deepEqual([program, install], ["/t/q", null]);
    assert.deepEqual(args.slice(4), [
      ...["-machine", "virt,gic-version=3", "-accel", "tcg", "-cpu", "cortex-a53", "-smp", "2", "-m", "64"],
      ...["-serial", "stdio", "-monitor", "none", "-kernel", "/t/k", "-initrd", "/t/i"],
      ...["-append", "console=ttyS0 a ", "-device", "way", "-rtc", "utc"],
    ]);
    assert.equal(qemu("arm64", "kernel: k").program, "qemu-system-aarch64");
    assert.equal(qemu("arm64", "kernel: k").args[5], "virt");
  });

  it("are those of x86 for the older name of it as well", () => {
    assert.deepEqual(qemu("x86-64", "kernel: k"), qemu("x86", "kernel: k"));
  });

  it("boot the recorder on an arm64 kernel of Debian's, with every way out, by the same command line", async () => {
    const folder = bootFolder();
    try {
      const modules = join(folder.path, "debian/lib/modules/6.1.0-37-cloud-arm64/kernel");
      mkdirSync(modules, { recursive: true });
      for (const path of ["debian/boot/vmlinuz-6.1.0-37-cloud-arm64", "debian/bin/busybox"])
        script(join(folder.path, path), "");
      script(join(folder.path, "qemu"), 'for word; do echo "$word"; done >"${0}.words"; exit 1');
      for (const [way, device] of [
        ["virtio-serial", "virtio-serial-pci"],
        ["disk", "virtio-blk-pci,drive=entropy,serial=entropy.bin"],
        ["folder", "-virtfs"],
      ]) {
        const definition = define(
          folder.path,
          `arch: arm64\nsource: hw_rng\nlength: 9\nnodename: n\nwords: [console=ttyAMA0]\nexport: { way: ${way} }\n` +
            "boot: { method: qemu, linux: debian, program: ./qemu, arguments: [-device, virtio-rng-pci] }\n",
        );
        await assert.rejects(bootOnceFor(definition), { code: "boot-failed" });
        const words = content(join(folder.path, "qemu.words")).trimEnd().split("\n");
        assert.equal(words[words.indexOf("-machine") + 1], "virt");
        assert.equal(
          words[words.indexOf("-kernel") + 1],
          join(folder.path, "debian/boot/vmlinuz-6.1.0-37-cloud-arm64"),
        );
        assert.equal(
          words[words.indexOf("-append") + 1],
          "console=ttyAMA0 kernel.entropy-test.src=hw_rng kernel.entropy-test.len=9 zircon.nodename=n ",
        );
        assert.ok(words.includes(device), words.join(" "));
        assert.deepEqual(words.slice(-2), ["-device", "virtio-rng-pci"]);
      }
    } finally {
      folder.remove();
    }
  });

  it("keep a comma in a path from ending it", () => {
    assert.equal(qemuValue("/a,b/c"), "/a,,b/c");
  });
});
