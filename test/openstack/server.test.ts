import assert from "node:assert/strict";
import { consoleOutput, createServer, showServer, type NewServer } from "../../src/openstack/server";
import type { ServiceClient } from "../../src/openstack/service";
import life from "../golden/openstack/server.json";
import { serve, serviceAt, userError } from "./support";

/** Asks a Nova that answers everything as it was recorded to answer this. */
async function asRecorded<T>(name: keyof typeof life, ask: (compute: ServiceClient) => Promise<T>): Promise<T> {
  const { status, headers, body } = life[name].response;
  const server = await serve(() => ({ status, headers, body }));
  try {
    return await ask(await serviceAt("compute", server.url));
  } finally {
    await server.close();
  }
}

const wanted: NewServer = {
  name: "recorded",
  flavor: "f",
  boot: { from: "image", image: "i" },
  network: "n",
  securityGroups: [],
  keypair: null,
  userData: null,
  metadata: {},
};

describe("A server of a real Nova", () => {
  const show = (name: keyof typeof life) => asRecorded(name, (compute) => showServer(compute, "s"));

  it("is made, and has an id", async () => {
    assert.match(await asRecorded("create", (compute) => createServer(compute, wanted)), /^[0-9a-f-]{36}$/);
  });

  it("is being built without an address, and active with one", async () => {
    const building = await show("building");
    assert.deepEqual([building?.status, building?.addresses], ["BUILD", []]);
    const active = await show("active");
    assert.deepEqual([active?.status, active?.fault], ["ACTIVE", null]);
    assert.deepEqual(
      active?.addresses.map(({ version, kind }) => [version, kind]),
      [[4, "fixed"]],
    );
  });

  it("shows its console", async () => {
    assert.equal(
      await asRecorded("console", (compute) => consoleOutput(compute, "s")),
      "FAKE CONSOLE OUTPUT\nANOTHER\nLAST LINE",
    );
  });

  it("says why it has failed, also to a member", async () => {
    const failed = await show("failed");
    assert.equal(failed?.status, "ERROR");
    assert.match(failed.fault ?? "", /No valid host was found/);
  });

  it("is null when it is gone", async () => {
    assert.equal(await show("gone"), null);
  });

  it("is refused beyond the quota", async () => {
    await assert.rejects(
      asRecorded("quota", (compute) => createServer(compute, wanted)),
      userError("openstack-quota", "Quota exceeded for ram"),
    );
  });
});
