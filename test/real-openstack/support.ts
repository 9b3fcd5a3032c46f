import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AUTH_URL, PASSWORD, REGION } from "../../src/dev/openstack/addresses";
import { ADMIN, Api, type Json } from "../../src/dev/openstack/api";
import { OUTSIDE } from "../../src/dev/openstack/configuration";
import { PROJECTS, USERS } from "../../src/dev/openstack/population";
import type { CloudConfig } from "../../src/formats/cloud-config";
import { readCloudsYaml, resolveCloud } from "../../src/formats/clouds-yaml";
import type { CloudReport, Finding } from "../../src/model";
import { HttpClient } from "../../src/openstack/http";
import { authenticate } from "../../src/openstack/identity";
import { checkCloud } from "../../src/operations/check-cloud";
import { runCli, type Outcome } from "../cli/bundle";
import { all, never } from "../openstack/support";

/** What a person would write into clouds.yaml below the cloud's name. */
export function entryOf(user: string = USERS.member, more: Json = {}, project: string = PROJECTS.demo): Json {
  const who = { username: user, password: PASSWORD, user_domain_id: "default" };
  const auth = { auth_url: AUTH_URL, ...who, project_name: project, project_domain_id: "default" };
  // how fast it answers is not what is tested
  return { auth, region_name: REGION, api_timeout: 600, ...more };
}

/** The cloud of an entry, as it is read from clouds.yaml. */
export async function cloudFrom(entry: Json): Promise<CloudConfig> {
  const place = new Workplace({ north: entry });
  try {
    const clouds = join(place.folder, "clouds.yaml");
    const entries = await readCloudsYaml({ clouds, secure: null, profiles: null, lookedAt: [clouds] });
    return await resolveCloud(entries, "north");
  } finally {
    place.remove();
  }
}

/** The cloud as one of its users sees it. */
export const cloudOf = (user?: string, more?: Json, project?: string): Promise<CloudConfig> =>
  cloudFrom(entryOf(user, more, project));

/** Who may do everything. */
export const asAdministrator = (): Promise<CloudConfig> => cloudOf(ADMIN.user, {}, ADMIN.project);
export const administrator = (): Promise<Api> => Api.login(ADMIN);
export const memberOf = (project: string): Promise<Api> => Api.login({ user: USERS.member, project });

/** A token of the member's own. */
export async function newToken(): Promise<string> {
  const cloud = await cloudOf();
  return (await authenticate(cloud, await HttpClient.create(cloud), never)).token.reveal();
}

export async function reportOf(cloud: CloudConfig | Promise<CloudConfig>): Promise<CloudReport> {
  const last = (await all(checkCloud(await cloud, never))).at(-1);
  assert.ok(last?.type === "report");
  return last.report;
}

/** The one finding of a flavor or image. */
export function findingOf({ findings }: CloudReport, name: string): Finding {
  const found = findings.filter(({ subject }) => subject.name === name);
  assert.equal(found.length, 1, name);
  return found[0];
}

/** Names as they begin in one suite, so that what it made is known from what others made. */
export const begins =
  (prefix: string) =>
  ({ name }: { readonly name: string }): boolean =>
    name.startsWith(prefix);

/** What a suite has made, to be deleted when it is done. */
export class Made {
  readonly #deletions: (() => Promise<void>)[] = [];

  constructor(private readonly api: Api) {}

  /** @param shape beyond 1 vCPU, 1 GiB, and a disk of 10 GiB */
  async flavor(name: string, extraSpecs: Json = {}, shape: Json = {}): Promise<string> {
    const flavor = { name, vcpus: 1, ram: 1024, disk: 10, ...shape };
    const id = await this.api.make("compute", "/flavors", { flavor });
    this.#deletions.push(() => this.api.delete("compute", `/flavors/${id}`));
    if (Object.keys(extraSpecs).length > 0)
      await this.api.post("compute", `/flavors/${id}/os-extra_specs`, { extra_specs: extraSpecs });
    return id;
  }

  async image(name: string, properties: Json = {}): Promise<string> {
    const image = { name, disk_format: "raw", container_format: "bare", ...properties };
    const id = await this.api.make("image", "/v2/images", image);
    this.#deletions.push(() => this.api.delete("image", `/v2/images/${id}`));
    return id;
  }

  /** An image with something in it: servers can be made of any, as far as Nova's fake driver is concerned. */
  async bootable(name: string, properties: Json = {}, content: Uint8Array = new Uint8Array(512)): Promise<string> {
    const id = await this.image(name, properties);
    await this.api.upload(id, content);
    return id;
  }

  async network(name: string, more: Json = {}): Promise<string> {
    const id = await this.api.make("network", "/v2.0/networks", { network: { name, ...more } });
    this.#deletions.push(() => this.api.delete("network", `/v2.0/networks/${id}`));
    const subnet = { network_id: id, ip_version: 4, cidr: OUTSIDE.network, enable_dhcp: false };
    await this.api.make("network", "/v2.0/subnets", { subnet });
    return id;
  }

  async unmake(): Promise<void> {
    await inParallel(this.#deletions.splice(0), (deletion) => deletion());
  }
}

/** A few at a time, since a small cloud is asked. */
export async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values();
  const work = async (): Promise<void> => {
    for (const item of waiting) await act(item);
  };
  await Promise.all([work(), work(), work(), work()]);
}

/** A folder with a clouds.yaml, in which the command line is run as a person would run it. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "real-openstack-"));

  /** @param entries the clouds by their names */
  constructor(entries: Json) {
    writeFileSync(join(this.folder, "clouds.yaml"), JSON.stringify({ clouds: entries }));
  }

  run(args: readonly string[], interruption?: AbortSignal): Promise<Outcome> {
    return runCli(args, { cwd: this.folder, ...(interruption === undefined ? {} : { interruption }) });
  }

  /** The journals that runs have left. */
  journals(): readonly string[] {
    return readdirSync(join(this.folder, ".local/state/entropy-check/runs"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
