import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { ConsoleTranscript } from "../../src/formats/console-transcript";
import { readBlockCount } from "../../src/formats/block-count";
import { BlockTestStream, bytesForBlocks } from "../../src/fips140/stream";
import { consoleMachine } from "../../src/machine/console";
import { COUNT_BLOCKS_OF_INPUT } from "../../src/machine/count-blocks";
import { observeMachine } from "../../src/machine/live-checks";
import { probeUserData } from "../../src/machine/user-data";
import type { MachineObservations } from "../../src/model";
import { userError } from "../openstack/support";
import { keystream } from "../fips140/inputs";
import { temporaryFolder } from "../ssh/sshd";

const RUN = "0123456789ab";
/** Less than the slowest of these tests is given. */
const LIMIT_MS = 110_000;

/** The shells and tools that images have: Debian's, and those of the smallest. */
const SHELLS = [
  { name: "dash", command: ["/bin/dash"], applets: null },
  { name: "bash", command: ["/bin/bash", "--norc", "--posix"], applets: null },
  { name: "busybox", command: ["/bin/busybox", "sh"], applets: "/bin/busybox" },
].filter(({ command: [program] }) => existsSync(program));

const folder = temporaryFolder();
after(() => folder.remove());

/** A folder of the tools that a machine has, as links; `without` some, and some in any case this computer's own. */
function tools(applets: string | null, without: readonly string[] = [], ours: readonly string[] = []): string {
  const path = join(folder.path, `tools-${readdirSync(folder.path).length}`);
  mkdirSync(path);
  const names = "awk cat cut grep head mktemp od rm sha256sum sh sleep tr uname wc chmod mkdir".split(" ");
  for (const name of names) {
    const own = [`/usr/bin/${name}`, `/bin/${name}`].find((file) => existsSync(file));
    if (!without.includes(name)) symlinkSync((ours.includes(name) ? null : applets) ?? own ?? "", join(path, name));
  }
  return path;
}

function run(command: readonly string[], path: string, input: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: path, TMPDIR: folder.path }, maxBuffer: 1e8, timeout: LIMIT_MS };
    const [program, ...args] = command;
    const child = execFile(program, args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(error.message));
    });
    child.stdin?.on("error", () => undefined).end(input);
  });
}

/**
 * The script as it is, but for the search path, so that the tests say which tools there are, for the pauses, and for this
 * computer's console, which may be one that nobody reads: whoever writes to it then waits for ever.
 */
const script = (): string =>
  probeUserData({ run: RUN, mirror: null })
    .replace(/^PATH=.*$/m, "")
    .replaceAll(/PATH=\$PATH:[^;]*;/g, ":;")
    .replaceAll("/dev/console", "/dev/null")
    .replace("sleep 3", ":");

async function observe(said: string): Promise<MachineObservations> {
  const transcript = new ConsoleTranscript(RUN);
  transcript.read(said);
  assert.equal(transcript.missing, 0);
  const checks = observeMachine(consoleMachine("probe", "console:1", transcript), new AbortController().signal);
  for (;;) {
    const step = await checks.next();
    if (step.done) return step.value;
  }
}

describe("The user data of a probe server", () => {
  for (const { name, command, applets } of SHELLS) {
    it(`says over the console what the live checks ask, in ${name}, and counts the blocks itself without rngtest`, async () => {
      const file = join(folder.path, `${name}.sh`);
      writeFileSync(file, script());
      // busybox's awk is tried below, on fewer blocks: it takes half a minute for a thousand
      const said = await run([...command, file], tools(applets, [], ["awk"]), "");
      const { kernel, rngd, hwrng, entropyAvail, fips140 } = await observe(said);
      assert.match(kernel.status === "measured" ? kernel.value : kernel.reason, /^Linux \d/);
      assert.equal(rngd.status, "measured");
      assert.equal(hwrng.status, "measured");
      assert.ok(entropyAvail.status === "measured");
      assert.ok(fips140.status === "measured", JSON.stringify(fips140));
      assert.equal(fips140.value.judgedBy, "probe-script");
      assert.equal(fips140.value.successes + fips140.value.failures, 1000);
      assert.ok(fips140.value.failures < 20);
      assert.match(fips140.provenance.asked, /judged by a script because the machine has no rngtest/);
    }).timeout(120_000);
  }

  it("hands on what rngtest says where there is one", async () => {
    const path = tools(null);
    const rngtest = "FIPS 140-2 successes: 998|FIPS 140-2 failures: 2|FIPS 140-2(2001-10-10) Monobit: 2";
    const others = ["Poker", "Runs", "Long run", "Continuous run"].map((test) => `FIPS 140-2(2001-10-10) ${test}: 0`);
    const lines = ["bits received from input: 20000032", ...rngtest.split("|"), ...others].map((l) => `rngtest: ${l}`);
    writeFileSync(join(path, "rngtest"), `#!/bin/sh\ncat >&2 <<end\n${lines.join("\n")}\nend\nexit 1\n`, {
      mode: 0o755,
    });
    const { fips140 } = await observe(await run(["/bin/sh"], path, script()));
    assert.ok(fips140.status === "measured", JSON.stringify(fips140));
    assert.deepEqual([fips140.value.judgedBy, fips140.value.failures], ["rngtest", 2]);
  });

  it("passes nothing off as a count where the machine cannot count", async () => {
    const { fips140 } = await observe(await run(["/bin/sh"], tools(null, ["awk"]), script()));
    assert.ok(fips140.status === "unmeasured");
    assert.match(fips140.reason, /wrote no line "blocks"/);
  });

  it("starts no service and installs no package, with a mirror or without", () => {
    for (const mirror of [null, "http://mirror.example/debian"]) {
      const text = probeUserData({ run: RUN, mirror });
      assert.doesNotMatch(text, /\binstall\b|systemctl (?:start|enable|restart)|service \w+ start|^\s*rngd\b/m);
    }
    assert.doesNotMatch(probeUserData({ run: RUN, mirror: null }), /https?:|apt-get|dpkg/);
  });

  it("takes no mirror that a shell or a sources.list could read in another way", () => {
    for (const mirror of [
      "",
      "mirror",
      "ftp://m/",
      "http://m/'; reboot; '",
      "http://m/ main\ndeb http://n/",
      'http://m/"$(id)',
    ]) {
      assert.throws(() => probeUserData({ run: RUN, mirror }), userError("machine-mirror-invalid"));
    }
  });
});

describe("The count of FIPS 140-2 blocks in awk", () => {
  const good = keystream("count", bytesForBlocks(1000));

  async function agrees(bytes: Buffer, blocks: number): Promise<void> {
    const tests = new BlockTestStream(blocks);
    tests.update(bytes);
    const wanted = { ...tests.result(), judgedBy: "probe-script" };
    for (const { name, command, applets } of blocks > 100 ? SHELLS.slice(0, 1) : SHELLS) {
      const text = await run([...command, "-c", COUNT_BLOCKS_OF_INPUT], tools(applets), bytes);
      assert.deepEqual(readBlockCount(text, blocks), { ok: true, result: wanted }, name);
    }
  }

  it("agrees with ours on good bytes", () => agrees(Buffer.from(good), 1000)).timeout(120_000);

  it("agrees with ours on bytes that are bad in every way", async () => {
    const worsen = fc.record({
      block: fc.nat(19),
      at: fc.nat(2400),
      length: fc.nat(100),
      step: fc.integer({ min: 1, max: 40 }),
      value: fc.constantFrom(0, 255, 1, 128, 85, 240),
      mix: fc.constantFrom("set", "or", "and"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(worsen, { minLength: 5, maxLength: 40 }), async (changes) => {
        const bytes = Buffer.from(good.subarray(0, bytesForBlocks(20)));
        for (const { block, at, length, step, value, mix } of changes) {
          for (let i = 4 + block * 2500 + at, end = Math.min(i + length * step, bytes.length); i < end; i += step) {
            bytes[i] = mix === "set" ? value : mix === "or" ? bytes[i] | value : bytes[i] & value;
          }
        }
        await agrees(bytes, 20);
      }),
      { numRuns: 5 },
    );
  }).timeout(120_000);

  it("is no count when the bytes end early", async () => {
    const text = await run(
      ["/bin/sh", "-c", COUNT_BLOCKS_OF_INPUT],
      tools(null),
      Buffer.from(good.subarray(0, 10_000)),
    );
    assert.deepEqual(readBlockCount(text, 1000), { ok: false, reason: "counted 3 of 1000 blocks" });
  });

  it("is never taken from a text that is not its own", () => {
    fc.assert(fc.property(fc.string(), (text) => !readBlockCount(text, 1000).ok));
    assert.equal(
      readBlockCount("blocks 1000\nfailures 5\nmonobit 0\npoker 0\nruns 0\nlong-run 0\ncontinuous-run 0", 1000).ok,
      false,
    );
  });
});
