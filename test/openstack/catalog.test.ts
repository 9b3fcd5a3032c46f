import assert from "node:assert/strict";
import { endpointOf, hasEndpoint, type CatalogEndpoint } from "../../src/openstack/catalog";
import { authenticate } from "../../src/openstack/identity";
import { client, cloudAt, never, replay, services, userError } from "./support";

describe("The endpoint of a service", () => {
  const catalog: readonly CatalogEndpoint[] = [
    { service: "compute", name: "nova", interface: "internal", region: "north", url: "http://inside:8774/v2.1" },
    { service: "compute", name: "nova", interface: "public", region: "north", url: "https://north/v2.1/" },
    { service: "compute", name: "nova", interface: "public", region: "south", url: "https://south/v2.1" },
    { service: "image", name: "glance", interface: "public", region: "south", url: "not an address" },
  ];
  const find = (change: Parameters<typeof cloudAt>[1], type: "compute" | "image" = "compute") =>
    endpointOf(type, cloudAt("http://k", change), catalog);

  it("is the first of its type and interface when no region is asked for", () => {
    assert.deepEqual(find({}), { url: "https://north/v2.1", region: "north" });
  });

  it("is of one region for all services when none is asked for, however the catalog is ordered", () => {
    const at = (service: string, region: string): CatalogEndpoint => ({
      ...{ service, name: null, interface: "public", region, url: `https://${service}.${region}` },
    });
    const offers = [at("image", "south"), at("compute", "south"), at("compute", "north"), at("image", "north")];
    const cloud = cloudAt("http://k");
    for (const order of [offers, offers.toReversed()]) {
      assert.equal(endpointOf("compute", cloud, order).region, "north");
      assert.equal(endpointOf("image", cloud, order).region, "north");
    }
    const shared = [...offers.slice(0, 3), at("network", "everywhere")];
    assert.deepEqual(
      (["image", "network"] as const).map((type) => endpointOf(type, cloud, shared).region),
      ["south", "everywhere"],
    );
  });

  it("is that of the region and interface asked for", () => {
    assert.deepEqual(find({ region: "south" }), { url: "https://south/v2.1", region: "south" });
    assert.deepEqual(find({ services: services({ interface: "internal" }) }), {
      url: "http://inside:8774/v2.1",
      region: "north",
    });
  });

  it("is the override of clouds.yaml, whatever the catalog has", () => {
    const change = { services: services({ override: "https://here/v2.1" }) };
    assert.deepEqual(find({ ...change, region: "west" }), { url: "https://here/v2.1", region: "west" });
  });

  it("is an error that lists what the catalog has", () => {
    assert.throws(
      () => find({ region: "west" }),
      userError("openstack-no-endpoint", "public west", "compute public north", "compute public south", "region_name"),
    );
    assert.throws(() => find({}, "image"), userError("openstack-no-endpoint", "image"));
  });

  it("is an error that asks for a project when the token is unscoped, as recorded", async () => {
    const server = await replay("auth-password-unscoped");
    const { auth } = cloudAt("");
    assert.ok(auth.method === "password");
    const unscoped = cloudAt(`${server.url}/v3`, { auth: { ...auth, scope: { kind: "unscoped" } } });
    const identity = await authenticate(unscoped, await client(), never);
    await server.close();
    assert.throws(
      () => endpointOf("compute", unscoped, identity.catalog),
      userError("openstack-no-endpoint", "for no project", "project_name"),
    );
  });

  it("is found by any of the service's types, the official one first", () => {
    const volume = (service: string, url: string) => ({ service, name: null, interface: "public", region: "r", url });
    const cloud = cloudAt("http://k");
    const v2 = [volume("volumev2", "https://c/v2/p"), volume("volume", "https://c/v1/p")];
    assert.equal(hasEndpoint("block-storage", cloud, v2), false);
    for (const service of ["block-storage", "volumev3", "block-store", "volume"]) {
      const found = endpointOf("block-storage", cloud, [...v2, volume(service, "https://c/v3/p")]);
      assert.deepEqual([service, found.url], [service, "https://c/v3/p"]);
    }
    const both = [volume("volumev3", "https://old/v3"), volume("block-storage", "https://new/v3")];
    assert.equal(endpointOf("block-storage", cloud, both).url, "https://new/v3");
  });

  it("is that of the type and the name that clouds.yaml gives it", () => {
    assert.throws(() => find({ services: services({ name: "nova-2" }) }), userError("openstack-no-endpoint"));
    assert.equal(find({ services: services({ name: "nova" }) }).region, "north");
    assert.throws(
      () => find({ services: services({ types: ["compute_legacy"] }) }),
      userError("openstack-no-endpoint"),
    );
  });
});
