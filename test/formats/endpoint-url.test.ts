import assert from "node:assert/strict";
import { withoutFinalSlashes } from "../../src/formats/endpoint-url";

describe("the address of a service", () => {
  it("loses the slashes that it ends with, and no others", () => {
    assert.equal(withoutFinalSlashes("https://cloud//v3//"), "https://cloud//v3");
    assert.equal(withoutFinalSlashes("/"), "");
    assert.equal(withoutFinalSlashes("https://cloud/v3"), "https://cloud/v3");
  });
});
