import assert from "node:assert/strict";
import { readDefinition } from "../../src/boot/definition";
import { qemuProgram, qemuValue } from "../../src/boot/qemu";

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

  it("keep a comma in a path from ending it", () => {
    assert.equal(qemuValue("/a,b/c"), "/a,,b/c");
  });
});
