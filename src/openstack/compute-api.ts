import { isObject, listIn, objectIn, textIn, type JsonObject } from "../formats/json";
import { answerError } from "./answer-errors";
import { notOpenStack } from "./errors";
import { selfLink } from "./identity";
import type { ServiceClient } from "./service";

export type Microversion = readonly [major: number, minor: number];

/**
 * Asks the version document which microversions there are. A Nova that does not show it is taken for one without any.
 * https://docs.openstack.org/api-ref/compute/#show-details-of-specific-api-version
 */
export async function negotiate(
  service: ServiceClient,
): Promise<{ compute: ServiceClient; newest: Microversion | null }> {
  // the endpoint is .../v2.1, or .../v2.1/PROJECT on older clouds, or has no version at all
  const versioned = /^(.*\/v2(?:\.\d+)?)(?:\/[^/]+)?$/.exec(service.url);
  const root = versioned?.[1] ?? service.url;
  const answer = await service.at(root).ask("/");
  if (answer.status >= 500) throw answerError(answer);
  const document = isObject(answer.json) ? answer.json : {};
  if (versioned !== null) return { compute: service, newest: microversion(objectIn(document, "version")) };
  const v21 = listIn(document, "versions")
    .filter(isObject)
    .find((version) => textIn(version, "id") === "v2.1");
  const href = v21 === undefined ? null : selfLink(v21);
  if (v21 === undefined || href === null || !URL.canParse(href, root)) {
    throw notOpenStack("compute", answer.url, "it offers no version 2.1");
  }
  const url = new URL(root).origin + new URL(href, root).pathname.replace(/\/+$/, "");
  return { compute: service.at(url), newest: microversion(v21) };
}

function microversion(version: JsonObject): Microversion | null {
  const match = /^(\d+)\.(\d+)$/.exec(textIn(version, "version") ?? "");
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

/** Whether a microversion is another one, or newer. */
export function atLeast(version: Microversion, wanted: Microversion): boolean {
  return version[0] > wanted[0] || (version[0] === wanted[0] && version[1] >= wanted[1]);
}
