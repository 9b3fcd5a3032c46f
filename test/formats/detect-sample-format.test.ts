import assert from "node:assert/strict";
import fc from "fast-check";
import { detectSampleFormat, guessSampleFormat } from "../../src/formats/detect-sample-format";
import { parseSampleFormat, sampleFormatId, type SampleFormatGuess } from "../../src/formats/sample-format";
import { clock, encode, greatest, jitter, noise, withFolder } from "./sample-data";

const HEAD = 65_536;

function guess(content: Uint8Array | string, name = "samples"): SampleFormatGuess {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return guessSampleFormat({
    head: bytes.subarray(0, HEAD),
    size: bytes.length,
    name,
    bootTest: { kind: "none" },
  });
}

const guessedId = (content: Uint8Array | string, name?: string): string => sampleFormatId(guess(content, name).format);

describe("the format of a sample file", () => {
  const noisy = (bits: number): Uint8Array => noise(`${bits} bits`, 100_000).map((byte) => byte & ((1 << bits) - 1));
  for (let bits = 1; bits <= 8; bits++) {
    it(`is bytes for uniform symbols of ${bits} bits`, () => assert.equal(guessedId(noisy(bits)), "bytes"));
  }

  const walk = (() => {
    let state = 32;
    return noise("walk", 100_000).map((byte) => (state = Math.min(63, Math.max(0, state + (byte % 3) - 1))));
  })();
  const structured: readonly [string, Uint8Array][] = [
    ["a constant", new Uint8Array(10_000)],
    ["a counter", Uint8Array.from({ length: 10_000 }, (_, i) => i)],
    ["a counter of 5 bits", Uint8Array.from({ length: 10_000 }, (_, i) => i & 31)],
    ["a slow counter", Uint8Array.from({ length: 10_000 }, (_, i) => i >> 4)],
    ["a period of 8", Uint8Array.from({ length: 10_000 }, (_, i) => [7, 1, 200, 31, 5, 0, 9, 88][i % 8])],
    ["a random walk", walk],
    ["biased bits", noise("biased", 50_000).map((byte) => (byte < 179 ? 1 : 0))],
    ["a few bytes", noise("few", 7)],
  ];
  for (const [what, bytes] of structured) {
    it(`is bytes for ${what} of bytes`, () => assert.equal(guessedId(bytes), "bytes"));
  }

  const numbers: readonly [string, (label: string) => bigint[]][] = [
    ["time differences", (label) => jitter(label, 3000)],
    ["numbers of 12 bits", (label) => [...noise(label, 3000)].map((byte, i) => BigInt(byte) * 16n + BigInt(i % 16))],
  ];
  for (const id of ["u16le", "u16be", "u32le", "u32be", "u64le", "u64be", "decimal", "hex"]) {
    for (const [what, make] of numbers) {
      it(`is ${id} for ${what} written so`, () => {
        assert.equal(guessedId(encode(parseSampleFormat(id), make(id))), id);
      });
    }
  }

  it("is u64le for differences so small that one byte would do", () => {
    const values = [...noise("small", 5000)].map((byte) => BigInt(byte & 31));
    assert.equal(guessedId(encode(parseSampleFormat("u64le"), values)), "u64le");
  });

  const clocks = ["u32le", "u32be", "u64le", "u64be"].map((id) => `${id}-timestamps`);
  for (const id of [...clocks, "decimal-timestamps32", "decimal-timestamps64", "hex-timestamps64"]) {
    it(`is ${id} for the readings of a clock written so`, () => {
      const format = parseSampleFormat(id);
      assert.ok(format.kind === "words" || format.kind === "lines");
      const start = format.width === 32 ? 2n ** 32n - 100_000n : 1_700_000_000_123_456_789n;
      const times = clock(start, jitter(id, 3000), format.width);
      assert.equal(guessedId(encode(format, times)), id);
    });
  }

  it("is a clock of seconds and nanoseconds where the halves can be nothing else", () => {
    const nanoseconds = clock(1_700_000_000_999_000_000n, jitter("seconds", 3000), 64);
    const times = nanoseconds.map((now) => ((now / 1_000_000_000n) << 32n) | (now % 1_000_000_000n));
    for (const id of ["u64le-seconds-nanoseconds", "decimal-seconds-nanoseconds"]) {
      assert.equal(guessedId(encode(parseSampleFormat(id), times)), id);
    }
  });

  it("is no clock for a counter, whose steps are all the same", () => {
    const text = Array.from({ length: 500 }, (_, i) => `${i}\n`).join("");
    assert.equal(guessedId(text), "decimal");
  });

  it("is the first column for jitterentropy's two, with the second beside it", () => {
    const { format, alternatives, reason } = guess(encode(parseSampleFormat("decimal:1/2"), jitter("two", 1000)));
    assert.equal(sampleFormatId(format), "decimal:1/2");
    assert.match(reason, /jitterentropy/);
    assert.equal(sampleFormatId(alternatives[0].format), "decimal:2/2");
  });

  it("is digits for a text of them without a line per number", () => {
    const bits = [...noise("digits", 4000)].map((byte) => BigInt(byte & 1));
    assert.equal(guessedId(encode(parseSampleFormat("binary-digits"), bits)), "binary-digits");
    const bytes = [...noise("digits", 4000)].map(BigInt);
    assert.equal(guessedId(encode(parseSampleFormat("hex-digits"), bytes)), "hex-digits");
    const dump = Buffer.from(noise("dump", 160))
      .toString("hex")
      .replaceAll(/(.{32})/g, "$1\n");
    assert.equal(guessedId(dump), "hex-digits");
    assert.equal(guessedId("de ad be ef\n01 02 03 04\n"), "hex-digits");
  });

  it("is hexadecimal for numbers that start with 0x", () => assert.equal(guessedId("0x10\n0x22\n"), "hex"));

  it("is bytes for a text of words", () => assert.equal(guessedId("Do not panic.\n"), "bytes"));

  it("does not judge by a line or number that the look at the file's start has cut", () => {
    const rows = "1234 5\n".repeat(HEAD / 4);
    assert.equal(rows.slice(0, HEAD).split("\n").at(-1), "12");
    assert.equal(guessedId(rows), "decimal:1/2");
  });

  it("follows the name only where the content leaves it open", () => {
    const open = noise("open", 8000);
    assert.equal(guessedId(open, "/data/u64/noise"), "bytes");
    assert.equal(guessedId(open, "C:\\data\\noise-u32be.bin"), "u32be");
    assert.equal(guessedId(open, "jent-0001-u64.bin"), "u64le");
    assert.equal(guessedId(open.subarray(1), "noise-u32be.bin"), "bytes");
    assert.equal(guessedId(open, "truerand-packed.bin"), "packed-msb");
    assert.equal(guessedId("12\n7\n", "truerand-packed.bin"), "decimal");
  });

  it("comes with a reason and with all that it may be otherwise, each once", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.string(), (bytes, name) => {
        const { format, reason, alternatives } = guess(bytes, name);
        const ids = [format, ...alternatives.map((other) => other.format)].map(sampleFormatId);
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(ids.includes("bytes"));
        assert.ok([reason, ...alternatives.map((other) => other.reason)].every((text) => text.endsWith(".")));
      }),
    );
  });

  it("is guessed of any text without an exception", () => {
    const unit = fc.constantFrom("0", "1", "7", "f", "x", " ", "\n", ",", "-", "\ufeff");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        assert.ok(guess(text).reason.length > 0);
      }),
    );
  });

  it("is among the guess and its alternatives for random numbers in any binary format or one column of text", () => {
    for (const id of [
      "packed-msb",
      "packed-lsb",
      "u16le",
      "u16be",
      "u32le",
      "u32be",
      "u64le",
      "u64be",
      "decimal",
      "hex",
    ]) {
      const format = parseSampleFormat(id);
      const bytes = noise(id, 8 * 400);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const values = Array.from({ length: 400 }, (_, i) => view.getBigUint64(8 * i) & greatest(format));
      const { format: first, alternatives } = guess(encode(format, values));
      assert.ok([first, ...alternatives.map((other) => other.format)].map(sampleFormatId).includes(id), id);
    }
  });
});

describe("a file beside a .meta file", () => {
  it("is bytes because a boot-time test recorded it", async () => {
    await withFolder(async (write) => {
      await write("entropy.000000000.meta", "source       jitterentropy\n");
      const file = await write("entropy.000000000.bin", encode(parseSampleFormat("u64le"), jitter("meta", 500)));
      const { format, reason, alternatives } = await detectSampleFormat(file);
      assert.equal(format.kind, "bytes");
      assert.match(reason, /boot-time test/);
      assert.equal(sampleFormatId(alternatives[0].format), "u64le");
    });
  });
});
