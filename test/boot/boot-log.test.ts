import assert from "node:assert/strict";
import fc from "fast-check";
import { BootLog, drawNanoseconds, parseBootLog, parseBootLogLine, type BootLogEvent } from "../../src/boot/boot-log";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function logOf(text: string): BootLog {
  const log = new BootLog();
  log.add(bytes(text));
  log.end();
  return log;
}

describe("a line of a serial console", () => {
  for (const [line, event] of [
    ["entropy-boot-test: successful draw in 1234567890 nanoseconds.", { kind: "drawn", nanoseconds: 1234567890 }],
    [
      "[00000.000] 00000.00000> entropy-boot-test: successful draw in 1 nanoseconds.",
      { kind: "drawn", nanoseconds: 1 },
    ],
    ["entropy-test: successful draw in 12 nanoseconds.", { kind: "drawn", nanoseconds: 12 }],
    ['entropy-boot-test: unrecognized source "hwrng"', { kind: "unrecognized-source", source: "hwrng" }],
    ["entropy-boot-test: skipping test.", { kind: "skipped", line: "skipping test." }],
    [
      "entropy-boot-test: Failed to obtain entropy collector. Skipping test.",
      { kind: "skipped", line: "Failed to obtain entropy collector. Skipping test." },
    ],
    [
      "entropy-boot-test: only recording 131072 bytes (try defining ENTROPY_COLLECTOR_TEST_MAXLEN)",
      { kind: "length-limited", bytes: 131072 },
    ],
    ["entropy-boot-test: source only returned 0 bytes.", { kind: "source-short", bytes: 0 }],
    [
      "entropy-boot-test: Failed to create entropy_vmo (data lost)",
      { kind: "data-lost", line: "Failed to create entropy_vmo (data lost)" },
    ],
    [
      "entropy-record: Failed to write entropy_vmo (data lost)",
      { kind: "data-lost", line: "Failed to write entropy_vmo (data lost)" },
    ],
    ["entropy-boot-test: partial write", { kind: "data-lost", line: "partial write" }],
    [
      "[    1.0] Kernel panic - not syncing: No working init found.",
      { kind: "panic", line: "[    1.0] Kernel panic - not syncing: No working init found." },
    ],
    ["ZIRCON KERNEL PANIC", { kind: "panic", line: "ZIRCON KERNEL PANIC" }],
    ["entropy-boot-test: could not name entropy_vmo", null],
    ["entropy-boot-test: successful draw in 99999999999999999999 nanoseconds.", null],
    ["kernel.entropy-test.src=hw_rng", null],
    ["", null],
  ] satisfies [string, BootLogEvent | null][])
    it(`says ${event?.kind ?? "nothing"}: ${line.slice(0, 60)}`, () => assert.deepEqual(parseBootLogLine(line), event));

  it("is taken for no more than it is, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("", "entropy-boot-test: ", "entropy-test: ", "x "), (text, prefix) => {
        const event = parseBootLogLine(prefix + text);
        if (event?.kind === "drawn") assert.ok(Number.isSafeInteger(event.nanoseconds) && event.nanoseconds >= 0);
        if (event !== null && "line" in event) assert.ok(event.line.length <= 201);
      }),
    );
  });
});

describe("the log of a boot", () => {
  it("is the same however the bytes were cut, with the same events, in order", () => {
    const text =
      "caf\u00e9 \u{1f600}\r\nentropy-boot-test: only recording 5 bytes (x)\nentropy-boot-test: successful draw in 7 nanoseconds.\nend";
    const whole = logOf(text);
    const all = bytes(text);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(all.length)), (cuts) => {
        const events: BootLogEvent[] = [];
        const log = new BootLog((event) => events.push(event));
        const edges = [0, ...cuts.sort((a, b) => a - b), all.length];
        edges.slice(1).forEach((end, i) => log.add(all.subarray(edges[i], end)));
        log.end();
        assert.equal(log.text, whole.text);
        assert.deepEqual(events, whole.events);
      }),
    );
    assert.equal(whole.text, `${text.replace("\r", "")}\n`);
    assert.deepEqual(whole.events, [
      { kind: "length-limited", bytes: 5 },
      { kind: "drawn", nanoseconds: 7 },
    ]);
  });

  it("holds nothing that would rewrite a terminal's screen", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("\x1b[2J", "\x1bc", "\x1b]0;t\x07", "\x9b", "\u202e", "\0", "a", "\t", "\b", "\n")),
        (parts) => {
          assert.doesNotMatch(logOf(parts.join("")).text, /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
        },
      ),
    );
    assert.equal(logOf("\x1bc\x1b[?7l\x1b[2JSeaBIOS\r\n").text, "SeaBIOS\n");
  });

  it("is bounded: a megabyte and what was left out, lines of 4096, and still every event", () => {
    const log = new BootLog();
    const line = bytes(`${"x".repeat(99)}\n`);
    for (let i = 0; i < 20_000; i++) log.add(line);
    log.add(bytes("y".repeat(20_000)));
    log.add(bytes("\nentropy-boot-test: successful draw in 5 nanoseconds.\n"));
    log.end();
    assert.ok(log.text.length < 1024 * 1024 + 100);
    assert.match(log.text, /\n\[\d+ more characters\]\n$/);
    assert.deepEqual(log.events, [{ kind: "drawn", nanoseconds: 5 }]);
    assert.ok(
      logOf("z".repeat(20_000))
        .text.split("\n")
        .every(({ length }) => length <= 4096),
    );
  });

  it("knows its last words, and that there were none", () => {
    assert.equal(logOf("one\ntwo\n\n  \n").lastLine, "two");
    assert.equal(logOf("").lastLine, null);
    assert.equal(logOf("w".repeat(1000)).lastLine, `${"w".repeat(200)}\u2026`);
  });

  it("read back tells how long the draw took", () => {
    const text = logOf("a\nentropy-boot-test: successful draw in 5 nanoseconds.\n").text;
    assert.equal(drawNanoseconds(text), 5);
    assert.equal(drawNanoseconds("nothing"), null);
    assert.equal(parseBootLog(text).length, 1);
  });
});
