import type { Flavor } from "../model";
import { notOpenStack, type Asked } from "./connection-errors";
import type { Microversion } from "../formats/service-choices";
import { microversionFor, microversionHeader, negotiate } from "./compute-api";
import { isObject, listIn, numberIn, textIn, type JsonObject } from "../formats/json";
import type { ServiceClient } from "./service";

/**
 * The first microversion whose flavor list has the extra specs in it.
 * https://docs.openstack.org/nova/latest/reference/api-microversion-history.html#maximum-in-rocky
 */
const INLINE_EXTRA_SPECS: Microversion = [2, 61];

/** Requests for extra specs that are under way at once, with a Nova older than 2.61. */
const AT_ONCE = 4;

/** A page as it arrives. */
export interface FlavorPage {
  readonly flavors: readonly Flavor[];
  /** The raw answer. */
  readonly text: string;
}

/**
 * Lists every flavor that the role may see, with its extra specs; null where the role may not read them.
 * https://docs.openstack.org/api-ref/compute/#list-flavors-with-details
 * @param most the newest microversion that the settings allow; null: any
 * @throws UserError
 */
export async function* listFlavors(
  service: ServiceClient,
  most: Microversion | null = null,
): AsyncGenerator<FlavorPage> {
  const { compute, range } = await negotiate(service);
  const version = microversionFor(INLINE_EXTRA_SPECS, range, most, service.asked.origin);
  const inline = version !== null;
  const headers = microversionHeader(version);
  // is_public=None lists private flavors too; Nova gives a member those that are shared with it
  for await (const page of compute.pages("/flavors/detail", "?is_public=None", headers, "flavors", nextLink)) {
    const flavors = page.items.map((item) => parseFlavor(item, compute.asked));
    yield { flavors: inline ? flavors : await withExtraSpecs(compute, flavors), text: page.text };
  }
}

function nextLink(page: JsonObject): string | null {
  const next = listIn(page, "flavors_links")
    .filter(isObject)
    .find((link) => textIn(link, "rel") === "next");
  return next === undefined ? null : textIn(next, "href");
}

function parseFlavor(item: unknown, asked: Asked): Flavor {
  const flavor = isObject(item) ? item : {};
  const id = textIn(flavor, "id");
  const name = textIn(flavor, "name");
  const vcpus = numberIn(flavor, "vcpus");
  const ram = numberIn(flavor, "ram");
  const disk = numberIn(flavor, "disk");
  if (id === null || name === null || vcpus === null || ram === null || disk === null) {
    throw notOpenStack(asked, "a flavor has no id, name, vcpus, ram or disk");
  }
  return {
    id,
    name,
    vcpus,
    ram,
    disk,
    isPublic: flavor["os-flavor-access:is_public"] !== false,
    extraSpecs: parseExtraSpecs(flavor),
  };
}

/** null when there are none in the answer: the policy does not let this role see them. */
function parseExtraSpecs(holder: JsonObject): Flavor["extraSpecs"] {
  if (!isObject(holder["extra_specs"])) return null;
  return Object.fromEntries(Object.entries(holder["extra_specs"]).map(([key, value]) => [key, String(value)]));
}

/**
 * Asks for each flavor's extra specs by itself.
 * https://docs.openstack.org/api-ref/compute/#list-extra-specs-for-a-flavor
 */
async function withExtraSpecs(compute: ServiceClient, flavors: readonly Flavor[]): Promise<readonly Flavor[]> {
  const answered: Flavor[] = [];
  const waiting = flavors.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, flavor] of waiting) {
      if (failed) return;
      answered[index] = { ...flavor, extraSpecs: await extraSpecsOf(compute, flavor.id) };
    }
  };
  const stopAll = (error: unknown): never => {
    failed = true;
    throw error;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch(stopAll)));
  return answered;
}

/**
 * A flavor's extra specs; null where the role may not read them.
 * https://docs.openstack.org/api-ref/compute/#list-extra-specs-for-a-flavor
 * @throws UserError
 */
export async function extraSpecsOf(compute: ServiceClient, flavor: string): Promise<Flavor["extraSpecs"]> {
  const answer = await compute.ask(`/flavors/${encodeURIComponent(flavor)}/os-extra_specs`);
  return answer.status === 403 || answer.status === 404 ? null : parseExtraSpecs(compute.object(answer));
}

/**
 * Gives a flavor one more extra spec, or another value for one that it has; the others stay.
 * https://docs.openstack.org/api-ref/compute/#create-extra-specs-for-a-flavor
 * @throws UserError when the role may not, among other things
 */
export async function addExtraSpec(compute: ServiceClient, flavor: string, key: string, value: string): Promise<void> {
  await compute.post(`/flavors/${encodeURIComponent(flavor)}/os-extra_specs`, { extra_specs: { [key]: value } });
}
