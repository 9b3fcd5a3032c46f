import { judgeCertificate } from "../compliance/cloud-certificate";
import { DEFAULT_PROFILE } from "../compliance/profiles";
import { judgeCloud } from "../compliance/scs-0101";
import { UserError } from "../errors";
import type { CloudConfig } from "../formats/cloud-config";
import type { CloudReport, CloudSource, Observation, OperationEvent, Subject } from "../model";
import { listFlavors } from "../openstack/compute";
import { HttpClient, type HttpServices } from "../openstack/http";
import { endpointOf } from "../openstack/catalog";
import { authenticate, type LogIn } from "../openstack/identity";
import { listImages } from "../openstack/image";
import { ServiceClient } from "../openstack/service";
import { closeReport } from "../report/build";

/** Characters of the raw answers that an observation keeps. */
const RAW_LENGTH = 16_384;

/**
 * Judges every flavor and image of a cloud by SCS-0101. What one service fails to tell is inconclusive in the report; a
 * login that fails is thrown.
 * @throws UserError when the cloud cannot be reached, refuses the login, or its catalog lacks compute or image
 */
export async function* checkCloud(
  cloud: CloudConfig,
  signal: AbortSignal,
  profile = DEFAULT_PROFILE,
  services: HttpServices = {},
  logIn: LogIn = authenticate,
): AsyncGenerator<OperationEvent<CloudReport>, void, undefined> {
  const startedAt = new Date().toISOString();
  const unverified = cloud.tls.verify ? "" : ", without verifying its certificate";
  yield { type: "progress", message: `Logging in to ${cloud.name}${unverified}`, fraction: 0 };
  const http = await HttpClient.create(cloud, services);
  const { token, catalog } = await logIn(cloud, http, signal);
  const compute = endpointOf("compute", cloud, catalog);
  const image = endpointOf("image", cloud, catalog);

  const nova = new ServiceClient("compute", compute.url, http, token, signal);
  const flavors = yield* observe("flavors", "GET /flavors/detail", nova, 0.2, async function* () {
    for await (const page of listFlavors(nova, cloud.computeMicroversion))
      yield { items: page.flavors, text: page.text };
  });
  const glance = new ServiceClient("image", image.url, http, token, signal);
  const images = yield* observe("images", "GET /v2/images", glance, 0.6, async function* () {
    for await (const page of listImages(glance)) yield { items: page.images, text: page.text };
  });

  const source: CloudSource = {
    kind: "cloud",
    name: cloud.name,
    region: compute.region ?? cloud.region,
    authUrl: cloud.authUrl,
    definedAt: cloud.definedAt,
  };
  const subject: Subject = { kind: "cloud", id: cloud.authUrl, name: cloud.name };
  const observations = { flavors, images };
  const findings = [...judgeCertificate(subject, cloud), ...judgeCloud(subject, observations, profile)];
  const report = closeReport<CloudReport>(
    { kind: "cloud", source, startedAt, findings, observations },
    new Date().toISOString(),
  );
  yield { type: "report", report };
}

/** Reads a list page by page, and tells how far it is. A list that cannot be read whole is unmeasured. */
async function* observe<T extends { readonly id: string }>(
  what: "flavors" | "images",
  asked: string,
  service: ServiceClient,
  fraction: number,
  pages: () => AsyncGenerator<{ readonly items: readonly T[]; readonly text: string }>,
): AsyncGenerator<OperationEvent<CloudReport>, Observation<readonly T[]>, undefined> {
  const provenance = () => ({ asked, of: service.url, at: new Date().toISOString() });
  const byId = new Map<string, T>();
  let raw = "";
  yield { type: "progress", message: `Listing ${what}`, fraction };
  try {
    for await (const page of pages()) {
      for (const item of page.items) byId.set(item.id, item);
      raw = (raw + page.text).slice(0, RAW_LENGTH);
      yield { type: "progress", message: `Listing ${what}: ${byId.size}`, fraction };
    }
    return { status: "measured", provenance: provenance(), value: [...byId.values()], raw };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: "unmeasured", provenance: provenance(), reason: error.message, remedy: error.remedy };
  }
}
