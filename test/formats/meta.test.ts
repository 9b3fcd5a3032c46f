import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { formatMeta, parseKernelCommandLine, parseMeta } from "../../src/formats/meta";

const RUN = `entropy-test qemu
date         2017-08-24 11:05:09 PDT
buildid      GIT_95d9f4c
arch         x86
source       jitterentropy
len          
cmdline      kernel.jitterentropy.raw=true kernel.entropy-test.src=jitterentropy zircon.nodename=n 
`;

describe("a .meta file", () => {
  it("is keys and values in the order of its lines, without the blanks at the values' ends", () => {
    assert.deepEqual(
      [...parseMeta(RUN)],
      [
        ["entropy-test", "qemu"],
        ["date", "2017-08-24 11:05:09 PDT"],
        ["buildid", "GIT_95d9f4c"],
        ["arch", "x86"],
        ["source", "jitterentropy"],
        ["len", ""],
        ["cmdline", "kernel.jitterentropy.raw=true kernel.entropy-test.src=jitterentropy zircon.nodename=n"],
      ],
    );
  });

  it("is written as run-boot-test writes it, byte for byte", () => {
    const meta = new Map(parseMeta(RUN));
    meta.set("cmdline", `${meta.get("cmdline") ?? ""} `);
    assert.equal(formatMeta(meta), RUN);
  });

  it("may have tabs, carriage returns, empty lines, unknown keys, and keys whose blanks an editor stripped", () => {
    assert.deepEqual(
      [...parseMeta("arch\t\tarm64\r\n\r\nroom-temperature  21 C\r\nlen\r\n__proto__ x\r\n")],
      [
        ["arch", "arm64"],
        ["room-temperature", "21 C"],
        ["len", ""],
        ["__proto__", "x"],
      ],
    );
  });

  it("that is none is refused with the number of the line", () => {
    assert.throws(
      () => parseMeta("arch x86\nsource: hw_rng\n"),
      (error) => error instanceof UserError && error.message.includes("Line 2") && error.message.includes("source:"),
    );
  });

  const keys = fc.stringMatching(/^[A-Za-z0-9_-]+$/);
  const values = fc.string().map((text) => text.replaceAll(/[\r\n]/g, "").trim());

  it("written and read again is the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key }), (entries) => {
        assert.deepEqual([...parseMeta(formatMeta(new Map(entries)))], entries);
      }),
    );
  });

  it("that is none is quoted as a terminal may show it", () => {
    assert.throws(
      () => parseMeta("len 5\n\x1b[2J:\n"),
      (error) => error instanceof UserError && error.message.includes('Line 2 of the .meta file, "\\x1b[2J:"'),
    );
  });

  it("is never written with a key or a value that would not be read back", () => {
    assert.throws(() => formatMeta(new Map([["two words", "x"]])), UserError);
    assert.throws(() => formatMeta(new Map([["key", "two\nlines"]])), UserError);
  });

  it("is read or refused with a UserError, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "-", " ", "\t", "\n", "\r", "=", "é", "\u2028") }), (text) => {
        try {
          parseMeta(text);
        } catch (error) {
          assert.ok(error instanceof UserError);
        }
      }),
    );
  });
});

describe("a kernel's command line", () => {
  it("is options and their values; a word alone has an empty one, and the last of two counts", () => {
    assert.deepEqual(
      [...parseKernelCommandLine(" kernel.jitterentropy.ml=32  quiet kernel.x=a=b kernel.jitterentropy.ml=1 ")],
      [
        ["kernel.jitterentropy.ml", "1"],
        ["quiet", ""],
        ["kernel.x", "a=b"],
      ],
    );
  });
});
