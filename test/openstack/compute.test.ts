import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { startDemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import type { Flavor } from "../../src/model";
import { listFlavors } from "../../src/openstack/compute";
import { authenticate } from "../../src/openstack/identity";
import { all, client, cloudAt, exchange, never, PASSWORD, replay, serve, serviceAt, userError } from "./support";

async function flavorsAt(url: string, token?: string): Promise<Flavor[]> {
  return (await all(listFlavors(await serviceAt("compute", url, token)))).flatMap((page) => page.flavors);
}

/** The flavors that a simulated cloud of this kind shows. */
async function flavorsOf(options: DemoOpenStackOptions): Promise<Flavor[]> {
  const demo = await startDemoOpenStack({ password: PASSWORD, ...options });
  try {
    const { token } = await authenticate(cloudAt(demo.url), await client(), never);
    return await flavorsAt(`${demo.url}/compute/v2.1`, token.reveal());
  } finally {
    await demo.close();
  }
}

function many(count: number): Flavor[] {
  return Array.from({ length: count }, (_, i) => ({
    id: String(i + 1),
    name: `flavor ${i + 1}`,
    vcpus: 1,
    ram: 512,
    disk: 0,
    isPublic: i % 2 === 0,
    extraSpecs: i % 3 === 0 ? { "hw_rng:allowed": "True" } : {},
  }));
}

describe("The flavors of a real Nova, as recorded", () => {
  it("come with their extra specs from microversion 2.61", async () => {
    const server = await replay("disc-nova-v21", "flavors-detail-member-2.61");
    const flavors = await flavorsAt(`${server.url}/v2.1`);
    await server.close();
    assert.deepEqual(
      flavors.map(({ name, extraSpecs }) => [name, extraSpecs?.["hw_rng:allowed"]]),
      [
        ["tiny.true", "true"],
        ["tiny.false", "False"],
        ["SCS-1V-4", "True"],
        ["SCS-1L-1", "True"],
        ["m1.extraspecs", undefined],
        ["SCS-2V-8", undefined],
      ],
    );
    assert.deepEqual(flavors[0], {
      id: "3bf06158-2f85-4501-8e0a-b4107e182203",
      name: "tiny.true",
      vcpus: 1,
      ram: 512,
      disk: 1,
      isPublic: true,
      extraSpecs: { "hw_rng:allowed": "true" },
    });
    const [discovery, list] = server.requests;
    assert.equal(discovery.path, "/v2.1/");
    assert.equal(list.path, "/v2.1/flavors/detail?is_public=None");
    assert.equal(list.headers["openstack-api-version"], "compute 2.61");
    assert.equal(list.headers["x-auth-token"], "t");
  });

  it("are followed over pages to the empty last one", async () => {
    const server = await replay(
      ...(["disc-nova-v21", "flavors-page1-limit2", "flavors-page2-limit2"] as const),
      ...(["flavors-page3-limit2", "flavors-page4-limit2"] as const),
    );
    assert.equal((await flavorsAt(`${server.url}/v2.1`)).length, 6);
    await server.close();
  });

  it("are found from an endpoint without a version, and from one with a project in it", async () => {
    const root = await replay("disc-nova-root", "flavors-detail-member-2.61");
    assert.equal((await flavorsAt(root.url)).length, 6);
    await root.close();
    const old = await serve(({ path }) => ({
      body: path === "/v2.1/" ? exchange("disc-nova-v21").response.body : { flavors: [] },
    }));
    await flavorsAt(`${old.url}/v2.1/0123abcd`);
    assert.match(old.requests[1].path, /^\/v2\.1\/0123abcd\/flavors\/detail/);
    await old.close();
  });

  for (const [name, code, ...words] of [
    ["nova-no-token", "openstack-token-refused", "access rules"],
    ["nova-hypervisors-member", "openstack-forbidden", "Policy doesn't allow"],
    ["nova-path", "openstack-not-found", "The resource could not be found.", "compute_endpoint_override"],
    ["flavors-detail-mv-too-new", "openstack-microversion", "maximum is 2.93"],
    ["flavors-detail-mv-garbage", "openstack-refused", "invalid format"],
    ["nova-keystone-down", "openstack-unavailable", "temporarily unavailable", "later"],
  ] as const) {
    it(`are refused in words for people: ${name}`, async () => {
      const { status, body } = exchange(name).response;
      const server = await serve(({ path }) =>
        path === "/v2.1/" ? { body: exchange("disc-nova-v21").response.body } : { status, body },
      );
      await assert.rejects(flavorsAt(`${server.url}/v2.1`), userError(code, ...words));
      await server.close();
    });
  }
});

describe("The flavors of a simulated Nova", () => {
  it("are all listed, over hundreds and in order", async () => {
    const flavors = many(531);
    assert.deepEqual(await flavorsOf({ flavors, pageSize: 50 }), flavors);
  });

  it("are all listed when the last page is exactly full", async () => {
    assert.equal((await flavorsOf({ flavors: many(100), pageSize: 50 })).length, 100);
  });

  it("are asked one by one for their extra specs when Nova is older than 2.61", async () => {
    const flavors = many(60);
    assert.deepEqual(await flavorsOf({ flavors, microversion: "2.60" }), flavors);
  });

  for (const microversion of ["2.60", "2.93"]) {
    it(`have null for extra specs that the role may not read, with ${microversion}`, async () => {
      const flavors = await flavorsOf({ flavors: many(5), microversion, extraSpecsReadable: false });
      assert.deepEqual(
        flavors.map((flavor) => flavor.extraSpecs),
        [null, null, null, null, null],
      );
    });
  }
});

describe("The microversion that flavors are asked by", () => {
  /** What is asked of a Nova that speaks some microversions, and its answer where it speaks none of them. */
  async function asked(oldest: string, newest: string, most: Parameters<typeof listFlavors>[1] = null) {
    const version = { id: "v2.1", version: newest, min_version: oldest };
    const server = await serve(({ path }) => ({ body: path === "/v2.1/" ? { version } : { flavors: [] } }));
    try {
      await all(listFlavors(await serviceAt("compute", `${server.url}/v2.1`), most));
      return server.requests.at(-1)?.headers["openstack-api-version"];
    } finally {
      await server.close();
    }
  }

  it("is the first with extra specs in the list, if the server speaks it, else none", async () => {
    assert.equal(await asked("2.1", "2.96"), "compute 2.61");
    assert.equal(await asked("2.1", "2.61"), "compute 2.61");
    assert.equal(await asked("2.1", "2.60"), undefined);
    assert.equal(await asked("", ""), undefined);
  });

  it("is the oldest that the server still speaks when that is newer", async () => {
    assert.equal(await asked("2.70", "2.96"), "compute 2.70");
  });

  it("is none when the settings allow only older ones, and never newer than they say", async () => {
    assert.equal(await asked("2.1", "2.96", [2, 60]), undefined);
    assert.equal(await asked("2.1", "2.96", [2, 79]), "compute 2.61");
    const demo = await startDemoOpenStack({ password: PASSWORD, flavors: many(3) });
    const { token } = await authenticate(cloudAt(demo.url), await client(), never);
    const service = await serviceAt("compute", `${demo.url}/compute/v2.1`, token.reveal());
    const flavors = (await all(listFlavors(service, [2, 60]))).flatMap((page) => page.flavors);
    await demo.close();
    assert.deepEqual(flavors, many(3));
  });

  it("is told with the server's range when the settings ask for one that it does not speak", async () => {
    const code = "openstack-microversion-unspoken";
    await assert.rejects(
      asked("2.1", "2.60", [2, 61]),
      userError(code, "2.61", "2.1 to 2.60", "compute_api_version of cloud north"),
    );
    await assert.rejects(asked("2.70", "2.96", [2, 60]), userError(code, "2.70 to 2.96"));
  });
});

describe("What is no list of flavors", () => {
  const nova = (body: unknown) =>
    serve(({ path }) => ({ body: path === "/v2.1/" ? exchange("disc-nova-v21").response.body : body }));

  for (const body of [null, [], "", "<html>", {}, { servers: [] }, { flavors: [{}] }, { flavors: [null] }]) {
    it(`is an error: ${JSON.stringify(body)}`, async () => {
      const server = await nova(body);
      await assert.rejects(flavorsAt(`${server.url}/v2.1`), userError("openstack-unexpected-answer"));
      await server.close();
    });
  }

  it("is an error when its pages never end", async () => {
    const page = exchange("flavors-page1-limit2").response.body;
    const server = await nova(page);
    await assert.rejects(flavorsAt(`${server.url}/v2.1`), userError("openstack-endless-pages"));
    assert.equal(server.requests.length, 3);
    await server.close();
  });

  it("ends in nothing but a UserError, whatever its shape", async () => {
    let body: unknown;
    const server = await serve(() => ({ body }));
    const member = fc.constantFrom(
      "flavors",
      "flavors_links",
      "id",
      "name",
      "version",
      "versions",
      "extra_specs",
      "rel",
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom("v2.1", "2.93", "next", "?marker=1", "http://["),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(member, tie("value"), { maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (shape) => {
        body = shape;
        await flavorsAt(`${server.url}/v2.1`).catch((error: unknown) => assert.ok(error instanceof UserError));
      }),
      { numRuns: 200 },
    );
    await server.close();
  });
});
