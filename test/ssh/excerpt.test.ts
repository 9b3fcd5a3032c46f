import assert from "node:assert/strict";
import fc from "fast-check";
import { excerpt } from "../../src/ssh/excerpt";

describe("an excerpt of another machine's words", () => {
  it("keeps what can be read, on one line", () => {
    assert.equal(excerpt("  größer\n than\texpected \r\n"), "größer than expected");
  });

  it("holds nothing that controls a terminal or the order of reading", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(excerpt(text), /\p{C}/u);
      }),
    );
    assert.equal(excerpt("a\u202eb\u001b[2Jc\u0000"), "a b [2Jc");
  });

  it("is short", () => {
    assert.equal(excerpt("x".repeat(1000)), `${"x".repeat(200)}...`);
    assert.equal(excerpt("x" + "😀".repeat(200)), `x${"😀".repeat(99)}...`);
  });
});
