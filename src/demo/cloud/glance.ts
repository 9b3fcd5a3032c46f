import { isObject, textIn } from "../../formats/json";
import type { Image } from "../../model";
import { limitOf, middlewareError, page, requestId, type DemoAnswer, type DemoRequest } from "./answer";

export interface GlanceOptions {
  readonly images: readonly Image[];
  /** Most images a page. */
  readonly pageSize: number;
}

/** Images a page when no limit is asked for. */
const USUAL_PAGE = 25;
const PATH = "/v2/images";

/** What Glance answers without a valid token. */
const REFUSED = middlewareError(
  401,
  "This server could not verify that you are authorized to access the document you requested. Either you supplied the " +
    "wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.",
);

/** Glance as far as showing images goes. */
export class Glance {
  /** What was set since the start, by the image's id. */
  readonly #added = new Map<string, Readonly<Record<string, string>>>();

  constructor(private readonly options: GlanceOptions) {}

  /** @param refusal asked for what the request is refused with; null when it is not */
  answer(request: DemoRequest, refusal: () => DemoAnswer | null): DemoAnswer {
    const refused = refusal();
    // Glance words the refusal of a token in its own way
    if (refused?.status === 401) return { ...refused, body: REFUSED.body };
    if (refused !== null) return refused;
    const answer = request.path === PATH ? this.#list(request.query) : this.#one(request);
    return { ...answer, headers: { "X-Openstack-Request-Id": requestId() } };
  }

  #one({ path, method, body }: DemoRequest): DemoAnswer {
    const id = decodeURIComponent(path.replace(`${PATH}/`, ""));
    const image = this.options.images.find((candidate) => candidate.id === id);
    if (image === undefined) return middlewareError(404, `Failed to find image ${id}`);
    if (method === "PATCH") this.#patch(id, body);
    return { status: 200, body: json(this.#current(image)) };
  }

  #patch(id: string, changes: unknown): void {
    for (const change of Array.isArray(changes) ? changes.filter(isObject) : []) {
      const [path, value] = [textIn(change, "path"), textIn(change, "value")];
      if (path !== null && value !== null) this.#added.set(id, { ...this.#added.get(id), [path.slice(1)]: value });
    }
  }

  #current(image: Image): Image {
    return { ...image, properties: { ...image.properties, ...this.#added.get(image.id) } };
  }

  #list(query: URLSearchParams): DemoAnswer {
    const limit = limitOf(query, this.options.pageSize, USUAL_PAGE);
    const marker = query.get("marker");
    const images = page(this.options.images, marker, limit);
    if (images === null) return middlewareError(400, `No image found with ID ${marker ?? ""}`);
    const last = images.at(-1);
    const isLast = last === undefined || last.id === this.options.images.at(-1)?.id;
    const next = new URLSearchParams(query);
    if (last !== undefined) next.set("marker", last.id);
    const first = query.size === 0 ? PATH : `${PATH}?${query.toString()}`;
    return {
      status: 200,
      body: {
        images: images.map((image) => json(this.#current(image))),
        first,
        schema: "/v2/schemas/images",
        ...(isLast ? {} : { next: `${PATH}?${next.toString()}` }),
      },
    };
  }
}

function json(image: Image): unknown {
  return {
    ...image.properties,
    name: image.name,
    disk_format: "qcow2",
    container_format: "bare",
    visibility: image.visibility,
    size: null,
    virtual_size: null,
    status: image.status,
    checksum: null,
    protected: false,
    min_ram: image.minRam,
    min_disk: image.minDisk,
    owner: null,
    os_hidden: false,
    os_hash_algo: null,
    os_hash_value: null,
    id: image.id,
    created_at: "2026-01-05T08:00:00Z",
    updated_at: "2026-01-05T08:00:00Z",
    tags: [],
    self: `${PATH}/${image.id}`,
    file: `${PATH}/${image.id}/file`,
    schema: "/v2/schemas/image",
  };
}
