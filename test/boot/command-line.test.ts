import assert from "node:assert/strict";
import fc from "fast-check";
import { composeCommandLine, newNodename, optionsOf, testOf } from "../../src/boot/command-line";

describe("a boot's command line", () => {
  it("is what run-boot-test of Zircon composes, to the last blank", () => {
    // run-boot-test -a x86 -c "kernel.jitterentropy.bc=1024 kernel.jitterentropy.bs=64" -c ... -l 1048576 -m qemu -s jitterentropy
    const composed = composeCommandLine({
      words: ["kernel.jitterentropy.bc=1024 kernel.jitterentropy.bs=64"],
      options: [
        ["kernel.jitterentropy.ml", "0"],
        ["kernel.jitterentropy.ll", "0"],
        ["kernel.jitterentropy.raw", "true"],
      ],
      source: "jitterentropy",
      length: 1048576,
      nodename: "entropy-test-0123456789abcdef0123456789abcdef",
    });
    assert.equal(
      composed,
      "kernel.jitterentropy.bc=1024 kernel.jitterentropy.bs=64 kernel.jitterentropy.ml=0 kernel.jitterentropy.ll=0 " +
        "kernel.jitterentropy.raw=true kernel.entropy-test.src=jitterentropy kernel.entropy-test.len=1048576 " +
        "zircon.nodename=entropy-test-0123456789abcdef0123456789abcdef ",
    );
  });

  it("leaves the length to the kernel if none is stated", () => {
    const composed = composeCommandLine({ words: [], options: [], source: "hw_rng", length: null, nodename: "rpi3" });
    assert.equal(composed, "kernel.entropy-test.src=hw_rng zircon.nodename=rpi3 ");
  });

  it("gets a node's name of its own for each boot", () => {
    assert.match(newNodename(), /^entropy-test-[0-9a-f]{32}$/);
    assert.notEqual(newNodename(), newNodename());
  });

  it("tells which test it was of, whatever the node is called and however wide the blanks are", () => {
    const word = fc.stringMatching(/^[a-z.]{1,8}(?:=[a-z0-9]{0,4})?$/);
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (before, after) => {
        const parts = { options: [], source: "hw_rng", length: 1 };
        const one = composeCommandLine({ ...parts, words: [...before, ...after], nodename: newNodename() });
        const other = `${before.join("\t")}  ${after.join("   ")} zircon.nodename=x  kernel.entropy-test.src=hw_rng kernel.entropy-test.len=1`;
        assert.equal(testOf(one), testOf(other));
      }),
    );
    assert.notEqual(testOf("a=1 b=2"), testOf("a=1 b=3"));
  });

  it("has options as they are written, several to a word", () => {
    assert.deepEqual(optionsOf(["quiet a=1", "b=x=y"]), [
      ["quiet", ""],
      ["a", "1"],
      ["b", "x=y"],
    ]);
  });
});
