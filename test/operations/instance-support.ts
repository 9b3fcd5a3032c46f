import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import type { InstanceReport, OperationEvent } from "../../src/model";
import { checkInstance } from "../../src/operations/check-instance";
import { INSTANCE_DEFAULTS, type InstanceChoices, type InstanceServices } from "../../src/operations/instance-choices";
import { cloudAt, fakeClock, PASSWORD } from "../openstack/support";

/** A simulated cloud, and a folder for journals, for one test. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "runs-"));
  readonly remarks: string[] = [];
  readonly requests: string[] = [];
  readonly clock = fakeClock();

  private constructor(readonly cloud: DemoOpenStack) {}

  static async set(options: DemoOpenStackOptions = {}): Promise<Stage> {
    const log: string[] = [];
    const { fault } = options;
    const cloud = await startDemoOpenStack({
      password: PASSWORD,
      ...options,
      fault: (request) => {
        log.push(`${request.method} ${request.service} ${request.path.replace(/[0-9a-f-]{36}/g, "ID")}`);
        return fault?.(request) ?? null;
      },
    });
    const stage = new Stage(cloud);
    Object.defineProperty(stage, "requests", { value: log });
    return stage;
  }

  get services(): InstanceServices {
    return {
      journals: this.folder,
      sshPort: 22,
      clock: this.clock,
      remark: (text) => this.remarks.push(text),
    };
  }

  events(
    choices: Partial<InstanceChoices> = {},
    signal = new AbortController().signal,
    services: Partial<InstanceServices> = {},
  ): AsyncGenerator<OperationEvent<InstanceReport>> {
    const all = { ...this.services, ...services };
    return checkInstance(cloudAt(this.cloud.url), { ...INSTANCE_DEFAULTS, ...choices }, all, signal);
  }

  async report(
    choices: Partial<InstanceChoices> = {},
    services: Partial<InstanceServices> = {},
  ): Promise<InstanceReport> {
    let report: InstanceReport | undefined;
    for await (const event of this.events(choices, undefined, services))
      if (event.type === "report") report = event.report;
    assert.ok(report !== undefined);
    return report;
  }

  /** Nothing of ours is left, neither in the cloud nor on disk. */
  nothingIsLeft(what = ""): void {
    assert.deepEqual(this.cloud.inventory(), [], what);
    assert.deepEqual(readdirSync(this.folder), [], what);
    assert.deepEqual(this.remarks, [], what);
  }

  async strike(): Promise<void> {
    await this.cloud.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Runs a test on a stage of its own. */
export async function onStage<T>(options: DemoOpenStackOptions, test: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await Stage.set(options);
  try {
    return await test(stage);
  } finally {
    await stage.strike();
  }
}
