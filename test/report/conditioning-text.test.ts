import assert from "node:assert/strict";
import { fullEntropy } from "../../src/report/conditioning-text";
import { conditionedEntropy } from "../../src/sp800-90b/conditioning";

describe("whether full entropy may be claimed", () => {
  const claim = (nIn: number, nOut: number, nw: number, hIn: number, hPrime: number | null = null) =>
    fullEntropy(conditionedEntropy({ nIn, nOut, nw, hIn, hPrime }));

  it("is yes from a margin of 64 bits on", () => {
    assert.match(claim(512, 256, 256, 320), /^yes, if the component's security strength is at least 256 bits/);
  });

  it("is no by as many bits as h_in lacks", () => {
    assert.match(claim(512, 256, 256, 319.5), /^no, h_in is less than n_out \+ 64 = 320 by 0\.5 bits/);
  });

  it("is no when n_in cannot hold the h_in that it takes", () => {
    assert.match(claim(300, 256, 256, 300), /^no, h_in must be at least n_out \+ 64 = 320, and n_in = 300 bits cannot/);
  });

  it("is no, whatever goes in, when the component is narrower inside", () => {
    assert.match(claim(512, 256, 128, 512), /^no, whatever goes in: nw = 128 is narrower than n_out = 256/);
    assert.match(claim(20000, 10000, 9995, 10000), /^no, h_in is less than n_out \+ 64 = 10064/);
    assert.match(claim(20000, 10000, 9995, 10064), /^yes/);
  });

  it("is no of a component that is not vetted", () => {
    assert.match(claim(512, 256, 256, 512, 1), /^no, the component is not vetted/);
  });
});
