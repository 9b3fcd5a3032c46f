import assert from "node:assert/strict";
import fc from "fast-check";
import { duration, entropy, figure, fileName, integer, mebibytes, plural, printable } from "../../webview/format";

describe("how figures and texts are written", () => {
  it("writes an entropy with three decimals, and small ones with three digits", () => {
    assert.deepEqual([7.124204080548348, 1, 0, 0.010001, 9.597615148957749e-8].map(entropy), [
      "7.124",
      "1.000",
      "0",
      "0.010",
      "9.60e-8",
    ]);
  });

  it("writes integers whole and other figures with six digits", () => {
    assert.deepEqual([1_000_000, 0.6992768877070911, 3.00223691456399e-39, -0.5].map(figure), [
      "1,000,000",
      "0.699277",
      "3.00224e-39",
      "-0.500000",
    ]);
  });

  it("writes counts, sizes and file names", () => {
    assert.deepEqual(
      [plural(1, "warning"), plural(0, "warning"), plural(1234, "flavor")],
      ["1 warning", "0 warnings", "1,234 flavors"],
    );
    assert.deepEqual([512, 1024, 1536, 1000, 65536].map(mebibytes), [
      "512 MiB",
      "1 GiB",
      "1.5 GiB",
      "1,000 MiB",
      "64 GiB",
    ]);
    assert.deepEqual(["/a/b.bin", "C:\\a\\b.bin", "b.bin", "/a/"].map(fileName), ["b.bin", "b.bin", "b.bin", "/a/"]);
    assert.equal(integer(8_000_000), "8,000,000");
  });

  it("writes a duration in the unit that fits, and none for moments that are none", () => {
    const after = (ms: number) =>
      duration("2026-03-02T09:14:07.000Z", new Date(Date.UTC(2026, 2, 2, 9, 14, 7) + ms).toISOString());
    assert.deepEqual([0, 820, 12_440, 59_949, 60_000, 185_400].map(after), [
      "0 ms",
      "820 ms",
      "12.4 s",
      "59.9 s",
      "1 min 0 s",
      "3 min 5 s",
    ]);
    assert.equal(duration("", "2026-03-02T09:14:07.000Z"), null);
    assert.equal(after(-1), null);
  });

  it("writes out controls and characters that reorder the text around them", () => {
    assert.equal(printable("a\u202Egnp.exe\u0000\u001b[31m", 100), "a<U+202E>gnp.exe<U+0000><U+001B>[31m");
    assert.equal(printable("two\nlines\tand a tab", 100), "two\nlines\tand a tab");
  });

  it("bounds every text and lets no control through but tab and line feed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.integer({ min: 1, max: 200 }), (text, limit) => {
        const shown = printable(text, limit);
        assert.ok(shown.length <= limit * "<U+FFFF>".length + "… (400 more characters)".length);
        assert.doesNotMatch(shown.replace(/[\n\t]/g, ""), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
