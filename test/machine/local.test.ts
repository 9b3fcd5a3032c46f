import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { UserError } from "../../src/errors";
import { openLocalMachine } from "../../src/machine/local";
import type { RunOptions } from "../../src/machine/machine";
import { until } from "../until";

const machine = openLocalMachine({ kind: "local", name: "this machine" });
const options: RunOptions = { signal: new AbortController().signal, maxOutput: 10_000, timeout: 60_000 };

/** How many processes have this word in their command line. */
function running(word: string): number {
  const list = execFileSync("/bin/sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'; true"]);
  return list
    .toString()
    .split("\n")
    .filter((line) => line === word).length;
}

const hasCode = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

describe("a command on this machine", () => {
  it("gives its output, its errors and its exit code", async () => {
    const result = await machine.run("echo out; echo err >&2; exit 7", options);
    assert.deepEqual(
      { ...result, stdout: result.stdout.toString() },
      { stdout: "out\n", stderr: "err\n", exitCode: 7 },
    );
  });

  it("has no exit code when a signal ended it", async () => {
    assert.equal((await machine.run("kill -9 $$", options)).exitCode, null);
  });

  it("is stopped when it writes too much", async () => {
    await assert.rejects(machine.run("exec yes 31415926", options), hasCode("machine-too-much-output"));
  });

  it("may write any amount of errors, of which the beginning is kept", async () => {
    const { stderr } = await machine.run("head -c 1000000 /dev/zero >&2", options);
    assert.equal(stderr.length, 16 * 1024);
  });

  it("is stopped when its time is up, with everything that it started", async () => {
    await assert.rejects(
      machine.run("sleep 27182.1; true", { ...options, timeout: 300 }),
      hasCode("machine-command-timeout"),
    );
    await gone("27182.1");
  });

  it("is stopped when the signal says so, with the signal's reason", async () => {
    const abort = new AbortController();
    const run = machine.run("sleep 27182.2; true", { ...options, signal: abort.signal });
    abort.abort();
    await assert.rejects(run, { name: "AbortError" });
    await gone("27182.2");
  });

  it("is stopped when it is in the middle and the signal says so", async () => {
    const abort = new AbortController();
    const stream = machine.stream("echo started; sleep 27182.3; true", abort.signal);
    await assert.rejects(
      async () => {
        for await (const chunk of stream) {
          assert.equal(Buffer.from(chunk).toString(), "started\n");
          abort.abort();
        }
      },
      { name: "AbortError" },
    );
    await gone("27182.3");
  });

  it("hands its output on as it is, and waits for a consumer that is slow", async () => {
    let length = 0;
    for await (const chunk of machine.stream("head -c 3000000 /dev/zero", options.signal)) {
      length += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(length, 3_000_000);
  });

  it("ends with the loop that consumes it", async () => {
    for await (const chunk of machine.stream("exec yes 27182818", options.signal)) {
      assert.ok(chunk.length > 0);
      break;
    }
    await gone("27182818");
  });

  it("that fails after its output fails the loop, with what it said", async () => {
    await assert.rejects(
      async () => {
        for await (const chunk of machine.stream("echo some; echo no such device >&2; exit 5", options.signal)) {
          assert.equal(Buffer.from(chunk).toString(), "some\n");
        }
      },
      (error) =>
        error instanceof UserError &&
        error.code === "machine-command-failed" &&
        error.message.endsWith("ended with exit code 5 on this machine: no such device."),
    );
  });
});

/** Waits until no process has this word. */
function gone(word: string): Promise<void> {
  return until(`no process has the word ${word}`, () => running(word) === 0);
}
