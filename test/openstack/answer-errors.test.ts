import assert from "node:assert/strict";
import fc from "fast-check";
import { serviceMessage } from "../../src/openstack/answer-errors";
import { exchange, type RecordedName } from "./support";

describe("What a service says of its refusal", () => {
  for (const [name, message] of [
    ["auth-wrong-password", "The request you have made requires authentication."],
    ["flavors-bad-marker", "marker [nosuch] not found"],
    ["flavor", "Flavor nosuch could not be found."],
    ["flavors-detail-mv-too-new", "Version 2.999 is not supported by the API. Minimum is 2.1 and maximum is 2.93."],
    ["images-bad-marker", "No image found with ID 00000000-0000-0000-0000-000000000000"],
    ["auth-v2.0", ""],
  ] as const satisfies readonly (readonly [RecordedName, string])[]) {
    it(`is found as recorded: ${name}`, () => {
      assert.equal(serviceMessage(exchange(name).response.body), message);
    });
  }

  it("is found in Neutron's shape", () => {
    assert.equal(
      serviceMessage({ NeutronError: { type: "OverQuota", message: "Quota exceeded." } }),
      "Quota exceeded.",
    );
  });

  it("is found in a moment where brackets open and none closes", () => {
    const message = "<".repeat(1_000_000);
    assert.equal(serviceMessage({ message }), `${message.slice(0, 300)}…`);
    assert.equal(serviceMessage({ message: "not<br /><br>\n\nallowed: 1 < 2" }), "not allowed: 1 < 2");
  });

  it("is one printable line of bounded length, whatever is answered", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ message: fc.string({ unit: "binary", maxLength: 900 }) })),
        (json) => {
          const message = serviceMessage(json);
          assert.ok(message.length <= 301);
          assert.ok(!/\p{C}/u.test(message));
        },
      ),
    );
  });
});
