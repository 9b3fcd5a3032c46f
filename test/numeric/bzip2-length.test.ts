import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { bzip2Length } from "../../src/numeric/bzip2-length";
import { keystream } from "../datasets";
import golden from "../golden/bzip2.json";

/** Inputs of all kinds: runs of every length, few values and many, periods, a block more and a block less. */
function inputs(): Uint8Array[] {
  const few = [0, 1, 2, 3, 4, 5, 17, 255, 256, 259, 600, 1000].map((length) =>
    keystream(`few ${length}`, length).map((b) => b & 3),
  );
  const runs = [1, 3, 4, 5, 254, 255, 256, 259, 1000].map((run) =>
    Uint8Array.from({ length: 5000 }, (_, i) => keystreamed[Math.floor(i / run) & 0xfff]),
  );
  const wide = [199, 200, 599, 600, 1199, 1200, 2399, 2400, 20_000].map((length) =>
    keystream(`wide ${length}`, length),
  );
  const skewed = [20, 40, 60].map((bits) => keystreamed.map((b, i) => Math.clz32((b << 24) | i) % bits));
  const periodic = [1, 2, 7, 250].map((period) =>
    Uint8Array.from({ length: 120_000 }, (_, i) => keystreamed[i % period]),
  );
  return [...few, ...runs, ...wide, ...skewed, ...periodic, keystream("blocks", 250_000).map((b) => b & 15)];
}
const keystreamed = keystream("runs", 4096);

const PYTHON = `
import bz2, sys
data = sys.stdin.buffer
while True:
    head = data.read(4)
    if not head: break
    text = data.read(int.from_bytes(head, "big"))
    print(len(bz2.compress(text, 1)), len(bz2.compress(text, 5)))`;

function byPython(): [number, number][] | null {
  const input = Buffer.concat(
    inputs().flatMap((bytes) => {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(bytes.length);
      return [head, bytes];
    }),
  );
  const { status, stdout } = spawnSync("python3", ["-c", PYTHON], { input, encoding: "utf8" });
  if (status !== 0) return null;
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number) as [number, number]);
}

describe("the length that bzip2 would have", () => {
  const ours = (): [number, number][] => inputs().map((bytes) => [bzip2Length(bytes, 1), bzip2Length(bytes, 5)]);

  it("is libbz2's, byte for byte", () => {
    assert.deepEqual(ours(), golden.lengths);
  });

  it("is that of the libbz2 on this machine, where Python has it", function () {
    const theirs = byPython();
    if (theirs === null) this.skip();
    assert.deepEqual(ours(), theirs);
  });
});
