import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import type { OperationEvent, SamplesReport, Verdict } from "../../src/model";
import { assessSamples, INITIAL_NON_IID, type AssessSamplesRequest } from "../../src/operations/assess-samples";
import { drifting, keystream } from "../datasets";
import { useWorkers } from "../workers/fixture";

/** What a test asks for beside a file and a width. */
type Asked = Partial<Pick<AssessSamplesRequest, keyof typeof INITIAL_NON_IID>>;

const requestOf = (file: string, bits: number | null, asked: Asked = {}): AssessSamplesRequest => ({
  file,
  bits,
  format: null,
  reduction: { kind: "automatic" },
  subset: null,
  ...INITIAL_NON_IID,
  ...asked,
});

describe("assessing a file of samples", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-assess-"));
  const workers = useWorkers();
  after(() => rmSync(folder, { recursive: true }));

  async function assess(
    samples: Uint8Array,
    bits: number | null,
    asked: Asked = {},
  ): Promise<{ report: SamplesReport; progress: readonly (number | null)[]; messages: readonly string[] }> {
    const file = join(folder, "samples.bin");
    writeFileSync(file, samples);
    const events: OperationEvent<SamplesReport>[] = [];
    for await (const event of assessSamples(requestOf(file, bits, asked), workers, new AbortController().signal))
      events.push(event);
    const last = events.pop();
    assert.ok(last?.type === "report");
    assert.ok(!events.some(({ type }) => type === "report"), "the report comes once, and last");
    const moves = events.flatMap((event) => (event.type === "progress" ? [event] : []));
    return { report: last.report, progress: moves.map((m) => m.fraction), messages: moves.map((m) => m.message) };
  }

  async function refuses(file: string, bits: number | null, code: string, ...words: readonly RegExp[]): Promise<void> {
    const run = async (): Promise<void> => {
      const events = assessSamples(requestOf(file, bits), workers, new AbortController().signal);
      while (!(await events.next()).done);
    };
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof UserError && error.code === code, String(error));
      for (const word of words) assert.match(`${error.message} ${error.remedy}`, word);
      return true;
    });
  }

  function write(name: string, bytes: readonly number[]): string {
    writeFileSync(join(folder, name), Uint8Array.from(bytes));
    return join(folder, name);
  }

  const verdicts = (report: SamplesReport): Record<string, Verdict> =>
    Object.fromEntries(report.findings.map(({ rule, verdict }) => [rule.replace("sp800-90b-", ""), verdict]));

  it("reports every estimate, the assessed minimum, what was read, and what the rules say of it", async () => {
    const { report } = await assess(keystream("assess", 20_000), null);
    assert.equal(report.estimates.length, 17);
    assert.ok(report.minEntropy !== null && report.minEntropy > 4 && report.minEntropy < 8);
    assert.deepEqual(report.input.bits, 8);
    assert.deepEqual(verdicts(report), { "constant-source": "pass", "sample-size": "fail", "symbol-width": "pass" });
    assert.equal(report.verdict, "pass", "too few samples are a warning");
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  it("reads other formats than bytes, and tells what it did to the data", async () => {
    const lines = Array.from(keystream("lines", 3000), (byte) => `${1_000_000_000_000 + byte}\n`).join("");
    const { report } = await assess(Buffer.from(lines), null);
    assert.deepEqual([report.input.samples, report.input.symbols, report.input.bits], [3000, 256, 8]);
    const steps = report.input.preparation;
    assert.deepEqual(
      steps.map(({ step }) => step),
      ["decoded", "translated"],
    );
    assert.ok(steps[0].step === "decoded" && steps[0].format === "decimal" && steps[0].guessedBecause !== null);
  });

  it("takes a file for bytes when its width is stated, as the NIST tools do", async () => {
    const { report } = await assess(Buffer.from("12\n13\n".repeat(500)), 8);
    assert.equal(report.input.samples, 3000);
  });

  it("assesses binary samples as they are, without a bitstring", async () => {
    const { report } = await assess(
      keystream("assess", 20_000).map((byte) => byte & 1),
      1,
    );
    assert.equal(report.estimates.length, 10);
    assert.equal(report.hBitstring, null);
  });

  it("warns of a width that the samples do not need", async () => {
    const { report } = await assess(
      keystream("assess", 5000).map((byte) => byte & 3),
      8,
    );
    assert.equal(verdicts(report)["symbol-width"], "fail");
    assert.equal(report.verdict, "pass");
  });

  it("fails a source that gives one symbol only, and awards it no entropy", async () => {
    const { report } = await assess(new Uint8Array(3000).fill(7), 8);
    assert.equal(verdicts(report)["constant-source"], "fail");
    assert.deepEqual([report.verdict, report.minEntropy, report.hBitstring], ["fail", 0, null]);
  });

  it("refuses data wider than stated: which value, where, and what would fit", () =>
    refuses(write("narrow", [1, 2, 9, 200]), 3, "formats-symbol-width-too-narrow", /sample 2 is 9/, /--bits 8/));

  it("refuses a width that is not from 1 to 8", async () => {
    for (const bits of [0, 9, 2.5, NaN]) await refuses(write("plain", [0]), bits, "formats-symbol-width-invalid");
  });

  it("refuses what is missing, a directory, or empty, each with its own words", async () => {
    await refuses(join(folder, "missing"), null, "formats-samples-unreadable", /ENOENT/);
    await refuses(folder, null, "formats-samples-directory");
    await refuses(write("empty", []), null, "formats-samples-empty");
  });

  it("answers a single sample, and a few", async () => {
    assert.equal((await assess(Uint8Array.of(3), null)).report.minEntropy, 0);
    for (const samples of [2, 10, 20]) {
      const { report } = await assess(keystream("few", samples), 8);
      assert.ok(report.minEntropy !== null && report.minEntropy >= 0 && report.minEntropy <= 8);
      for (const { minEntropy, notComputed } of report.estimates)
        assert.equal(minEntropy === null, notComputed !== null);
    }
  });

  it("tells its progress from nothing to all, and by which estimator", async () => {
    const { progress, messages } = await assess(keystream("assess", 50_000), 8);
    assert.equal(progress[0], 0);
    const fractions = progress.map(Number);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.ok(fractions.length >= 12 && fractions.every((f) => f < 1 + 1e-9));
    assert.ok(messages.includes("MultiMMC prediction (literal)"));
  });

  it("stops at once when it is aborted, with the reason, and leaves the pool usable", async () => {
    const file = join(folder, "long.bin");
    writeFileSync(file, keystream("long", 1_000_000));
    const abort = new AbortController();
    const events = assessSamples(requestOf(file, 8), workers, abort.signal);
    await assert.rejects(async () => {
      for await (const event of events)
        if (event.type === "progress" && event.message.includes("prediction")) abort.abort(new Error("enough"));
    }, /enough/);
    assert.equal((await assess(keystream("after", 2000), 8)).report.estimates.length, 17);
  });

  it("ends its threads' work when nobody listens any longer", async () => {
    const file = join(folder, "long.bin");
    writeFileSync(file, keystream("long", 1_000_000));
    for await (const event of assessSamples(requestOf(file, 8), workers, new AbortController().signal))
      if (event.type === "progress" && event.message.includes("prediction")) break;
    assert.equal((await assess(keystream("after", 2000), 8)).report.estimates.length, 17);
  });

  describe("on the IID track", () => {
    const noise = keystream("iid", 20_000).map((byte) => byte & 7);
    const drift = drifting();
    const finding = ({ findings }: SamplesReport) => findings.find(({ rule }) => rule === "sp800-90b-iid");
    const estimators = ({ estimates }: SamplesReport) => estimates.map(({ estimator, scope }) => [estimator, scope]);
    const MOST_COMMON = [
      ["most-common-value", "literal"],
      ["most-common-value", "bitstring"],
    ];

    it("tests the samples, and awards by the most common value of symbols and bits alone", async () => {
      const { report, progress } = await assess(noise, 3, { track: "iid", seed: 1 });
      assert.equal(report.iid?.verdict, "pass", JSON.stringify(report.iid));
      assert.deepEqual([report.track, report.requestedTrack, report.iid.seed], ["iid", "iid", 1]);
      assert.deepEqual(estimators(report), MOST_COMMON);
      const { hOriginal, hBitstring } = report;
      assert.ok(hOriginal !== null && hBitstring !== null);
      assert.equal(report.minEntropy, Math.min(3, 3 * hBitstring, hOriginal));
      assert.match(finding(report)?.message ?? "", /does not make the source IID.*submitter's claim \(3\.1\.2\)/);
      const fractions = progress.map(Number);
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
    });

    it("gives no figure when the tests fail, and says which", async () => {
      const { report } = await assess(drift, 3, { track: "iid", seed: 1 });
      assert.deepEqual([report.track, report.iid?.verdict, report.verdict], ["iid", "fail", "fail"]);
      assert.equal(report.minEntropy, null);
      const { severity, message, remedy } = finding(report) ?? {};
      assert.equal(severity, "error");
      assert.match(
        message ?? "",
        /excursion \(0 of 10000 permutations on its rarer side\).*chi-square goodness of fit/,
      );
      assert.match(remedy ?? "", /non-IID track/);
    });

    it("falls back on the non-IID track when both are asked for, with the reason", async () => {
      const { report } = await assess(drift, 3, { track: "both", seed: 1 });
      assert.deepEqual([report.track, report.requestedTrack], ["non-iid", "both"]);
      assert.deepEqual([report.iid?.verdict, report.verdict], ["fail", "pass"]);
      const alone = await assess(drift, 3);
      assert.deepEqual(report.estimates, alone.report.estimates);
      assert.equal(report.minEntropy, alone.report.minEntropy);
      assert.deepEqual([finding(report)?.verdict, finding(report)?.severity], ["fail", "info"]);
      assert.match(finding(report)?.message ?? "", /that of the non-IID track\.$/);
    });

    it("stays on it when both are asked for and the tests pass", async () => {
      const { report } = await assess(noise, 3, { track: "both", seed: 1 });
      assert.deepEqual([report.track, report.iid?.verdict], ["iid", "pass"]);
      assert.deepEqual(estimators(report), MOST_COMMON);
    });

    it("tells the seed that it took, and gives the same verdict and counts for it", async () => {
      const first = (await assess(noise.subarray(0, 2000), 3, { track: "iid" })).report.iid;
      assert.ok(first !== null && Number.isSafeInteger(first.seed));
      const again = (await assess(noise.subarray(0, 2000), 3, { track: "iid", seed: first.seed })).report.iid;
      assert.deepEqual(again, first);
    });

    it("counts all 10,000 permutations of every statistic when asked to", async () => {
      const { report } = await assess(noise.subarray(0, 60), 3, { track: "iid", seed: 1, allPermutations: true });
      for (const { greater, equal, less } of Object.values(report.iid?.permutation ?? {}))
        assert.equal(greater + equal + less, 10_000);
    });

    it("cannot test one symbol: inconclusive, beside the failure that it is", async () => {
      for (const track of ["iid", "both"] as const) {
        const { report } = await assess(new Uint8Array(3000).fill(7), 8, { track });
        assert.deepEqual([report.iid, report.minEntropy, report.verdict], [null, 0, "fail"]);
        assert.equal(finding(report)?.verdict, "inconclusive");
      }
    });

    it("answers two symbols, and a few samples", async () => {
      const bits = noise.map((symbol) => symbol & 1);
      const { report } = await assess(bits, 1, { track: "iid", seed: 1 });
      assert.deepEqual(estimators(report), [["most-common-value", "literal"]]);
      for (const samples of [2, 10, 20]) {
        const { iid, minEntropy } = (await assess(keystream("few", samples), 8, { track: "iid", seed: 1 })).report;
        assert.deepEqual([iid?.verdict, minEntropy], ["fail", null], "too few to compute a chi-square score");
      }
    });

    it("tests and assesses a conditioned output as bits, of which no more than asked for", async () => {
      // symbols that are independent, of bits that are not
      const doubled = keystream("pairs", 300).map((byte) => (byte & 1) * 3 + (byte & 2) * 6);
      const symbols = await assess(doubled, 4, { track: "iid", seed: 1 });
      assert.equal(symbols.report.iid?.verdict, "pass");
      const conditioned = { track: "iid", seed: 1, purpose: "conditioned", mostBits: 400 } as const;
      const { report } = await assess(doubled, 4, conditioned);
      assert.equal(report.iid?.verdict, "fail");
      assert.deepEqual(estimators(report), [["most-common-value", "bitstring"]]);
      assert.ok(report.iid.permutation["periodicity(1)"].original < 400);
      assert.deepEqual([report.purpose, report.mostBits, report.hOriginal], ["conditioned", 400, null]);
    });

    it("stops in the middle of the permutations when it is aborted", async () => {
      const file = join(folder, "long.bin");
      writeFileSync(file, keystream("long", 100_000));
      const abort = new AbortController();
      const events = assessSamples(requestOf(file, 8, { track: "iid" }), workers, abort.signal);
      await assert.rejects(async () => {
        for await (const event of events) if (event.type === "permutations") abort.abort(new Error("enough"));
      }, /enough/);
      assert.equal((await assess(keystream("after", 2000), 8)).report.estimates.length, 17);
    });
  });
});
