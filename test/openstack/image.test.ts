import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { startDemoOpenStack } from "../../src/demo/openstack";
import type { Image } from "../../src/model";
import { authenticate } from "../../src/openstack/identity";
import { listImages } from "../../src/openstack/image";
import { all, client, cloudAt, exchange, never, PASSWORD, replay, serve, serviceAt, userError } from "./support";

async function imagesAt(url: string, token?: string): Promise<Image[]> {
  return (await all(listImages(await serviceAt("image", url, token)))).flatMap((page) => page.images);
}

describe("The images of a real Glance, as recorded", () => {
  it("are followed over pages, with the properties that somebody set and no others", async () => {
    const server = await replay("images-page1-limit2", "images-page2-limit2");
    const images = await imagesAt(server.url);
    await server.close();
    assert.deepEqual(
      images.map(({ name, properties }) => [name, properties]),
      [
        ["odd", { hw_rng_model: "bogus" }],
        ["Debian 12", { hw_rng_model: "virtio" }],
        ["no-rng-image", {}],
      ],
    );
    assert.deepEqual(images[1], {
      id: "0e2500ed-64e7-4e02-8194-4f2d4216b238",
      name: "Debian 12",
      status: "active",
      visibility: "public",
      minDisk: 0,
      minRam: 0,
      properties: { hw_rng_model: "virtio" },
    });
  });

  for (const path of ["", "/v2", "/image", "/image/v2.15"]) {
    it(`are found from an endpoint that ends in ${JSON.stringify(path)}`, async () => {
      const server = await serve(() => ({ body: { images: [] } }));
      await imagesAt(server.url + path);
      assert.equal(server.requests[0].path, `${path.replace(/\/v2.*/, "")}/v2/images?limit=200`);
      await server.close();
    });
  }

  for (const [name, code, ...words] of [
    ["glance-no-token", "openstack-token-refused", "could not verify that you are authorized"],
    ["glance-keystone-down", "openstack-token-refused", "cannot reach the Identity service"],
    ["images-bad-marker", "openstack-refused", "No image found with ID"],
  ] as const) {
    it(`are refused in words for people: ${name}`, async () => {
      const { status, body } = exchange(name).response;
      const server = await serve(() => ({ status, body }));
      await assert.rejects(imagesAt(server.url), userError(code, ...words));
      await server.close();
    });
  }
});

describe("The images of a simulated Glance", () => {
  it("are all listed, over hundreds and in order", async () => {
    const images = Array.from({ length: 431 }, (_, i): Image => {
      const properties: Record<string, string> = i % 2 === 0 ? { hw_rng_model: "virtio" } : {};
      return {
        id: `i${i}`,
        name: `image ${i}`,
        status: "active",
        visibility: "public",
        minDisk: i,
        minRam: 0,
        properties,
      };
    });
    const demo = await startDemoOpenStack({ password: PASSWORD, images, pageSize: 100 });
    const { token } = await authenticate(cloudAt(demo.url), await client(), never);
    assert.deepEqual(await imagesAt(`${demo.url}/image`, token.reveal()), images);
    await demo.close();
  });
});

describe("What is no list of images", () => {
  it("may hold an image without a name, which is called by its id", async () => {
    const server = await serve(() => ({ body: { images: [{ id: "i", name: null }] } }));
    assert.equal((await imagesAt(server.url))[0].name, "i");
    await server.close();
  });

  for (const body of [null, [], {}, { images: [{}] }, { images: [7] }]) {
    it(`is an error: ${JSON.stringify(body)}`, async () => {
      const server = await serve(() => ({ body }));
      await assert.rejects(imagesAt(server.url), userError("openstack-unexpected-answer"));
      await server.close();
    });
  }

  it("is an error when its pages never end", async () => {
    const server = await serve(() => ({ body: { images: [{ id: "i" }], next: "/v2/images?limit=200&marker=i" } }));
    await assert.rejects(imagesAt(server.url), userError("openstack-endless-pages"));
    await server.close();
  });

  it("ends in nothing but a UserError, whatever its shape", async () => {
    let body: unknown;
    const server = await serve(() => ({ body }));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ images: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), next: fc.jsonValue() }),
        async (shape) => {
          body = shape;
          await imagesAt(server.url).catch((error: unknown) => assert.ok(error instanceof UserError));
        },
      ),
      { numRuns: 200 },
    );
    await server.close();
  });
});
