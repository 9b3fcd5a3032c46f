import assert from "node:assert/strict";
import type { BootMethod } from "../../src/boot/document";
import {
  bootsDetail,
  isEnough,
  rebootWarning,
  restartKindChoices,
  restartPlaceChoices,
  restartsDetail,
  restartsNameFor,
} from "../../src/vscode/restart-model";

const local = { kind: "machine", name: "this machine", address: "local" } as const;
const lab = { kind: "machine", name: "lab-7", address: "ssh://root@lab-7" } as const;
const wanted = { restarts: 1000, samplesPerRestart: 1000, format: null, path: "/lab/restarts.bin" } as const;
const reboots = (command: string | null) =>
  ({
    kind: "machine",
    item: lab,
    request: { ...wanted, method: { kind: "reboot", command }, source: { kind: "hwrng" } },
  }) as const;
const values = <T>(choices: readonly { readonly value: T }[]): readonly T[] => choices.map(({ value }) => value);

describe("what is asked before restarts are collected", () => {
  it("offers a process, a reboot, or the boots of a boot test, which need no machine", () => {
    assert.deepEqual(values(restartKindChoices(null)), ["process", "reboot", "boot"]);
    assert.deepEqual(values(restartKindChoices(lab)), ["process", "reboot"]);
  });

  it("offers no reboot of this machine", () => {
    assert.deepEqual(values(restartKindChoices(local)), ["process"]);
  });

  it("offers timestamps no single file, for their differences must not reach from one restart to the next", () => {
    assert.deepEqual(values(restartPlaceChoices("command", { format: "bytes", bits: 8 })), ["file", "folder"]);
    assert.deepEqual(values(restartPlaceChoices("jitter-recorder", { format: null, bits: null })), ["file", "folder"]);
    assert.deepEqual(values(restartPlaceChoices("jitter-kernel", { format: null, bits: null })), ["folder"]);
    assert.deepEqual(values(restartPlaceChoices("command", { format: "u64le-timestamps", bits: null })), ["folder"]);
  });

  it("names the file or the folder after machine and source", () => {
    assert.equal(restartsNameFor("lab 7", "hwrng", "file"), "lab-7-hwrng-restarts.bin");
    assert.equal(restartsNameFor("lab 7", "hwrng", "folder"), "lab-7-hwrng-restarts");
  });

  it("says before it reboots which machine, how often, and by which command", () => {
    const warning = rebootWarning(reboots(null), 1000) ?? assert.fail();
    assert.equal(warning.message, "lab-7 will be rebooted 1,000 times.");
    assert.equal(warning.button, "Reboot It 1,000 Times");
    assert.match(warning.detail, /ssh:\/\/root@lab-7/);
    assert.match(warning.detail, /hwrng/);
    const own = reboots("ipmitool power cycle");
    assert.match(rebootWarning(own, 1)?.detail ?? "", /By: ipmitool power cycle/);
    assert.equal(rebootWarning(own, 1)?.message, "lab-7 will be rebooted once.");
  });

  it("warns of no reboot where a process is started anew, or a boot test boots", () => {
    const request = { ...wanted, method: { kind: "process" }, source: { kind: "command", command: "x" } } as const;
    assert.equal(rebootWarning({ kind: "machine", item: lab, request }, 1000), null);
    const file = "/lab/vm.boot-test.yaml";
    const item = { kind: "boot-test", file, onlyMissing: false } as const;
    assert.equal(rebootWarning({ kind: "boots", item, request: { ...wanted, file, parameters: "" } }, 1000), null);
  });

  it("says of interrupted boots what is run, with which command line", () => {
    const begun = {
      kind: "boots",
      file: "/lab/vm.boot-test.yaml",
      commandLine: "quiet kernel.entropy-test.src=hw_rng",
      restarts: 1000,
      samplesPerRestart: 1000,
      done: 2,
    } as const;
    const lines = (boot: BootMethod) => bootsDetail(begun, boot).split("\n");
    assert.deepEqual(lines({ method: "command", command: ["./machine.sh", "on"] }), [
      "Boot test: /lab/vm.boot-test.yaml",
      "Boots: by ./machine.sh on",
      "Kernel command line: quiet kernel.entropy-test.src=hw_rng",
      "Restarts: 2 of 1,000, of 1,000 samples each",
    ]);
    assert.equal(lines({ method: "qemu", program: "/opt/qemu" })[1], "Boots: a virtual machine, by /opt/qemu");
  });

  it("says of an interrupted one what would be run, and how many restarts are there", () => {
    const detail = restartsDetail(lab, {
      kind: "restarts",
      machine: lab.address,
      method: "process",
      source: { kind: "command", command: "jent-once" },
      restarts: 1000,
      samplesPerRestart: 1000,
      format: { kind: "bytes" },
      done: 412,
    });
    assert.match(detail, /jent-once/);
    assert.match(detail, /412 of 1,000, of 1,000 samples each/);
  });

  it("is enough for the restart tests with a thousand restarts of a thousand samples", () => {
    assert.ok(isEnough({ restarts: 1000, samplesPerRestart: 1000 }));
    assert.ok(!isEnough({ restarts: 999, samplesPerRestart: 1000 }));
    assert.ok(!isEnough({ restarts: 1000, samplesPerRestart: 999 }));
  });
});
