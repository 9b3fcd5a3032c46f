import { PROFILES } from "../compliance/profiles";
import { REQUIRED_PROPERTIES } from "../compliance/required-properties";
import { judgeCloud } from "../compliance/scs-0101";
import type { CloudConfig } from "../formats/cloud-config";
import type { CloudObservations, CloudReport, Observation, Subject } from "../model";
import { addExtraSpec, extraSpecsOf } from "../openstack/compute";
import { HttpClient, type HttpServices } from "../openstack/http";
import { endpointOf } from "../openstack/catalog";
import { authenticate } from "../openstack/identity";
import { addProperty, showImage } from "../openstack/image";
import { ServiceClient } from "../openstack/service";
import { overallVerdict } from "../report/build";

/** The flavor or image that is to get what SCS-0101 asks for. */
export interface PropertyTarget {
  readonly resource: "flavor" | "image";
  readonly id: string;
}

/**
 * Gives a flavor or image its property, reads it back from the cloud, and judges it anew. Nothing else of it is changed.
 * @param report the cloud as it was read before
 * @returns the report with what the cloud says now
 * @throws UserError when the login fails, or the role may not set it: the cloud's own words
 */
export async function setProperty(
  cloud: CloudConfig,
  report: CloudReport,
  target: PropertyTarget,
  signal: AbortSignal,
  services: HttpServices = {},
): Promise<CloudReport> {
  const http = await HttpClient.create(cloud, services);
  const { token, catalog } = await authenticate(cloud, http, signal);
  const client = (type: "compute" | "image"): ServiceClient =>
    new ServiceClient(type, endpointOf(type, cloud, catalog).url, http, token, signal);
  const { key, value } = REQUIRED_PROPERTIES[target.resource];
  const { flavors, images } = report.observations;
  if (target.resource === "flavor") {
    const compute = client("compute");
    await addExtraSpec(compute, target.id, key, value);
    const extraSpecs = await extraSpecsOf(compute, target.id);
    return rejudged(report, target, { images, flavors: replaced(flavors, target.id, (f) => ({ ...f, extraSpecs })) });
  }
  const glance = client("image");
  await addProperty(glance, target.id, key, value);
  const image = await showImage(glance, target.id);
  return rejudged(report, target, { flavors, images: replaced(images, target.id, () => image) });
}

function replaced<T extends { readonly id: string }>(
  observation: Observation<readonly T[]>,
  id: string,
  change: (one: T) => T,
): Observation<readonly T[]> {
  if (observation.status === "unmeasured") return observation;
  return { ...observation, value: observation.value.map((one) => (one.id === id ? change(one) : one)) };
}

/** Everything but the target's own finding stays as it was; that is judged by the version that judged it before. */
function rejudged(report: CloudReport, { id, resource }: PropertyTarget, observations: CloudObservations): CloudReport {
  const { name, authUrl } = report.source;
  const cloud: Subject = { kind: "cloud", id: authUrl, name };
  const isTarget = ({ id: ofOne, kind }: Subject): boolean => ofOne === id && kind === resource;
  const findings = report.findings.map((finding) => {
    const { rule, subject, basis } = finding;
    if (!isTarget(subject) || basis === undefined) return finding;
    const now = judgeCloud(cloud, observations, PROFILES[basis.profile]);
    return now.find((one) => one.rule === rule && isTarget(one.subject)) ?? finding;
  });
  return { ...report, observations, findings, verdict: overallVerdict(findings), finishedAt: new Date().toISOString() };
}
