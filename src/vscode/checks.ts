import { UserError } from "../errors";
import type { OperationEvent } from "../model";
import type { Demo } from "./demo";
import type { CloudItem, Item, MachineItem, SamplesItem } from "./items";
import { reachMachine } from "./machines";
import type { RunSecrets, Secrets } from "./secrets";
import { requireTrust } from "./trust";

/** Errors that say that a secret was wrong. */
const REFUSED = new Set(["openstack-unauthorized", "ssh-authentication"]);

/** Turns items into operations. Their code is evaluated when the first one starts, so that activation stays short. */
export class Checks {
  /** @param workerScript the bundled worker thread */
  constructor(
    private readonly workerScript: string,
    private readonly secrets: Secrets,
    private readonly demo: Demo,
  ) {}

  /** @throws UserError when iterated: whatever the operation throws, and that the folder is not trusted */
  async *start(item: Item, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    if (item.kind === "samples") {
      yield* this.assess(item, signal);
      return;
    }
    requireTrust();
    if (this.demo.has(item)) await this.demo.ready();
    const secrets = this.secrets.forRun(signal);
    try {
      yield* item.kind === "cloud" ? this.checkCloud(item, secrets, signal) : this.checkMachine(item, secrets, signal);
    } catch (error) {
      if (error instanceof UserError && REFUSED.has(error.code)) await secrets.refused();
      throw error;
    }
    await secrets.accepted();
  }

  private async *checkCloud(item: CloudItem, secrets: RunSecrets, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    const [{ checkCloud }, { configOf }] = await Promise.all([import("../operations/check-cloud"), import("./clouds")]);
    const config = await configOf(item, ({ cloud, key, owner }) => {
      const what = key.replaceAll("_", " ");
      return secrets.get(`The ${what}${owner === null ? "" : ` of ${owner}`} on the cloud ${cloud}`);
    });
    yield* checkCloud(config, signal);
  }

  private async *checkMachine(
    item: MachineItem,
    secrets: RunSecrets,
    signal: AbortSignal,
  ): AsyncGenerator<OperationEvent> {
    const { checkMachine } = await import("../operations/check-machine");
    const { target, services } = reachMachine(item, secrets);
    yield* checkMachine(target, services, signal);
  }

  /** The threads live as long as the assessment: their memory is worth more than their start costs. */
  private async *assess({ file, bits, format: id }: SamplesItem, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    const [{ assessSamples, INITIAL_NON_IID }, { WorkerPool }, { parseSampleFormat }] = await Promise.all([
      import("../operations/assess-samples"),
      import("../workers/pool"),
      import("../formats/sample-format"),
    ]);
    const format = id === null ? null : parseSampleFormat(id);
    const request = { file, bits, format, reduction: { kind: "automatic" as const }, subset: null, ...INITIAL_NON_IID };
    const pool = new WorkerPool(this.workerScript);
    try {
      yield* assessSamples(request, { pool }, signal);
    } finally {
      await pool.dispose();
    }
  }
}
