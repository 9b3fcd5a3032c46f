import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { UserError } from "../../src/errors";
import { parseSampleFormat } from "../../src/formats/sample-format";
import { readSymbols, type ReadSymbols, type ReadSymbolsRequest } from "../../src/operations/read-symbols";
import type { ProgressEvent } from "../../src/operations/reduce-samples";
import { clock, encode, jitter, noise, withFolder } from "../formats/sample-data";

type Options = Partial<Omit<ReadSymbolsRequest, "file">>;

async function read(
  file: string,
  options: Options = {},
  onEvent: (event: ProgressEvent) => Promise<void> | void = () => undefined,
): Promise<ReadSymbols> {
  const request = { file, format: null, reduction: { kind: "automatic" }, subset: null, ...options } as const;
  const reading = readSymbols(request, new AbortController().signal);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return next.value;
    await onEvent(next.value);
  }
}

const readContent = (content: Uint8Array | string, options?: Options): Promise<ReadSymbols> =>
  withFolder(async (write) => read(await write("samples", content), options));

const stepNames = ({ steps }: ReadSymbols): string[] => steps.map(({ step }) => step);

function codeOf(code: string): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.code === code;
}

describe("reading a file's symbols", () => {
  it("leaves bytes as they are, infers their width, and says that the format is a guess", async () => {
    const content = noise("bytes", 100_000).map((byte) => byte & 15);
    const result = await readContent(content);
    assert.deepEqual(Buffer.from(result.symbols), Buffer.from(content));
    assert.equal(result.bits, 4);
    assert.equal(result.sha256, createHash("sha256").update(content).digest("hex"));
    assert.equal(result.guess?.format.kind, "bytes");
    assert.deepEqual(stepNames(result), ["decoded"]);
    assert.match(result.steps[0].text, /a guess: No byte needs more than 4/);
  });

  it("follows the format that is asked for, and says so", async () => {
    const result = await readContent(Uint8Array.of(0b1100_0001), { format: parseSampleFormat("packed-msb") });
    assert.deepEqual([...result.symbols], [1, 1, 0, 0, 0, 0, 0, 1]);
    assert.equal(result.guess, null);
    assert.deepEqual(result.steps[0], {
      step: "decoded",
      text: "Read as eight 1-bit samples per byte, most significant first (packed-msb), as asked.",
      format: "packed-msb",
      guessedBecause: null,
    });
  });

  it("turns the kernel's timestamps to differences and these to symbols, and tells each step", async () => {
    const deltas = jitter("kernel", 50_000);
    const times = encode(parseSampleFormat("u64le-timestamps"), clock(1_700_000_000_000_000_000n, deltas, 64));
    const result = await readContent(Buffer.concat([times, Uint8Array.of(1, 2, 3)]), {
      reduction: { kind: "mask", positions: [0, 1, 2, 3] },
    });
    assert.equal(result.format.kind === "words" && result.format.values, "timestamps");
    assert.deepEqual(
      [...result.symbols],
      deltas.map((delta) => Number(delta & 15n)),
    );
    assert.equal(result.bits, 4);
    assert.deepEqual(stepNames(result), ["decoded", "trailing-bytes-ignored", "timestamps-to-deltas", "bits-selected"]);
    assert.match(result.steps[1].text, /3 trailing bytes/);
  });

  it("keeps the best 8 bits of jitterentropy's lines", async () => {
    const deltas = jitter("lines", 50_000);
    const result = await readContent(encode(parseSampleFormat("decimal"), deltas));
    const step = result.steps.at(-1);
    assert.ok(step?.step === "bits-selected");
    const kept = step.positions.filter((bit) => bit.kept).map((bit) => bit.position);
    assert.equal(kept.length, 8);
    const least = Math.min(...step.positions.filter((bit) => bit.kept).map((bit) => bit.minEntropy));
    assert.ok(step.positions.every((bit) => bit.kept || bit.minEntropy <= least));
    const gathered = deltas.map((delta) => kept.reduce((s, p, i) => s | (Number((delta >> BigInt(p)) & 1n) << i), 0));
    assert.deepEqual([...result.symbols], gathered);
  });

  it("takes the samples of a subset alone, but the whole file's SHA-256", async () => {
    const content = noise("subset", 10_000);
    const result = await readContent(content, { subset: { first: 3000, count: 1000 } });
    assert.deepEqual(Buffer.from(result.symbols), Buffer.from(content.subarray(3000, 4000)));
    assert.equal(result.sha256, createHash("sha256").update(content).digest("hex"));
    assert.match(result.steps.at(-1)?.text ?? "", /1000 samples of 10000, from sample 3000/);
    await assert.rejects(
      readContent(content, { subset: { first: 9500, count: 1000 } }),
      codeOf("formats-subset-beyond-end"),
    );
  });

  it("tells what a boot-time test's .meta says, and where it disagrees with the data", async () => {
    await withFolder(async (write) => {
      await write("entropy.000000003.meta", "date 2017-08-24\nsource jitterentropy\nlen 1048576\narch arm64\n");
      const { steps, origin } = await read(await write("entropy.000000003.bin", noise("boot", 5000)));
      assert.deepEqual(steps[1], {
        step: "boot-test-run",
        text: "Recorded by a boot-time test (jitterentropy, arm64, 2017-08-24). The .meta file speaks of 1048576 bytes, but there are 5000.",
      });
      assert.deepEqual(origin?.entries, [
        ["date", "2017-08-24"],
        ["source", "jitterentropy"],
        ["len", "1048576"],
        ["arch", "arm64"],
      ]);
      const unfinished = await read(await write("entropy.000000004.bin", noise("boot", 5000)));
      assert.match(unfinished.steps[1].text, /did not finish/);
    });
  });

  it("says first what memory it can take, then how far it is, up to 1", async () => {
    await withFolder(async (write) => {
      const file = await write("samples", noise("progress", 3_000_000));
      const events: ProgressEvent[] = [];
      await read(file, { format: parseSampleFormat("bytes") }, (event) => void events.push(event));
      assert.match(events[0].message, /at most 3,000,000 samples, in \d MB of memory/);
      const fractions = events.map(({ fraction }) => fraction ?? -1);
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
      assert.equal(fractions.at(-1), 1);
    });
  });

  it("of a file that changes between its two readings ends in a UserError", async () => {
    await withFolder(async (write) => {
      const file = await write("samples", "100000\n5\n");
      let changed = false;
      const change = async ({ fraction }: ProgressEvent): Promise<void> => {
        if (fraction !== 0.5 || changed) return;
        changed = true;
        await appendFile(file, "7\n");
      };
      await assert.rejects(
        read(file, { format: parseSampleFormat("decimal"), reduction: { kind: "ranking", bits: 4 } }, change),
        codeOf("formats-samples-changed"),
      );
    });
  });

  it("of a file without one whole sample ends in a UserError", async () => {
    await assert.rejects(
      readContent(Uint8Array.of(1, 2, 3), { format: parseSampleFormat("u32le") }),
      codeOf("formats-samples-too-short"),
    );
    await assert.rejects(
      readContent("\n\n", { format: parseSampleFormat("decimal") }),
      codeOf("formats-samples-too-short"),
    );
  });

  it("stops at its signal", async () => {
    const reason = new Error("enough");
    await withFolder(async (write) => {
      const request = {
        file: await write("f", "1\n2\n"),
        format: null,
        reduction: { kind: "automatic" },
        subset: null,
      } as const;
      await assert.rejects(async () => {
        for await (const event of readSymbols(request, AbortSignal.abort(reason))) assert.equal(event.type, "progress");
      }, reason);
    });
  });
});
