import assert from "node:assert/strict";
import fc from "fast-check";
import { meaningAt, suggest } from "../../src/boot/suggest";

/** What is suggested where | stands. */
const at = (text: string): readonly string[] => {
  const offset = text.indexOf("|");
  return suggest(text.replace("|", ""), offset).map(({ label }) => label);
};
const meaning = (text: string): string | null => meaningAt(text.replace("|", ""), text.indexOf("|"));

describe("what may be typed in a boot-test file", () => {
  it("is a key of the document that does not stand there yet", () => {
    const keys = at("arch: x86\n|");
    assert.ok(
      ["source", "length", "matrix", "boot", "export"].every((key) => keys.includes(key)),
      keys.join(" "),
    );
    assert.ok(!keys.includes("arch"));
    assert.ok(at("|").includes("arch"));
    assert.ok(at("arch: x86\nso|\nlength: 5\n").includes("source"));
  });

  it("is a word that the schema lists", () => {
    assert.deepEqual(at("arch: |"), ["x86", "arm64", "x86-64"]);
    assert.deepEqual(at("arch: ar|\nsource: x\n"), ["x86", "arm64", "x86-64"]);
    assert.deepEqual(at("boot:\n  method: |\n"), ["qemu", "netboot", "command", "checkout"]);
    assert.deepEqual(at("boot: { method: q| }"), ["qemu", "netboot", "command", "checkout"]);
  });

  it("is a word that the schema has for an example, where others may stand as well", () => {
    assert.deepEqual(at("arch: x86\nsource: |\n"), ["hw_rng", "jitterentropy", "random"]);
  });

  it("depends on the method that stands beside it, in a block and between braces", () => {
    const ofQemu = at("boot:\n  method: qemu\n  |\n");
    assert.ok(ofQemu.includes("kernel") && ofQemu.includes("memory") && !ofQemu.includes("tools"), ofQemu.join(" "));
    const ofDevice = at("boot: { method: netboot, | }");
    assert.ok(ofDevice.includes("tools") && !ofDevice.includes("memory") && !ofDevice.includes("method"));
  });

  it("is a kernel option in the matrix and among the words, and of an option the values worth trying", () => {
    assert.ok(at("matrix:\n  - |\n").includes("kernel.jitterentropy.ml"));
    const second = at("matrix:\n  - kernel.jitterentropy.ml: [0]\n    kernel.|\n");
    assert.ok(second.includes("kernel.jitterentropy.ll") && !second.includes("kernel.jitterentropy.ml"));
    assert.deepEqual(at("matrix:\n  - kernel.jitterentropy.raw: [true, |]\n"), ["true", "false"]);
    assert.ok(at("words: [kernel.|]\n").includes("kernel.jitterentropy.bs="));
    assert.ok(at("words:\n  - |\n").includes("kernel.jitterentropy.bc="));
  });

  it("is nothing in a comment, or where anything may stand", () => {
    assert.deepEqual(at("arch: x86 # |"), []);
    assert.deepEqual(at("length: |"), []);
  });

  it("says of every key and option what it is for", () => {
    for (const text of ["|", "boot:\n  method: qemu\n  |\n", "matrix:\n  - |\n"]) {
      const offset = text.indexOf("|");
      const silent = suggest(text.replace("|", ""), offset).filter(({ about }) => about === "");
      assert.deepEqual(
        silent.map(({ label }) => label).filter((label) => label !== "method"),
        [],
      );
    }
  });

  it("is found at once behind a word of great length", () => {
    const word = "w".repeat(150_000);
    assert.deepEqual(at(`nodename: ${word} #\narch: |\n`), ["x86", "arm64", "x86-64"]);
    assert.deepEqual(at(`arch: ${word}|\n`), ["x86", "arm64", "x86-64"]);
  }).timeout(10_000);

  it("is found in whatever is typed, and at any place of it", () => {
    const piece = fc.constantFrom(
      "arch",
      ": ",
      "\n",
      "  ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "boot",
      "method",
      "qemu",
      "&a ",
      "*a",
      "#",
      '"',
      "matrix",
    );
    const property = fc.property(fc.array(piece, { maxLength: 25 }), fc.nat(120), (pieces, offset) => {
      const text = pieces.join("");
      suggest(text, Math.min(offset, text.length));
      meaningAt(text, Math.min(offset, text.length));
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe("what a key of a boot-test file means", () => {
  it("is told of keys and of kernel options, and of nothing else", () => {
    assert.match(meaning("ar|ch: x86\n") ?? "", /architecture/);
    assert.match(meaning("boot:\n  method: qemu\n  mem|ory: 512\n") ?? "", /Memory in MiB/);
    assert.match(meaning("matrix:\n  - kernel.jitter|entropy.ml: [1]\n") ?? "", /memory access loop/);
    assert.equal(meaning("arch: x|86\n"), null);
    assert.equal(meaning("unknown|: 1\n"), null);
  });
});
