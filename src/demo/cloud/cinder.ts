import { randomUUID } from "node:crypto";
import { isObject, numberIn, objectIn, textIn, type JsonObject } from "../../formats/json";
import type { Image } from "../../model";
import { requestId, type DemoAnswer, type DemoRequest } from "./answer";
import type { DemoProject, DemoVolume } from "./project";

export interface CinderOptions {
  readonly images: readonly Image[];
  /** Most volumes. */
  readonly quota: number;
  /** GiB that an image takes, whatever its min_disk says. */
  readonly imageSize: (image: Image) => number;
}

/** Cinder as far as a volume to boot from goes. */
export class Cinder {
  constructor(
    private readonly project: DemoProject,
    private readonly options: CinderOptions,
  ) {}

  answer(request: DemoRequest): DemoAnswer {
    return { ...this.#route(request), headers: { "X-Openstack-Request-Id": requestId() } };
  }

  #route({ method, path, query, body }: DemoRequest): DemoAnswer {
    if (method === "POST" && path === "/v3/volumes") return this.#make(isObject(body) ? objectIn(body, "volume") : {});
    const volumes = [...this.project.volumes.values()];
    if (path === "/v3/volumes/detail") {
      return { status: 200, body: { volumes: volumes.filter(({ name }) => name === query.get("name")).map(json) } };
    }
    const volume = this.project.volumes.get(path.replace("/v3/volumes/", ""));
    if (volume === undefined) return refusal(404, "itemNotFound", "Volume could not be found.");
    if (method === "DELETE") return this.#delete(volume);
    if (volume.status === "creating" && volume.looks++ > 0) volume.status = "available";
    return { status: 200, body: { volume: json(volume) } };
  }

  #make(asked: JsonObject): DemoAnswer {
    const size = numberIn(asked, "size") ?? 0;
    const image = this.options.images.find(({ id }) => id === asked["imageRef"]) ?? null;
    if (this.project.volumes.size >= this.options.quota) {
      return refusal(
        413,
        "overLimit",
        `VolumeLimitExceeded: Maximum number of volumes allowed (${this.options.quota}) exceeded for quota 'volumes'.`,
      );
    }
    const needed = image === null ? 0 : this.options.imageSize(image);
    if (needed > size) {
      const message = `Invalid input received: Size of specified image ${needed}GB is larger than volume size ${size}GB.`;
      return refusal(400, "badRequest", message);
    }
    const volume: DemoVolume = {
      ...{ id: randomUUID(), name: textIn(asked, "name") ?? "", size, image, status: "creating", looks: 0 },
    };
    this.project.volumes.set(volume.id, volume);
    return { status: 202, body: { volume: json(volume) } };
  }

  #delete(volume: DemoVolume): DemoAnswer {
    if (volume.status === "in-use") {
      return refusal(400, "badRequest", "Invalid volume: Volume status must be available or error, but is in-use.");
    }
    this.project.volumes.delete(volume.id);
    return { status: 202, body: "" };
  }
}

function json({ id, name, size, status }: DemoVolume): JsonObject {
  return { id, name, size, status, attachments: [], bootable: "true" };
}

function refusal(code: number, kind: string, message: string): DemoAnswer {
  return { status: code, body: { [kind]: { code, message } } };
}
