import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { truncate } from "node:fs/promises";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { LinesDecoder } from "../../src/formats/decode-lines";
import { wordsDecoder } from "../../src/formats/decode-words";
import { NumberBlock, type Decoder } from "../../src/formats/number-block";
import { readNumbers, type NumbersRead } from "../../src/formats/read-numbers";
import {
  meaningOfNumbers,
  parseSampleFormat,
  SAMPLE_FORMAT_IDS,
  type SampleFormat,
} from "../../src/formats/sample-format";
import { clock, encode, greatest, jitter, noise, withFolder } from "./sample-data";

const SAMPLE_IDS = SAMPLE_FORMAT_IDS.filter((id) => meaningOfNumbers(parseSampleFormat(id)) === "samples");

async function readAll(
  path: string,
  format: SampleFormat,
  signal = new AbortController().signal,
): Promise<NumbersRead & { numbers: bigint[] }> {
  const numbers: bigint[] = [];
  const reading = readNumbers(
    path,
    format,
    (lo, hi, length) => {
      for (let i = 0; i < length; i++) numbers.push((BigInt(hi[i]) << 32n) | BigInt(lo[i]));
    },
    (fraction) => fraction,
    signal,
  );
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { ...next.value, numbers };
  }
}

const readText = (text: string | Uint8Array, id: string): ReturnType<typeof readAll> =>
  withFolder(async (write) => readAll(await write("samples", text), parseSampleFormat(id)));

function refusal(...parts: string[]): (error: unknown) => boolean {
  return (error) => error instanceof UserError && parts.every((part) => error.message.includes(part));
}

describe("reading the numbers of a sample file", () => {
  for (const id of SAMPLE_IDS) {
    it(`gives those that were written as ${id}, across all the pieces of a large file`, async () => {
      const format = parseSampleFormat(id);
      const bytes = noise(id, 8 * 70_000);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const most = greatest(format);
      const numbers = Array.from({ length: 70_000 }, (_, i) => view.getBigUint64(8 * i) & most);
      const file = encode(format, numbers);
      const read = await withFolder(async (write) => readAll(await write("samples", file), format));
      assert.deepEqual(read.numbers, numbers);
      assert.equal(read.samples, numbers.length);
      assert.equal(read.sha256, createHash("sha256").update(file).digest("hex"));
      assert.equal(read.trailingBytes, 0);
      assert.equal(read.deltas, null);
    });
  }

  it("gives what was written, in every format, down to one number", async () => {
    const cases = fc.constantFrom(...SAMPLE_IDS).chain((id) => {
      const format = parseSampleFormat(id);
      const numbers = fc.array(fc.bigInt({ min: 0n, max: greatest(format) }), { minLength: 1, maxLength: 64 });
      return fc.tuple(fc.constant(format), numbers);
    });
    await fc.assert(
      fc.asyncProperty(cases, async ([format, written]) => {
        const numbers =
          format.kind === "packed-bits" ? written.slice(0, 8).concat(Array<bigint>(8).fill(0n)).slice(0, 8) : written;
        const read = await withFolder(async (write) => readAll(await write("f", encode(format, numbers)), format));
        assert.deepEqual(read.numbers, numbers);
      }),
      { numRuns: 200 },
    );
  });

  it("tells the bytes that make no whole number, and leaves them out", async () => {
    const read = await readText(Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0), "u32le");
    assert.deepEqual(read.numbers, [1n, 2n]);
    assert.equal(read.trailingBytes, 3);
    assert.equal((await readText("abc", "hex-digits")).trailingBytes, 1);
  });

  it("is stopped by its signal, with the signal's reason", async () => {
    const reason = new Error("enough");
    await withFolder(async (write) => {
      const path = await write("samples", noise("abort", 2_000_000));
      await assert.rejects(readAll(path, { kind: "bytes" }, AbortSignal.abort(reason)), reason);
    });
  });

  it("of a file that shrinks under it ends in a UserError", async () => {
    await withFolder(async (write) => {
      const path = await write("samples", noise("shrinking", 2_000_000));
      const { signal } = new AbortController();
      const reading = readNumbers(
        path,
        { kind: "bytes" },
        () => undefined,
        (fraction) => fraction,
        signal,
      );
      await reading.next();
      await truncate(path, 10);
      await assert.rejects(async () => {
        for await (const fraction of reading) assert.ok(fraction <= 1);
      }, refusal("changed while it was read"));
    });
  });

  it("refuses a directory, a missing file and an empty one, each with its own reason", async () => {
    await withFolder(async (write, folder) => {
      const format = parseSampleFormat("bytes");
      await assert.rejects(readAll(folder, format), refusal("is a directory"));
      await assert.rejects(readAll(`${folder}/none`, format), refusal("ENOENT"));
      await assert.rejects(readAll(await write("empty", ""), format), refusal("holds no samples"));
    });
  });
});

describe("lines of text", () => {
  it("may have a byte order mark, carriage returns, blanks, empty lines, and no end", async () => {
    assert.deepEqual((await readText("\ufeff12\r\n\r\n  7\t\n0", "decimal")).numbers, [12n, 7n, 0n]);
  });

  it("hold numbers up to 2^64 - 1, with any number of leading zeros", async () => {
    const most = "18446744073709551615";
    assert.deepEqual((await readText(`${most}\n${"0".repeat(100)}${most}\n`, "decimal")).numbers, [
      2n ** 64n - 1n,
      2n ** 64n - 1n,
    ]);
    assert.deepEqual((await readText("0xFFFFFFFFFFFFFFFF\nffffffffffffffff\n", "hex")).numbers, [
      2n ** 64n - 1n,
      2n ** 64n - 1n,
    ]);
  });

  it("give the column that is asked for, between blanks, commas or semicolons", async () => {
    assert.deepEqual((await readText("1 2\n3, 4\n5;6\n", "decimal:2/2")).numbers, [2n, 4n, 6n]);
    assert.deepEqual((await readText("1 x\n", "decimal:1/2")).numbers, [1n]);
  });

  const refused: readonly [string, string, string, string][] = [
    ["18446744073709551616", "decimal", "line 3", "more than 64 bits"],
    ["99999999999999999999999999", "decimal", "line 3", "more than 64 bits"],
    ["4294967296", "decimal-timestamps32", "line 3", "more than 32 bits"],
    ["10000000000000000", "hex", "line 3", "more than 64 bits"],
    ["-1", "decimal", "line 3", '"-1" is not a decimal number'],
    ["1.5", "decimal", "line 3", '"1.5"'],
    ["ff", "decimal", "line 3", '"ff"'],
    ["12345678901234567x", "decimal", "line 3", '"12345678901234567x"'],
    ["0x", "hex", "line 3", '"0x" is not a hexadecimal number'],
    ["1 2", "decimal", "line 3", '"1 2"'],
    ["1", "decimal:1/2", "line 3", "2 columns with a decimal number in column 1"],
    ["\u0007\u00e9", "decimal", "line 3", '"\\x07\\xc3\\xa9"'],
    ["9".repeat(5000), "decimal", "line 3", "..."],
  ];
  for (const [text, id, line, part] of refused) {
    it(`"${text.slice(0, 30)}" as ${id} is refused with its line and text`, async () => {
      const good = id.includes("/2") ? "1 2" : "1";
      await assert.rejects(readText(`${good}\n${good}\n${text}\n`, id), refusal(line, part));
    });
  }

  it("that never end are refused as soon as they are too long, wherever the pieces of the file end", async () => {
    await assert.rejects(readText("1\n".repeat(40_000) + "1".repeat(70_000), "decimal"), refusal("line 40001"));
  });

  it("are read or refused with a UserError, whatever they hold", async () => {
    const texts = fc.array(fc.constantFrom("0", "9", "f", "x", " ", "\n", "\r", ",", "-", "\0", "ü"), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.constantFrom("decimal", "hex", "decimal:2/2", "binary-digits", "hex-digits"),
        async (parts, id) => {
          await readText(parts.join(""), id).catch((error: unknown) =>
            assert.ok(error instanceof UserError, String(error)),
          );
        },
      ),
    );
  });
});

describe("digits", () => {
  it("may stand in lines and groups", async () => {
    assert.deepEqual((await readText("01 1\n0\n", "binary-digits")).numbers, [0n, 1n, 1n, 0n]);
    assert.deepEqual((await readText("DE ad\nbe\n", "hex-digits")).numbers, [0xden, 0xadn, 0xben]);
  });

  it("that are none are refused with their place in the file", async () => {
    await assert.rejects(readText("0110\n012", "binary-digits"), refusal("byte 8", '"2"'));
    await assert.rejects(readText("abcg", "hex-digits"), refusal("byte 4", '"g"'));
  });
});

describe("decoders", () => {
  function decodeInPieces(decoder: Decoder, bytes: Uint8Array, cuts: readonly number[]): bigint[] {
    const block = new NumberBlock();
    const numbers: bigint[] = [];
    const collect = (): void => {
      for (let i = 0; i < block.length; i++) numbers.push((BigInt(block.hi[i]) << 32n) | BigInt(block.lo[i]));
    };
    const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
    for (let i = 1; i < places.length; i++) {
      decoder.decode(bytes.subarray(places[i - 1], places[i]), block);
      collect();
    }
    decoder.finish(block);
    collect();
    return numbers;
  }

  it("give the same wherever the file is cut into pieces", () => {
    const ids = fc.constantFrom("u16le", "u32be", "u64le", "u64be", "decimal", "hex", "decimal:2/2");
    const numbers = fc.array(fc.bigInt({ min: 0n, max: 65_535n }), { maxLength: 30 });
    fc.assert(
      fc.property(ids, numbers, fc.array(fc.nat(200), { maxLength: 12 }), (id, written, cuts) => {
        const format = parseSampleFormat(id);
        assert.ok(format.kind === "words" || format.kind === "lines");
        const decoder = format.kind === "words" ? wordsDecoder(format) : new LinesDecoder(format, "f");
        assert.deepEqual(decodeInPieces(decoder, encode(format, written), cuts), written);
      }),
    );
  });
});

describe("timestamps", () => {
  for (const id of [
    "u16be-timestamps",
    "u32le-timestamps",
    "u64be-timestamps",
    "decimal-timestamps32",
    "decimal-timestamps64",
    "hex-timestamps64",
  ]) {
    it(`of ${id} become the differences of neighbours, across a wrap-around and all the pieces of a large file`, async () => {
      const format = parseSampleFormat(id);
      assert.ok(format.kind === "words" || format.kind === "lines");
      const deltas = jitter(id, 70_000);
      const times = clock(greatest(format) - 50_000n, deltas, format.width);
      const read = await withFolder(async (write) => readAll(await write("f", encode(format, times)), format));
      assert.deepEqual(read.numbers, deltas);
      const wraps =
        format.width === 16 ? Number((greatest(format) - 50_000n + deltas.reduce((a, b) => a + b)) >> 16n) : 1;
      assert.deepEqual(read.deltas, { wraps, backwards: 0 });
    });
  }

  it("that step backwards are told apart from a wrap-around", async () => {
    const read = await readText("100\n90\n4294967290\n5\n", "decimal-timestamps32");
    assert.deepEqual(read.numbers, [2n ** 32n - 10n, 2n ** 32n - 96n, 11n]);
    assert.deepEqual(read.deltas, { wraps: 1, backwards: 1 });
  });

  it("of seconds and nanoseconds are exact across the second", async () => {
    const second = 1_700_000_000n;
    const times = [(second << 32n) | 999_999_900n, ((second + 1n) << 32n) | 50n, ((second + 3n) << 32n) | 49n];
    const format = parseSampleFormat("u64le-seconds-nanoseconds");
    assert.deepEqual((await readText(encode(format, times), "u64le-seconds-nanoseconds")).numbers, [
      150n,
      1_999_999_999n,
    ]);
  });

  it("of seconds and nanoseconds are exact for any two", async () => {
    const readings = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), fc.bigInt({ min: 0n, max: 999_999_999n }));
    await fc.assert(
      fc.asyncProperty(readings, readings, async (a, b) => {
        const format = parseSampleFormat("u64be-seconds-nanoseconds");
        const file = encode(
          format,
          [a, b].map(([s, ns]) => (s << 32n) | ns),
        );
        const [nsA, nsB] = [a, b].map(([s, ns]) => s * 1_000_000_000n + ns);
        assert.deepEqual((await readText(file, "u64be-seconds-nanoseconds")).numbers, [BigInt.asUintN(64, nsB - nsA)]);
      }),
      { numRuns: 50 },
    );
  });

  it("of which there is only one give no sample", async () => {
    assert.equal((await readText("5\n", "decimal-timestamps64")).samples, 0);
  });
});
