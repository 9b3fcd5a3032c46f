import { isObject, listIn, objectIn, textIn, type JsonObject } from "../formats/json";
import type { CloudOrigin } from "../formats/cloud-origin";
import { withoutFinalSlashes } from "../formats/endpoint-url";
import type { Microversion } from "../formats/service-choices";
import { answerError } from "./answer-errors";
import { notOpenStack } from "./connection-errors";
import { microversionUnspoken } from "./errors";
import { selfLink } from "./identity";
import type { ServiceClient } from "./service";

/** The microversions that a Nova speaks, both included. */
export interface MicroversionRange {
  readonly oldest: Microversion;
  readonly newest: Microversion;
}

/**
 * Asks the version document which microversions there are; null for a Nova that does not show it, which is taken for one
 * without any.
 * https://docs.openstack.org/api-ref/compute/#show-details-of-specific-api-version
 */
export async function negotiate(
  service: ServiceClient,
): Promise<{ compute: ServiceClient; range: MicroversionRange | null }> {
  // the endpoint is .../v2.1, or .../v2.1/PROJECT on older clouds, or has no version at all
  const versioned = /^(.*\/v2(?:\.\d+)?)(?:\/[^/]+)?$/.exec(service.url);
  const root = versioned?.[1] ?? service.url;
  const answer = await service.at(root).ask("/");
  if (answer.status >= 500) throw answerError(answer);
  const document = isObject(answer.json) ? answer.json : {};
  if (versioned !== null) return { compute: service, range: rangeIn(objectIn(document, "version")) };
  const v21 = listIn(document, "versions")
    .filter(isObject)
    .find((version) => textIn(version, "id") === "v2.1");
  const href = v21 === undefined ? null : selfLink(v21);
  if (v21 === undefined || href === null || !URL.canParse(href, root)) {
    throw notOpenStack(answer, "it offers no version 2.1");
  }
  const url = new URL(root).origin + withoutFinalSlashes(new URL(href, root).pathname);
  return { compute: service.at(url), range: rangeIn(v21) };
}

/**
 * The microversion to ask by for something that there is since one of them: that one, or the server's oldest if it is
 * newer. null: the server, or what the settings allow, is older, so that it must be done without.
 * @param most what the settings allow; null: any
 * @throws UserError when the server speaks none that the settings allow
 */
export function microversionFor(
  wanted: Microversion,
  range: MicroversionRange | null,
  most: Microversion | null,
  origin: CloudOrigin,
): Microversion | null {
  if (range === null) return null;
  if (most !== null && (!atLeast(most, range.oldest) || !atLeast(range.newest, most))) {
    throw microversionUnspoken(text(most), text(range.oldest), text(range.newest), origin);
  }
  if (!atLeast(most ?? range.newest, wanted)) return null;
  return atLeast(range.oldest, wanted) ? range.oldest : wanted;
}

/** What a request says of its microversion: https://docs.openstack.org/nova/latest/contributor/microversions.html */
export function microversionHeader(version: Microversion | null): Readonly<Record<string, string>> {
  return version === null ? {} : { "openstack-api-version": `compute ${text(version)}` };
}

function rangeIn(version: JsonObject): MicroversionRange | null {
  const newest = microversion(textIn(version, "version"));
  return newest === null ? null : { oldest: microversion(textIn(version, "min_version")) ?? FIRST, newest };
}

const FIRST: Microversion = [2, 1];

function microversion(version: string | null): Microversion | null {
  const match = /^(\d+)\.(\d+)$/.exec(version ?? "");
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

/** Whether a microversion is another one, or newer. */
function atLeast(version: Microversion, wanted: Microversion): boolean {
  return version[0] > wanted[0] || (version[0] === wanted[0] && version[1] >= wanted[1]);
}

function text(version: Microversion): string {
  return version.join(".");
}
