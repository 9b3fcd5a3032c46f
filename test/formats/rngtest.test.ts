import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { readRngtest } from "../../src/formats/rngtest";

const PACKAGES = ["rng-tools5", "rng-tools-debian"] as const;

const golden = (pkg: string, name: string): string => readFileSync(`test/golden/rngtest/${pkg}-${name}.txt`, "utf8");

function result(text: string, blocks = 1000): unknown {
  const reading = readRngtest(text, blocks);
  assert.ok(reading.ok, reading.ok ? "" : reading.reason);
  return reading.result;
}

function reason(text: string, blocks = 1000): string {
  const reading = readRngtest(text, blocks);
  assert.ok(!reading.ok, "the text should not be usable");
  return reading.reason;
}

const GOOD = {
  judgedBy: "rngtest",
  blocksRequested: 1000,
  successes: 999,
  failures: 1,
  failuresByTest: { monobit: 0, poker: 1, runs: 0, "long-run": 0, "continuous-run": 0 },
};

describe("rngtest's statistics", () => {
  for (const pkg of PACKAGES) {
    describe(`of ${pkg}`, () => {
      it("are read", () => {
        assert.deepEqual(result(golden(pkg, "good")), GOOD);
      });

      it("are read when every block fails every test", () => {
        assert.deepEqual(result(golden(pkg, "zeros")), {
          ...GOOD,
          successes: 0,
          failures: 1000,
          failuresByTest: { monobit: 1000, poker: 1000, runs: 1000, "long-run": 1000, "continuous-run": 1000 },
        });
      });

      it("are the last ones when they repeat", () => {
        assert.deepEqual(result(golden(pkg, "repeated")), GOOD);
      });

      it("are no result when the source ended early, though nothing failed", () => {
        assert.equal(reason(golden(pkg, "short")), "tested 39 of 1000 blocks, because its source ended");
        assert.equal(reason(golden(pkg, "no-block")), "tested 0 of 1000 blocks, because its source ended");
      });

      it("are missed when there are none", () => {
        assert.equal(reason(golden(pkg, "empty")), "printed no statistics, because its source ended");
      });

      it("are read behind the prefixes of cloud-init and awk, and with a console's line ends", () => {
        const text = golden(pkg, "good").replaceAll(/^/gm, "[   23.501234] cloud-init[526]: _scs-test-fips-test: ");
        assert.deepEqual(result(text), GOOD);
        assert.deepEqual(result(text.replaceAll("\n", "\r\n")), GOOD);
      });

      it("are complete without a lost line when every block that was asked for is good", () => {
        const lines = golden(pkg, "good")
          .replace("successes: 999", "successes: 1000")
          .replace(/: 1$/gm, ": 0")
          .split("\n");
        const perfect = { ...GOOD, successes: 1000, failures: 0, failuresByTest: { ...GOOD.failuresByTest, poker: 0 } };
        for (const lost of lines.filter((l) => !l.includes("successes"))) {
          assert.deepEqual(result(lines.filter((l) => l !== lost).join("\n")), perfect);
        }
        assert.match(reason(lines.filter((l) => !l.includes("successes")).join("\n")), /no line .*successes/);
      });

      it("are no result when a line is lost, least of all the failures", () => {
        const lines = golden(pkg, "good").split("\n");
        for (const line of lines.filter((l) => /: \d+$/.test(l))) {
          const label = /rngtest: (.*): \d+$/.exec(line)?.[1] ?? "";
          assert.equal(reason(lines.filter((l) => l !== line).join("\n")), `printed no line "${label}"`);
        }
      });
    });
  }

  it("are not completed from earlier ones when the last are cut off", () => {
    const text = golden("rng-tools5", "repeated");
    const cut = text.slice(0, text.lastIndexOf("rngtest: FIPS 140-2(2001-10-10) Poker"));
    assert.match(reason(cut), /^printed no line "FIPS 140-2\(2001-10-10\) Poker"/);
    const headless = text.split("\n");
    headless.splice(
      headless.findLastIndex((l) => l.includes("bits received")),
      1,
    );
    assert.equal(reason(headless.join("\n")), 'printed no line "bits received from input"');
  });

  it("are no result when their counts contradict each other", () => {
    const text = golden("rng-tools5", "good");
    assert.match(reason(text.replace("Poker: 1", "Poker: 0")), /contradict/);
    assert.match(reason(text.replace("Poker: 1", "Poker: 2")), /contradict/);
    assert.match(reason(text.replace("failures: 1", "failures: 0").replace("999", "1000")), /contradict/);
  });

  it("are no result when a count is cut in the middle of two lines that ran together", () => {
    assert.match(reason(golden("rng-tools5", "good").replace("failures: 1\n", "failures: 1")), /no line .*failures/);
  });

  it("are never a result, and never a crash, in a text that is not rngtest's", () => {
    const words = fc.constantFrom("rngtest: ", "FIPS 140-2 ", "failures: ", "successes: ", "0", "100", "\n", ": ");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((w) => w.join("")),
        ),
        (text) => {
          assert.equal(readRngtest(text, 1000).ok, false);
        },
      ),
    );
  });

  it("survive whatever stands before, between and after them", () => {
    const lines = golden("rng-tools5", "good").split("\n");
    const noise = fc.string().filter((s) => !s.includes("rngtest"));
    fc.assert(
      fc.property(fc.array(noise, { minLength: lines.length, maxLength: lines.length }), (between) => {
        assert.deepEqual(result(lines.flatMap((line, i) => [between[i], line]).join("\n")), GOOD);
      }),
    );
  });
});
