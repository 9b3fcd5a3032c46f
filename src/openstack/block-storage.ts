/** Cinder, as far as a probe server needs it. https://docs.openstack.org/api-ref/block-storage/v3/ */
import { isObject, listIn, numberIn, objectIn, textIn, type JsonObject } from "../formats/json";
import type { Asked } from "./connection-errors";
import { idOf } from "./server";
import type { ServiceClient } from "./service";

export interface Volume {
  readonly id: string;
  readonly name: string;
  /** `creating`, `downloading`, `available`, `in-use`, `error`, ... */
  readonly status: string;
}

/** A volume that is to be made from an image. */
export interface NewVolume {
  readonly name: string;
  readonly image: string;
  /** GiB. */
  readonly size: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @returns its id */
export async function createVolume(blockStorage: ServiceClient, volume: NewVolume): Promise<string> {
  const { name, image, size, metadata } = volume;
  const answer = await blockStorage.post("/volumes", { volume: { name, size, imageRef: image, metadata } });
  return idOf(objectIn(answer, "volume"), blockStorage.asked);
}

/** @returns null when there is no such volume */
export async function showVolume(blockStorage: ServiceClient, id: string): Promise<Volume | null> {
  const answer = await blockStorage.find(`/volumes/${encodeURIComponent(id)}`);
  return answer === null ? null : parseVolume(objectIn(answer, "volume"), blockStorage.asked);
}

/** The volumes of exactly this name. */
export async function volumesNamed(blockStorage: ServiceClient, name: string): Promise<readonly Volume[]> {
  const answer = await blockStorage.get(`/volumes/detail?name=${encodeURIComponent(name)}`);
  return listIn(answer, "volumes")
    .filter(isObject)
    .map((volume) => parseVolume(volume, blockStorage.asked))
    .filter((volume) => volume.name === name);
}

export async function deleteVolume(blockStorage: ServiceClient, id: string): Promise<void> {
  await blockStorage.delete(`/volumes/${encodeURIComponent(id)}`);
}

function parseVolume(volume: JsonObject, asked: Asked): Volume {
  return {
    id: idOf(volume, asked),
    name: textIn(volume, "name") ?? "",
    status: textIn(volume, "status") ?? "unknown",
  };
}

/** How many GiB an image takes at least, as Glance knows; 0 when it does not know. */
export function imageSize(image: JsonObject): number {
  const bytes = Math.max(numberIn(image, "size") ?? 0, numberIn(image, "virtual_size") ?? 0);
  return Math.ceil(bytes / 2 ** 30);
}
