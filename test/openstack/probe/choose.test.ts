import assert from "node:assert/strict";
import fc from "fast-check";
import { DEMO_FLAVORS, DEMO_IMAGES } from "../../../src/demo/cloud/catalogue";
import type { Flavor, Image } from "../../../src/model";
import { chooseFlavor, type FlavorWish } from "../../../src/openstack/probe/choose-flavor";
import { chooseImages, type ImageChoice } from "../../../src/openstack/probe/choose-image";
import { userError } from "../support";

function image(name: string, properties: Record<string, string> = {}, more: Partial<Image> = {}): Image {
  return {
    id: `id of ${name}`,
    name,
    status: "active",
    visibility: "public",
    minDisk: 0,
    minRam: 0,
    properties,
    ...more,
  };
}

const named = (images: readonly Image[], choice: ImageChoice): string[] =>
  chooseImages(images, choice).map(({ name }) => name);

describe("The images to boot", () => {
  const debian = (version: string): Image => image(`Debian ${version}`, { os_distro: "debian", os_version: version });
  const ubuntu = (version: string): Image => image(`Ubuntu ${version}`, { os_distro: "Ubuntu", os_version: version });

  it("are one by the standard's order: Debian's newest, else Ubuntu's newest, else any", () => {
    const byOrder = (...images: Image[]): string[] => named(images, { by: "order" });
    assert.deepEqual(byOrder(ubuntu("24.04"), debian("9"), debian("12"), debian("bullseye")), ["Debian 12"]);
    assert.deepEqual(byOrder(debian("12"), debian("trixie")), ["Debian trixie"]);
    assert.deepEqual(byOrder(image("x"), ubuntu("22.04"), ubuntu("24.04")), ["Ubuntu 24.04"]);
    assert.deepEqual(byOrder(image("first"), image("second")), ["first"]);
    // a distribution without a version does not rank
    assert.deepEqual(byOrder(image("Debian", { os_distro: "debian" }), ubuntu("20.04")), ["Ubuntu 20.04"]);
  });

  it("are public or of the community, and active, unless they are named", () => {
    const own = image("own", {}, { visibility: "private" });
    const queued = image("queued", {}, { status: "queued" });
    const shared = image("community", {}, { visibility: "community" });
    assert.deepEqual(named([own, queued, shared], { by: "order" }), ["community"]);
    assert.deepEqual(named([own, queued, shared], { by: "all-public" }), ["community"]);
    assert.deepEqual(named([own, queued, shared], { by: "name", names: ["own"] }), ["own"]);
    assert.throws(() => named([own, queued], { by: "all-public" }), userError("openstack-no-public-image"));
    assert.throws(
      () => named([own, queued], { by: "name", names: ["queued"] }),
      userError("openstack-image-not-found"),
    );
  });

  it("are each once, however often a pattern finds them", () => {
    assert.deepEqual(named(DEMO_IMAGES, { by: "name", names: ["Ubuntu 2?.04", "Ubuntu*", "Debian 13"] }), [
      "Ubuntu 22.04",
      "Ubuntu 24.04",
      "Debian 13",
    ]);
  });

  it("may have any name, also one that looks like a pattern", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        assert.deepEqual(named([image(name), image(`${name}.`)], { by: "name", names: [name] }), [name]);
      }),
    );
  });
});

function flavor(name: string, vcpus: number, ram: number, disk: number, allowed?: string): Flavor {
  const extraSpecs: Record<string, string> = allowed === undefined ? {} : { "hw_rng:allowed": allowed };
  return { id: `id of ${name}`, name, vcpus, ram, disk, isPublic: true, extraSpecs };
}

const WISH: FlavorWish = { name: null, imageSize: 0, volumes: true };

describe("The flavor of a probe server", () => {
  const choose = (flavors: readonly Flavor[], more: Partial<Image> = {}, wish: Partial<FlavorWish> = {}): string => {
    const { flavor, volume } = chooseFlavor(flavors, image("x", {}, more), { ...WISH, ...wish });
    return `${flavor.name} ${volume ?? "own disk"}`;
  };

  it("is the most frugal that fits and allows a random number generator", () => {
    assert.equal(choose([flavor("big", 4, 8192, 20, "True"), flavor("small", 1, 2048, 10, "true")]), "small own disk");
    assert.equal(choose([flavor("none", 1, 1024, 10), flavor("rng", 2, 4096, 20, "1")]), "rng own disk");
    assert.equal(choose([flavor("denies", 1, 1024, 10, "False"), flavor("rng", 2, 4096, 20, "True")]), "rng own disk");
  });

  it("has the memory that the image asks for, and a little more than none where there is a choice", () => {
    const flavors = [
      flavor("nano", 1, 64, 10, "True"),
      flavor("tiny", 1, 1024, 10, "True"),
      flavor("big", 2, 8192, 10, "True"),
    ];
    assert.equal(choose(flavors), "tiny own disk");
    assert.equal(choose(flavors, { minRam: 4096 }), "big own disk");
    assert.equal(choose(flavors.slice(0, 1)), "nano own disk");
  });

  it("boots from a volume when its disk is too small or there is none", () => {
    assert.equal(choose([flavor("none", 1, 1024, 0, "True")]), "none 8");
    assert.equal(choose([flavor("none", 1, 1024, 0, "True")], { minDisk: 20 }), "none 20");
    assert.equal(choose([flavor("small", 1, 1024, 5, "True")], {}, { imageSize: 12 }), "small 12");
    assert.equal(choose([flavor("large", 1, 1024, 20, "True")], { minDisk: 1 }), "large own disk");
  });

  it("has a disk of its own in a cloud without volumes", () => {
    const flavors = [flavor("none", 1, 1024, 0, "True"), flavor("disk", 4, 8192, 40)];
    assert.equal(choose(flavors, {}, { volumes: false }), "disk own disk");
    assert.throws(
      () => choose(flavors.slice(0, 1), {}, { volumes: false }),
      userError("openstack-no-fitting-flavor", "no volumes"),
    );
  });

  it("is the one that was named, whatever it is like", () => {
    assert.equal(choose(DEMO_FLAVORS, {}, { name: "hpc.dedicated" }), "hpc.dedicated own disk");
    assert.throws(() => choose(DEMO_FLAVORS, {}, { name: "none" }), userError("openstack-flavor-not-found"));
  });

  it("is also found where the role may not read extra specs", () => {
    assert.equal(choose([{ ...flavor("dark", 1, 1024, 10), extraSpecs: null }]), "dark own disk");
  });
});
