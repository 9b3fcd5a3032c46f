import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { COMMANDS } from "../../src/machine/commands";
import { afterMark, OUTPUT_FOLLOWS, throughLoginShell } from "../../src/machine/login-shell";

// eslint-disable-next-line @typescript-eslint/require-await -- an async iterable of what is there already
async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function strip(...chunks: Uint8Array[]): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  for await (const chunk of afterMark(chunksOf(...chunks), "machine")) kept.push(chunk);
  return Buffer.concat(kept);
}

describe("a command through a login shell", () => {
  it("is one line that every shell reads alike, for every command of the live checks", () => {
    for (const command of Object.values(COMMANDS)) {
      assert.equal(throughLoginShell(command), `exec sh -c 'echo entropy-check-output-follows; ${command}'`);
    }
  });

  it("is refused when a shell might read it in its own way", () => {
    for (const command of ["echo 'a'", "echo \\$HOME", "echo a\necho b", "echo hi!"]) {
      assert.throws(() => throughLoginShell(command), /read this differently/);
    }
  });

  for (const shell of ["/bin/sh", "/bin/bash"]) {
    it(`runs in ${shell}, with its variables and its exit code left to the inner shell`, () => {
      const line = throughLoginShell('for i in 1 2; do echo "$i"; done; exit 3');
      assert.throws(
        () => execFileSync(shell, ["-c", line], { stdio: "pipe" }),
        (error) =>
          error instanceof Error &&
          "status" in error &&
          error.status === 3 &&
          "stdout" in error &&
          String(error.stdout) === `${OUTPUT_FOLLOWS.toString()}1\n2\n`,
      );
    });
  }

  it("writes what comes after the mark, however it is cut, whatever the start-up files wrote before", async () => {
    const content = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.string(), content, fc.array(fc.nat(300)), async (noise, output, cuts) => {
        const all = Buffer.concat([Buffer.from(noise), OUTPUT_FOLLOWS, output]);
        const ends = [...cuts.map((cut) => Math.min(cut, all.length)), all.length].sort((a, b) => a - b);
        const chunks = ends.map((end, i) => all.subarray(i === 0 ? 0 : ends[i - 1], end));
        assert.deepEqual(await strip(...chunks), Buffer.from(output));
      }),
    );
  });

  it("that never comes to the mark tells what came instead, in a few harmless words", async () => {
    await assert.rejects(
      strip(Buffer.from("This account is \u001b[31mnot\u001b[0m available.\n")),
      (error) =>
        error instanceof UserError &&
        error.code === "machine-shell-strange" &&
        error.message.endsWith('it said "This account is [31mnot [0m available.".'),
    );
    await assert.rejects(strip(Buffer.alloc(1_000_000, "noise ")), { code: "machine-shell-strange" });
  });
});
