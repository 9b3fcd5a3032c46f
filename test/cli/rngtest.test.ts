import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRngtest } from "../../src/formats/rngtest";
import { keystream, makeInput } from "../fips140/inputs";
import figures from "../golden/rngtest/figures.json";
import { runCli } from "./bundle";

const WHOLE = 2_500_004;
const golden = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../golden/rngtest/rng-tools5-${name}.txt`), "utf8");

/** Without what differs from run to run. */
const timeless = (text: string): string =>
  text.replace(/\(min=\d+\.\d{3}; avg=\d+\.\d{3}; max=\d+\.\d{3}\)[KMGT]?i?bits\/s|\d+ microseconds/g, "...");

describe("entropy-check rngtest", () => {
  const run = (input: Uint8Array, ...args: readonly string[]) =>
    runCli(["rngtest", ...args], { cwd: tmpdir(), input, encoding: "latin1" });

  for (const [name, input, code] of [
    ["good", keystream("good-7", WHOLE), 1],
    ["zeros", new Uint8Array(WHOLE), 1],
    ["short", keystream("short", 100_000), 0],
    ["no-block", keystream("short", 2503), 1],
    ["empty", new Uint8Array(0), 1],
  ] as const)
    it(`writes what rngtest writes of the input "${name}", to standard error, and exits ${code}`, async () => {
      const outcome = await run(input, "-c", "1000");
      assert.deepEqual([outcome.code, outcome.stdout], [code, ""]);
      const [header, ...lines] = outcome.stderr.split(/(?<=\n)\n/);
      assert.match(header, /^rngtest of entropy-check \d+\.\d+\.\d+, in the words of rngtest 5\n$/);
      assert.equal(timeless(lines.join("")), timeless(golden(name)));
    });

  it("repeats the statistics with -b", async () => {
    const { stderr } = await run(keystream("good-7", WHOLE), "-c", "1000", "-b", "300");
    assert.equal(timeless(stderr.slice(stderr.indexOf("rngtest: "))), timeless(golden("repeated")));
  });

  it("repeats them with -t no more often than asked", async () => {
    const { stderr } = await run(keystream("good-7", WHOLE), "-c", "1000", "-t", "3600");
    assert.equal(stderr.match(/bits received/g)?.length, 1);
  });

  it("counts what rngtest counts, so that its readers can read it", async () => {
    for (const { label, shape, length, successes, failures, failuresByTest } of figures.figures.slice(0, 4)) {
      const { stderr } = await run(makeInput(label, shape as Parameters<typeof makeInput>[1], length), "-c", "1000");
      const reading = readRngtest(stderr, 1000);
      assert.ok(reading.ok, stderr);
      assert.deepEqual(
        { ...reading.result, judgedBy: "" },
        { judgedBy: "", blocksRequested: 1000, successes, failures, failuresByTest },
      );
    }
  });

  it("copies good blocks alone to standard output with -p, works silently, and drops one word more", async () => {
    const input = keystream("pipe", 8 + 3 * 2500);
    input.fill(0, 8 + 2500, 8 + 5000);
    const { code, stdout, stderr } = await run(input, "-p");
    assert.equal(code, 1);
    const good = Buffer.concat([input.subarray(8, 8 + 2500), input.subarray(8 + 5000)]);
    assert.ok(Buffer.from(stdout, "latin1").equals(good));
    assert.match(stderr, /^rngtest: bits received from input: 60064\nrngtest: bits sent to output: 40000\n/);
    assert.match(stderr, /\nrngtest: output channel speed: \(min=/);
    assert.doesNotMatch(stderr, /starting|drained/);
  });

  it("reads no further than its blocks", async () => {
    const { stderr } = await run(keystream("good-7", WHOLE), "--blockcount=2");
    assert.match(stderr, /bits received from input: 40032\n.*successes: 2\n/);
  });

  it("exits 10 for bad usage", async () => {
    for (const args of [["-c", "many"], ["-c"], ["-x"], ["file"]]) {
      const { code, stdout, stderr } = await run(new Uint8Array(0), ...args);
      assert.deepEqual([code, stdout], [10, ""], args.join(" "));
      assert.match(stderr, /^Usage: rngtest /);
    }
  });
});
