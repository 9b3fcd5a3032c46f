import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Api } from "../../src/dev/openstack/api";
import type { CloudConfig } from "../../src/formats/cloud-config";
import type { InstanceReport } from "../../src/model";
import { checkInstance } from "../../src/operations/check-instance";
import { INSTANCE_DEFAULTS, type InstanceChoices } from "../../src/operations/instance-choices";
import { systemClock, type Clock } from "../../src/openstack/clock";
import { never } from "../openstack/support";
import { cloudOf } from "./support";

/** Whatever a run could have made in a project, as the services list it. */
export async function inventory(api: Api): Promise<readonly string[]> {
  const lists = [
    ["compute", "/servers", "servers"],
    ["compute", "/os-keypairs", "keypairs"],
    ["network", "/v2.0/networks", "networks"],
    ["network", "/v2.0/subnets", "subnets"],
    ["network", "/v2.0/routers", "routers"],
    ["network", "/v2.0/ports", "ports"],
    ["network", "/v2.0/floatingips", "floatingips"],
    ["network", "/v2.0/security-groups", "security_groups"],
    ["image", "/v2/images", "images"],
  ] as const;
  const found: string[] = [];
  for (const [service, path, key] of lists)
    for (const item of await api.list(service, path, key)) found.push(`${key} ${JSON.stringify(item["id"] ?? item)}`);
  return found;
}

export interface Circumstances {
  readonly cloud?: Promise<CloudConfig>;
  /** Hears how far the run is. */
  readonly heard?: (message: string) => void;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** Runs in a project, none of which may leave anything behind. */
export class InstanceRuns {
  readonly #journals = mkdtempSync(join(tmpdir(), "runs-"));

  private constructor(
    private readonly api: Api,
    private readonly atFirst: readonly string[],
  ) {}

  static async in(api: Api): Promise<InstanceRuns> {
    await inventory(api); // Neutron makes a project's default group when it is first asked
    return new InstanceRuns(api, await inventory(api));
  }

  async run(choices: Partial<InstanceChoices>, circumstances: Circumstances = {}): Promise<InstanceReport> {
    const { cloud = cloudOf(), heard, clock = systemClock, signal = never } = circumstances;
    const services = { journals: this.#journals, sshPort: 22, clock, remark: (text: string) => assert.fail(text) };
    let report: InstanceReport | undefined;
    for await (const event of checkInstance(await cloud, { ...INSTANCE_DEFAULTS, ...choices }, services, signal)) {
      if (event.type === "report") report = event.report;
      if (event.type === "progress") heard?.(event.message);
    }
    assert.ok(report !== undefined);
    return report;
  }

  async nothingIsLeft(): Promise<void> {
    assert.deepEqual(await inventory(this.api), this.atFirst);
    assert.deepEqual(readdirSync(this.#journals), []);
  }

  end(): void {
    rmSync(this.#journals, { recursive: true });
  }
}

export const verdicts = ({ findings }: InstanceReport): Record<string, string> =>
  Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));
