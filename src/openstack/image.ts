import type { Image } from "../model";
import { notOpenStack, type Asked } from "./connection-errors";
import { isObject, numberIn, textIn, type JsonObject } from "../formats/json";
import type { ServiceClient } from "./service";

/** Images a page; Glance gives 25 unless asked, and at most its own limit (1000 by default). */
const PAGE_SIZE = 200;

/** What every image has; all other members are properties that somebody set. */
const BASE = new Set(
  (
    "id name status visibility size virtual_size checksum os_hash_algo os_hash_value protected min_ram min_disk owner " +
    "os_hidden created_at updated_at tags self file schema disk_format container_format locations direct_url stores"
  ).split(" "),
);

/** A page as it arrives. */
export interface ImagePage {
  readonly images: readonly Image[];
  /** The raw answer. */
  readonly text: string;
}

/**
 * Lists the images that the project sees: public ones, its own, and shared ones that it has accepted.
 * https://docs.openstack.org/api-ref/image/v2/#list-images
 * @throws UserError
 */
export async function* listImages(service: ServiceClient): AsyncGenerator<ImagePage> {
  const glance = unversioned(service);
  const next = (page: JsonObject): string | null => textIn(page, "next");
  for await (const page of glance.pages("/v2/images", `?limit=${PAGE_SIZE}`, {}, "images", next)) {
    yield { images: page.items.map((item) => parseImage(item, glance.asked)), text: page.text };
  }
}

function parseImage(item: unknown, asked: Asked): Image {
  const image = isObject(item) ? item : {};
  const id = textIn(image, "id");
  if (id === null) throw notOpenStack(asked, "an image has no id");
  return {
    id,
    // an image need not have a name
    name: textIn(image, "name") || id,
    status: textIn(image, "status") ?? "unknown",
    visibility: textIn(image, "visibility") ?? "unknown",
    minDisk: numberIn(image, "min_disk") ?? 0,
    minRam: numberIn(image, "min_ram") ?? 0,
    properties: Object.fromEntries(
      Object.entries(image).flatMap(([key, value]) =>
        BASE.has(key) || typeof value !== "string" ? [] : [[key, value]],
      ),
    ),
  };
}

/** The endpoint may or may not have a version in it. */
function unversioned(service: ServiceClient): ServiceClient {
  return service.at(service.url.replace(/\/v\d+(\.\d+)?$/, ""));
}

/**
 * https://docs.openstack.org/api-ref/image/v2/#show-image
 * @throws UserError
 */
export async function showImage(service: ServiceClient, id: string): Promise<Image> {
  const glance = unversioned(service);
  return parseImage(await glance.get(`/v2/images/${encodeURIComponent(id)}`), glance.asked);
}

/**
 * Gives an image one more property, or another value for one that it has; the others stay.
 * https://docs.openstack.org/api-ref/image/v2/#update-image
 * @throws UserError when the role may not, among other things
 */
export async function addProperty(service: ServiceClient, id: string, key: string, value: string): Promise<void> {
  const path = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  await unversioned(service).patch(`/v2/images/${encodeURIComponent(id)}`, [{ op: "add", path, value }]);
}
