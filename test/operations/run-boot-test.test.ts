import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { UserError } from "../../src/errors";
import type { BootTestReport } from "../../src/model";
import { runBootTest, type RunBootTestRequest } from "../../src/operations/run-boot-test";
import { toJson } from "../../src/report/json";
import schema from "../../src/report/report.schema.json";
import { bootFolder, never, script } from "../boot/support";
import { keystream } from "../datasets";
import { until } from "../until";
import { useWorkers } from "../workers/fixture";

const LENGTH = 5000;

describe("running a boot test", () => {
  const home = bootFolder();
  let folder: { readonly path: string; readonly remove: () => void };
  const workers = useWorkers();
  before(() => writeFileSync(join(home.path, "noise"), keystream("boot test", LENGTH)));
  after(() => home.remove());
  beforeEach(() => (folder = bootFolder()));
  afterEach(() => folder.remove());

  /** A machine whose raw data are four bits wide and slow to draw, and whose processed data look random. */
  const MACHINE = `echo "$ENTROPY_CMDLINE" >>"$0.boots"
case "$ENTROPY_CMDLINE" in
  *raw=true*ml=8*) tr '\\0-\\377' '[\\0*128][\\1*]' <"$NOISE" >"$ENTROPY_OUTPUT"; ns=2000000000 ;;
  *raw=true*) tr '\\0-\\377' '[\\0*128][\\1*]' <"$NOISE" >"$ENTROPY_OUTPUT"; ns=1000000000 ;;
  *) cp "$NOISE" "$ENTROPY_OUTPUT"; ns=1000000000 ;;
esac
echo "entropy-boot-test: successful draw in $ns nanoseconds."`;

  const MATRIX = `iterations: 2
matrix:
  - kernel.jitterentropy.raw: [true, false]
  - kernel.jitterentropy.ml: [1, 8]
`;

  function define(body: string, more = MATRIX): string {
    script(join(folder.path, "machine"), `NOISE="${join(home.path, "noise")}"\n${body}`);
    const file = join(folder.path, "jitter.boot-test.yaml");
    writeFileSync(
      file,
      `arch: x86\nsource: jitterentropy\nlength: ${LENGTH}\nboot: { method: command, command: [./machine] }\n${more}`,
    );
    return file;
  }

  async function run(
    file: string,
    more: Partial<RunBootTestRequest> = {},
    signal = never,
  ): Promise<{ report: BootTestReport; fractions: readonly (number | null)[]; messages: readonly string[] }> {
    const fractions: (number | null)[] = [];
    const messages: string[] = [];
    let report: BootTestReport | null = null;
    for await (const event of runBootTest({ file, onlyMissing: false, iterations: null, ...more }, workers, signal)) {
      assert.equal(report, null, "the report comes last");
      if (event.type === "report") report = event.report;
      else {
        fractions.push(event.fraction);
        messages.push(event.message);
      }
    }
    assert.ok(report !== null);
    return { report, fractions, messages };
  }

  const boots = (): readonly string[] =>
    readFileSync(join(folder.path, "machine.boots"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (line.match(/(?<=\.)(?:raw|ml)=\w+/g) ?? []).join(" "));

  it("boots iteration after iteration through the whole matrix, the last axis fastest", async () => {
    const { report, messages } = await run(define(MACHINE));
    const matrix = ["raw=true ml=1", "raw=true ml=8", "raw=false ml=1", "raw=false ml=8"];
    assert.deepEqual(boots(), [...matrix, ...matrix]);
    assert.deepEqual(
      readdirSync(join(folder.path, "jitter")).filter((name) => name.endsWith(".meta")),
      Array.from({ length: 8 }, (_, i) => `entropy.00000000${i}.meta`),
    );
    assert.deepEqual(
      report.sets.map(({ runs }) => runs.map(({ number }) => number)),
      [0, 1, 2, 3].map((set) => [set, set + 4]),
    );
    assert.ok(messages.includes("Boot 1 of 8, raw=true ml=1"));
    assert.ok(messages.some((message) => /^Boot 8 of 8, raw=false ml=8, about \d+ s left/.test(message)));
    assert.ok(messages.some((message) => message.startsWith("Run 7, 8 of 8: ")));
  });

  it("says of each set what it gives, per sample and per second, raw beside processed, and which is best", async () => {
    const { report } = await run(define(MACHINE), { iterations: 1 });
    assert.equal(report.verdict, "pass");
    assert.deepEqual([report.booted, report.failed, report.iterations], [4, [], 1]);
    assert.deepEqual(
      report.sets.map(({ data }) => data),
      ["raw", "raw", "processed", "processed"],
    );
    assert.deepEqual(report.pairs, [
      { raw: 0, processed: 2 },
      { raw: 1, processed: 3 },
    ]);
    const [raw, slow, processed] = report.sets;
    assert.ok(raw.minEntropy !== null && raw.bitsPerSecond !== null && slow.bitsPerSecond !== null);
    assert.ok(raw.minEntropy.median < 1 && (processed.minEntropy?.median ?? 0) > 5);
    assert.equal(raw.bitsPerSecond.median, raw.minEntropy.median * LENGTH);
    assert.equal(slow.bitsPerSecond.median, raw.bitsPerSecond.median / 2);
    assert.equal(report.best, 0, "the processed ones do not count");
    assert.equal(report.warnings.length, 1, "ml has no effect on processed data");
    assert.equal(raw.runs[0].samples.input.bits, 8);
    assert.equal(raw.runs[0].drawNanoseconds, 1e9);
    const validate = new Ajv().compile(schema);
    assert.ok(validate(JSON.parse(toJson(report))), JSON.stringify(validate.errors));
  });

  it("only moves forward", async () => {
    const { fractions } = await run(define(MACHINE), { iterations: 1 });
    const known = fractions.filter((fraction) => fraction !== null);
    assert.ok(
      known.every((fraction, i) => fraction >= (known[i - 1] ?? 0) && fraction <= 1),
      String(known),
    );
  });

  it("boots only what is missing, and numbers on", async () => {
    const file = define(MACHINE, MATRIX.replace("iterations: 2", "iterations: 1"));
    await run(file);
    const second = await run(file, { onlyMissing: true });
    assert.equal(second.report.booted, 0);
    assert.equal(second.report.sets.flatMap(({ runs }) => runs).length, 4);
    const third = await run(file, { onlyMissing: true, iterations: 2 });
    assert.equal(third.report.booted, 4);
    assert.equal(boots().length, 8);
    const whole = await run(file, { iterations: 1 });
    assert.deepEqual(
      whole.report.sets.map(({ runs }) => runs.length),
      [3, 3, 3, 3],
    );
    assert.equal(boots().length, 12);
  });

  it("leaves out runs that were booted otherwise, and counts them", async () => {
    await run(define(MACHINE, ""));
    const { report } = await run(define(MACHINE, "words: [quiet]\n"));
    assert.deepEqual([report.others, report.sets[0].runs.map(({ number }) => number)], [1, [1]]);
  });

  it("goes on after a boot that failed, tells of it, and is inconclusive", async () => {
    const file = define(
      `case "$ENTROPY_CMDLINE" in *ml=8*) printf 123 >"$ENTROPY_OUTPUT"; echo odd; exit 4 ;; esac\n${MACHINE}`,
      "matrix: [{ kernel.jitterentropy.ml: [1, 8, 2] }]\n",
    );
    const { report } = await run(file);
    assert.equal(report.verdict, "inconclusive");
    assert.deepEqual(
      report.failed.map(({ set, number }) => [set, number]),
      [[1, 1]],
    );
    assert.match(report.failed[0].message, /ended with exit code 4: odd\.$/);
    assert.deepEqual(report.unfinished, [join(folder.path, "jitter/entropy.000000001.bin")]);
    assert.equal(report.booted, 2);
    assert.deepEqual(report.sets[1].minEntropy, null);
  });

  it("follows the numbers of a checkout's run-boot-test, which a boot that leaves no data does not use up", async () => {
    const scripts = join(folder.path, "zircon/scripts/entropy-test");
    script(join(scripts, "make-parallel"), "");
    script(
      join(scripts, "run-boot-test"),
      `for runs; do :; done
if [ ! -e "$0.failed" ]; then touch "$0.failed"; echo no power; exit 1; fi
n=$(ls "$runs" | grep -c bin$)
cp "${join(home.path, "noise")}" "$runs/entropy.00000000$n.bin"
case "$*" in *raw=true*) raw=true;; *) raw=false;; esac
printf 'arch         x86\\ncmdline      kernel.jitterentropy.raw=%s kernel.entropy-test.src=jitterentropy kernel.entropy-test.len=${LENGTH} zircon.nodename=n \\n' $raw >"$runs/entropy.00000000$n.meta"`,
    );
    const file = join(folder.path, "theirs.boot-test.yaml");
    writeFileSync(
      file,
      `arch: x86\nsource: jitterentropy\nlength: ${LENGTH}\niterations: 2\nmatrix: [{ kernel.jitterentropy.raw: [true, false] }]\n` +
        "boot: { method: checkout, checkout: zircon, target: qemu }\n",
    );
    const { report } = await run(file);
    assert.deepEqual([report.booted, report.failed.length], [3, 1]);
    assert.equal(report.failed[0].consoleEnd, "no power\n");
    assert.deepEqual(
      report.sets.map(({ runs }) => runs.map(({ number }) => number)),
      [[1], [0, 2]],
    );
  });

  it("gives up after three failures in a row", async () => {
    const file = define('echo x >>"$0.boots"; exit 1', "iterations: 50\n");
    const { report } = await run(file);
    assert.deepEqual([report.booted, report.failed.length, report.verdict], [0, 3, "inconclusive"]);
    assert.equal(boots().length, 3);
  });

  it("does not start with a program that is not there", async () => {
    const file = join(folder.path, "x.boot-test.yaml");
    writeFileSync(file, "arch: x86\nsource: a\niterations: 5\nboot: { method: command, command: [./no] }\n");
    await assert.rejects(run(file), (error) => error instanceof UserError && error.code === "boot-program-missing");
  });

  it("ends when it is aborted, and goes on later where it was", async () => {
    const abort = new AbortController();
    const file = define(`[ -e "$0.boots" ] && [ ! -e "$0.again" ] && { touch "$0.waits"; sleep 1000; }\n${MACHINE}`);
    const running = run(file, {}, abort.signal);
    await until("the second boot waits", () => existsSync(join(folder.path, "machine.waits")), running);
    abort.abort(new Error("stopped"));
    await assert.rejects(running, /^Error: stopped$/);
    writeFileSync(join(folder.path, "machine.again"), "");
    const { report } = await run(file, { onlyMissing: true, iterations: 1 });
    assert.equal(report.booted, 3);
    assert.deepEqual(
      report.sets.map(({ runs }) => runs.length),
      [1, 1, 1, 1],
    );
  });

  it("fails a source that gives one symbol only", async () => {
    const { report } = await run(
      define(
        'head -c "$ENTROPY_LENGTH" /dev/zero >"$ENTROPY_OUTPUT"; echo "entropy-boot-test: successful draw in 5 nanoseconds."',
        "",
      ),
    );
    assert.equal(report.verdict, "fail");
    assert.deepEqual(report.sets[0].minEntropy, { least: 0, median: 0, greatest: 0 });
  });
});
