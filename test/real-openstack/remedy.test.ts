import assert from "node:assert/strict";
import type { Api } from "../../src/dev/openstack/api";
import { PROJECTS } from "../../src/dev/openstack/population";
import type { CloudConfig } from "../../src/formats/cloud-config";
import type { CloudReport } from "../../src/model";
import { setProperty, type PropertyTarget } from "../../src/operations/set-property";
import { never, userError } from "../openstack/support";
import { administrator, asAdministrator, cloudOf, findingOf, Made, memberOf, reportOf } from "./support";

async function set(as: Promise<CloudConfig>, target: PropertyTarget): Promise<CloudReport> {
  const cloud = await as;
  return setProperty(cloud, await reportOf(cloud), target, never);
}

describe("The remedy, done for the user", () => {
  let admin: Api;
  let made: Made;

  before(async () => {
    admin = await administrator();
    made = new Made(admin);
  });
  afterEach(() => made.unmake());

  it("gives a flavor what it lacks, keeps what it has, and reads it back", async () => {
    const id = await made.flavor("remedy.flavor", { "hw:cpu_policy": "shared", "hw_rng:allowed": "false" });
    const after = await set(asAdministrator(), { resource: "flavor", id });
    assert.equal(findingOf(after, "remedy.flavor").verdict, "pass");
    const specs = await admin.get("compute", `/flavors/${id}/os-extra_specs`);
    assert.deepEqual(specs, { extra_specs: { "hw:cpu_policy": "shared", "hw_rng:allowed": "True" } });
    assert.equal(findingOf(await reportOf(cloudOf()), "remedy.flavor").verdict, "pass");
  });

  it("tells a member in Nova's words that it may not set a flavor, and leaves it as it is", async () => {
    const id = await made.flavor("remedy.forbidden");
    await assert.rejects(
      set(cloudOf(), { resource: "flavor", id }),
      userError("openstack-forbidden", "os_compute_api:os-flavor-extra-specs:create"),
    );
    assert.deepEqual(await admin.get("compute", `/flavors/${id}/os-extra_specs`), { extra_specs: {} });
  });

  it("gives an image what it lacks, or another value, by who owns it", async () => {
    const own = new Made(await memberOf(PROJECTS.demo));
    try {
      for (const properties of [{}, { hw_rng_model: "bogus" }]) {
        const id = await own.image("remedy.own", { os_distro: "debian", ...properties });
        const after = await set(cloudOf(), { resource: "image", id });
        assert.equal(findingOf(after, "remedy.own").verdict, "pass");
        const image = await admin.get("image", `/v2/images/${id}`);
        assert.deepEqual([image["hw_rng_model"], image["os_distro"]], ["virtio", "debian"]);
        await own.unmake();
      }
    } finally {
      await own.unmake();
    }
  });

  it("tells who does not own an image that it may not, and leaves it as it is", async () => {
    const id = await made.image("remedy.public", { visibility: "public" });
    await assert.rejects(set(cloudOf(), { resource: "image", id }), userError("openstack-forbidden", "403"));
    assert.equal((await admin.get("image", `/v2/images/${id}`))["hw_rng_model"], undefined);
  });

  it("tells that a flavor is gone", async () => {
    const id = await made.flavor("remedy.gone");
    const cloud = await asAdministrator();
    const report = await reportOf(cloud);
    await made.unmake();
    await assert.rejects(
      setProperty(cloud, report, { resource: "flavor", id }, never),
      userError("openstack-not-found", "404"),
    );
  });
});
