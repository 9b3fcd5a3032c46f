import { DEFAULT_PROFILE, type Profile } from "../compliance/profiles";
import { judgeCloud } from "../compliance/scs-0101";
import { UserError } from "../errors";
import type { CloudConfig } from "../formats/cloud-config";
import type { CloudReport, CloudSource, FileLocation, Unmeasured } from "../model";
import type { FleetCloud, FleetReport } from "../model/fleet";
import { hasEndpoint } from "../openstack/catalog";
import { HttpClient, type HttpServices } from "../openstack/http";
import { Logins } from "../openstack/logins";
import { closeReport } from "../report/build";
import { closeFleet } from "../report/fleet";
import { workAtOnce } from "./at-once";
import { checkCloud } from "./check-cloud";
import { eventsOf } from "./messages";

/** One of the clouds that are to be checked. */
export interface FleetEntry {
  readonly name: string;
  readonly definedAt: FileLocation | null;
  /** Its regions; null in it: the entry's own choice; `catalog`: every one that the cloud's catalog has. */
  readonly regions: readonly (string | null)[] | "catalog";
  /** What is needed to connect. It may ask for secrets, so it is called for one after the other. @throws UserError */
  readonly resolve: (region: string | null) => Promise<CloudConfig>;
}

/** How a fleet is checked. */
export interface FleetChoices {
  /** Most clouds at a time. */
  readonly atOnce: number;
  readonly profile: Profile;
  readonly services: HttpServices;
}

export const FLEET_DEFAULTS: FleetChoices = { atOnce: 4, profile: DEFAULT_PROFILE, services: {} };

/** What the check of a fleet tells. */
export type FleetEvent =
  | { readonly type: "progress"; readonly message: string; readonly fraction: number | null }
  /** One of the clouds is done, whichever way. */
  | { readonly type: "checked"; readonly cloud: FleetCloud }
  | { readonly type: "report"; readonly report: FleetReport };

/** A cloud in one region, ready to be checked; or why it is not. */
interface Job {
  readonly entry: FleetEntry;
  readonly region: string | null;
  readonly cloud: CloudConfig | CloudFailed;
}

class CloudFailed {
  constructor(readonly error: UserError) {}
}

/**
 * Judges the flavors and images of several clouds, a bounded number at a time; the same user and project logs in once. A
 * cloud that cannot be checked is told as that, and hides no other.
 * @throws nothing that concerns one cloud alone; the signal's reason
 */
export async function* checkClouds(
  entries: readonly FleetEntry[],
  choices: FleetChoices,
  signal: AbortSignal,
): AsyncGenerator<FleetEvent, void> {
  const startedAt = new Date().toISOString();
  const jobs: Job[] = [];
  for (const entry of entries) {
    signal.throwIfAborted();
    for (const region of entry.regions === "catalog" ? [null] : entry.regions) {
      jobs.push({ entry, region, cloud: await orFailed(() => entry.resolve(region)) });
    }
  }
  const clouds = yield* eventsOf<FleetEvent, readonly FleetCloud[]>((tell) =>
    new Fleet(choices, tell).run(jobs, signal),
  );
  yield { type: "report", report: closeFleet(startedAt, clouds, new Date().toISOString()) };
}

class Fleet {
  #jobs = 0;
  #done = 0;
  readonly #logIn = new Logins().logIn;

  constructor(
    private readonly choices: FleetChoices,
    private readonly tell: (event: FleetEvent) => void,
  ) {}

  async run(entries: readonly Job[], signal: AbortSignal): Promise<readonly FleetCloud[]> {
    const { atOnce } = this.choices;
    const regions = new Map<Job, readonly Job[]>();
    await workAtOnce(entries, atOnce, signal, async (job, stop) => {
      regions.set(job, await this.#regionsOf(job, stop));
    });
    const jobs = entries.flatMap((job) => regions.get(job) ?? []);
    this.#jobs = jobs.length;
    const clouds = new Map<Job, FleetCloud>();
    await workAtOnce(jobs, atOnce, signal, async (job, stop) => {
      const cloud = await this.#check(job, stop);
      clouds.set(job, cloud);
      this.#done++;
      this.tell({ type: "checked", cloud });
      this.#progress(`${titleOf(job)}: done`);
    });
    return jobs.flatMap((job) => clouds.get(job) ?? []);
  }

  /** A cloud as often as its catalog has regions with a compute service, in the catalog's order. */
  async #regionsOf(job: Job, signal: AbortSignal): Promise<readonly Job[]> {
    const { entry, cloud } = job;
    if (entry.regions !== "catalog" || cloud instanceof CloudFailed) return [job];
    this.tell({ type: "progress", message: `${entry.name}: Listing regions`, fraction: null });
    const found = await orFailed(async () => {
      const http = await HttpClient.create(cloud, this.choices.services);
      const { catalog } = await this.#logIn(cloud, http, signal);
      const regions = [...new Set(catalog.map(({ region }) => region))];
      return regions.filter((region) => hasEndpoint("compute", { ...cloud, region }, catalog));
    });
    if (found instanceof CloudFailed) return [{ ...job, cloud: found }];
    // a catalog without any is told by the check
    return found.length === 0 ? [job] : found.map((region) => ({ entry, region, cloud: { ...cloud, region } }));
  }

  async #check(job: Job, signal: AbortSignal): Promise<FleetCloud> {
    const { profile, services } = this.choices;
    const { cloud } = job;
    if (cloud instanceof CloudFailed) return this.#failed(job, cloud.error);
    const report = await orFailed(async () => {
      for await (const event of checkCloud(cloud, signal, profile, services, this.#logIn)) {
        if (event.type === "report") return event.report;
        if (event.type === "progress") this.#progress(`${titleOf(job)}: ${event.message}`);
      }
      throw new Error("the check of a cloud ended without a report");
    });
    return report instanceof CloudFailed ? this.#failed(job, report.error) : { report, failure: null };
  }

  #failed({ entry, region, cloud }: Job, { code, message, remedy }: UserError): FleetCloud {
    const authUrl = cloud instanceof CloudFailed ? "" : cloud.authUrl;
    const at = new Date().toISOString();
    const provenance = { asked: "POST /v3/auth/tokens", of: authUrl, at };
    const unmeasured: Unmeasured = { status: "unmeasured", provenance, reason: message, remedy };
    const observations = { flavors: unmeasured, images: unmeasured };
    const source: CloudSource = { kind: "cloud", name: entry.name, region, authUrl, definedAt: entry.definedAt };
    const subject = { kind: "cloud" as const, id: authUrl === "" ? entry.name : authUrl, name: entry.name };
    const findings = judgeCloud(subject, observations, this.choices.profile);
    const report = closeReport<CloudReport>({ kind: "cloud", source, startedAt: at, findings, observations }, at);
    return { report, failure: { code, message, remedy } };
  }

  #progress(message: string): void {
    const fraction = this.#jobs === 0 ? null : this.#done / this.#jobs;
    this.tell({ type: "progress", message: `${this.#done} of ${this.#jobs} clouds checked; ${message}`, fraction });
  }
}

const titleOf = ({ entry, region }: Job): string => (region === null ? entry.name : `${entry.name} in ${region}`);

async function orFailed<T>(work: () => Promise<T>): Promise<T | CloudFailed> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return new CloudFailed(error);
    throw error;
  }
}
