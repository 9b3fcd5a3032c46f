import assert from "node:assert/strict";
import {
  isEnough,
  rebootWarning,
  restartMethodChoices,
  restartPlaceChoices,
  restartsDetail,
  restartsNameFor,
} from "../../src/vscode/restart-model";

const local = { kind: "machine", name: "this machine", address: "local" } as const;
const lab = { kind: "machine", name: "lab-7", address: "ssh://root@lab-7" } as const;
const values = <T>(choices: readonly { readonly value: T }[]): readonly T[] => choices.map(({ value }) => value);

describe("what is asked before restarts are collected", () => {
  it("offers reboots of other machines, never of this one", () => {
    assert.deepEqual(values(restartMethodChoices(lab)), ["process", "reboot"]);
    assert.deepEqual(values(restartMethodChoices(local)), ["process"]);
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
    const usual = { method: { kind: "reboot", command: null }, source: { kind: "hwrng" } } as const;
    const warning = rebootWarning(lab, usual, 1000) ?? assert.fail();
    assert.equal(warning.message, "lab-7 will be rebooted 1,000 times.");
    assert.equal(warning.button, "Reboot It 1,000 Times");
    assert.match(warning.detail, /ssh:\/\/root@lab-7/);
    assert.match(warning.detail, /hwrng/);
    const own = { ...usual, method: { kind: "reboot", command: "ipmitool power cycle" } } as const;
    assert.match(rebootWarning(lab, own, 1)?.detail ?? "", /By: ipmitool power cycle/);
    assert.equal(rebootWarning(lab, own, 1)?.message, "lab-7 will be rebooted once.");
  });

  it("warns of no reboot where a process is started anew", () => {
    const request = { method: { kind: "process" }, source: { kind: "command", command: "x" } } as const;
    assert.equal(rebootWarning(lab, request, 1000), null);
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
