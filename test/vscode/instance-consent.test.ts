import assert from "node:assert/strict";
import { INSTANCE_DEFAULTS } from "../../src/operations/instance-choices";
import { consentOf } from "../../src/vscode/instance-consent";
import type { InstanceItem } from "../../src/vscode/items";

const item = (images: InstanceItem["images"]): InstanceItem => ({
  kind: "instance",
  name: "north",
  file: "/lab/clouds.yaml",
  images,
});

describe("the question before sample instances are made", () => {
  it("names the cloud and the images", () => {
    const of = (images: InstanceItem["images"]) => consentOf(item(images), INSTANCE_DEFAULTS);
    assert.equal(of({ by: "order" }).question, "Make a server of a public image in the cloud north?");
    assert.equal(
      of({ by: "name", names: ["Debian 12", "Ubuntu*"] }).question,
      "Make a server each of Debian 12, Ubuntu* in the cloud north?",
    );
    assert.equal(of({ by: "all-public" }).question, "Make a server each of every public image in the cloud north?");
    assert.deepEqual([of({ by: "order" }).make, of({ by: "all-public" }).make], ["Make a Server", "Make Servers"]);
  });

  it("says how it is asked, and what is made for it", () => {
    const { detail } = consentOf(item({ by: "order" }), INSTANCE_DEFAULTS);
    assert.match(detail, /^It has the most frugal flavor that fits and a network of its own, .* over its console/);
    const chosen = { ...INSTANCE_DEFAULTS, flavor: "SCS-1V-4", network: "lab", askedBy: "ssh" } as const;
    assert.match(
      consentOf(item({ by: "order" }), chosen).detail,
      /^It has the flavor SCS-1V-4 and the network lab, .* over SSH/,
    );
  });

  it("names the mirror that packages would come from, where one is used", () => {
    const mirrored = { ...INSTANCE_DEFAULTS, mirror: "http://mirror.lab/debian" };
    assert.match(
      consentOf(item({ by: "order" }), mirrored).detail,
      /rngtest, it comes from http:\/\/mirror\.lab\/debian/,
    );
    assert.doesNotMatch(consentOf(item({ by: "order" }), { ...mirrored, askedBy: "ssh" }).detail, /mirror\.lab/);
  });
});
