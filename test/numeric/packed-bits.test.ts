import assert from "node:assert/strict";
import fc from "fast-check";
import { firstBits, packSymbols, popcount, unpackSymbols, windowAt } from "../../src/numeric/packed-bits";

const symbols = fc
  .integer({ min: 1, max: 8 })
  .chain((width) => fc.tuple(fc.constant(width), fc.uint8Array({ max: 2 ** width - 1, maxLength: 70 })));

describe("packed bits", () => {
  it("hold the symbols end to end, each most significant bit first", () => {
    fc.assert(
      fc.property(symbols, ([width, values]) => {
        const { words, length } = packSymbols(values, width);
        const text = Array.from(values, (value) => value.toString(2).padStart(width, "0")).join("");
        assert.equal(length, text.length);
        const packed = Array.from(words, (word) => (word >>> 0).toString(2).padStart(32, "0")).join("");
        assert.equal(packed.slice(0, length), text);
        assert.match(packed.slice(length), /^0{64,}$/);
      }),
    );
  });

  it("give the symbols back", () => {
    fc.assert(
      fc.property(symbols, ([width, values]) => {
        assert.deepEqual(unpackSymbols(packSymbols(values, width), width), values);
      }),
    );
  });

  it("can be cut short, leaving zeros", () => {
    fc.assert(
      fc.property(symbols, fc.nat(600), ([width, values], most) => {
        const whole = packSymbols(values, width);
        const { words, length } = firstBits(whole, most);
        assert.equal(length, Math.min(most, whole.length));
        const text = (of: Int32Array) => Array.from(of, (word) => (word >>> 0).toString(2).padStart(32, "0")).join("");
        assert.equal(text(words).slice(0, length), text(whole.words).slice(0, length));
        assert.match(text(words).slice(length), /^0{64,}$/);
      }),
    );
  });

  it("can be read 32 at a time from anywhere", () => {
    const { words } = packSymbols(Uint8Array.of(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef), 8);
    assert.equal(windowAt(words, 0), 0x01234567);
    assert.equal(windowAt(words, 4), 0x12345678);
    assert.equal(windowAt(words, 31) >>> 0, 0xc4d5e6f7);
  });

  it("are counted", () => {
    fc.assert(
      fc.property(fc.integer(), (x) => {
        assert.equal(popcount(x), (x >>> 0).toString(2).replaceAll("0", "").length);
      }),
    );
  });
});
