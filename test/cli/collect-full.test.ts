import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseMeta } from "../../src/formats/meta";
import { bundles } from "../bundles";
import { temporaryFolder } from "../ssh/sshd";
import { runCli } from "./bundle";

/** Files may not grow beyond a limit, so that a write stops in its middle, as on a disk that is full. */
describe("entropy-check collect on a full disk", () => {
  const folder = temporaryFolder();
  const cwd = folder.path;
  after(() => folder.remove());
  const there = (stem: string): readonly string[] =>
    readdirSync(cwd)
      .filter((name) => name.startsWith(stem))
      .sort();
  const collect = (source: string, count: number, out: string): readonly string[] => [
    ...["collect", "local", "--source", source, "--count", String(count), "--out", out, "--no-assess"],
  ];

  /** @param blocks of 512 bytes */
  function limited(blocks: number, args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
    const words = [process.execPath, join(bundles(), "cli.js"), ...args];
    return new Promise((done) => {
      const child = execFile(
        "/bin/sh",
        ["-c", `ulimit -f ${blocks}; exec "$@"`, "sh", ...words],
        { cwd, env: { PATH: process.env["PATH"], HOME: cwd }, timeout: 60_000 },
        (_, _out, stderr) => done({ code: child.exitCode, stderr }),
      );
    });
  }

  it("keeps what it could write, also of the last chunk, and goes on", async () => {
    const data = randomBytes(11_000);
    writeFileSync(join(cwd, "data"), data);
    const args = collect(`file:${join(cwd, "data")}`, data.length, "short.bin");
    const { code, stderr } = await limited(17, args);
    assert.deepEqual([code, /short\.bin cannot be written \(EFBIG\)/.test(stderr)], [2, true], stderr);
    assert.ok(readFileSync(join(cwd, "short.bin")).equals(data.subarray(0, 17 * 512)));
    const again = await runCli([...args, "--resume"], { cwd });
    assert.equal(again.code, 0, again.stderr);
    assert.ok(readFileSync(join(cwd, "short.bin")).equals(data));
  });

  it("leaves no .meta that is not whole, and goes on", async () => {
    // the journal has room, the .meta has not
    const args = collect(`command:: ${"x".repeat(700)}; head -c 300 /dev/urandom`, 300, "noted.bin");
    const { code, stderr } = await limited(2, args);
    assert.deepEqual([code, /noted\.meta cannot be written \(EFBIG\)/.test(stderr)], [2, true], stderr);
    assert.deepEqual(there("noted"), ["noted.bin", "noted.bin.unfinished"]);
    const again = await runCli([...args, "--resume"], { cwd });
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(there("noted"), ["noted.bin", "noted.meta"]);
    assert.equal(parseMeta(readFileSync(join(cwd, "noted.meta"), "utf8")).get("samples"), "300");
  });

  it("leaves nothing where nothing could be written", async () => {
    const { code, stderr } = await limited(0, collect("urandom", 300, "nothing.bin"));
    assert.deepEqual([code, /cannot be written \(EFBIG\)/.test(stderr)], [2, true], stderr);
    assert.deepEqual(there("nothing"), []);
  });
});
