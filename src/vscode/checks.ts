import { homedir } from "node:os";
import { UserError } from "../errors";
import type { SampleFormat } from "../formats/sample-format";
import type { OperationEvent } from "../model";
import type { LogIn } from "../openstack/identity";
import type { CollectBootRestartsRequest } from "../operations/collect-boot-restarts";
import type { collectRestarts } from "../operations/collect-restarts";
import type { CollectEvent, CollectRequest } from "../operations/collect-samples";
import type { inventoryMachine } from "../operations/take-inventory";
import type { WorkerPool } from "../workers/pool";
import { cloudSecrets } from "./cloud-secrets";
import type { Demo } from "./demo";
import type {
  BootTestItem,
  CloudItem,
  HealthTestsItem,
  InstanceItem,
  Item,
  MachineItem,
  RestartItem,
  SamplesItem,
} from "./items";
import { reachMachine } from "./machines";
import { currentProxies } from "./proxies";
import type { Restarts } from "./restart-model";
import type { RunSecrets, Secrets } from "./secrets";
import { iidTestSettings, instanceChoices, profile } from "./settings";
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
    private readonly remark: (text: string) => void,
  ) {}

  /**
   * @param logIn how clouds that are checked together log in
   * @throws UserError when iterated: whatever the operation throws, and that the folder is not trusted
   */
  async *start(item: Item, signal: AbortSignal, logIn?: LogIn): AsyncGenerator<OperationEvent> {
    switch (item.kind) {
      case "samples":
        yield* this.assess(item, signal);
        break;
      case "restart":
        yield* this.testRestarts(item, signal);
        break;
      case "health-tests":
        yield* this.testHealth(item, signal);
        break;
      case "boot-test":
        yield* this.testBoot(item, signal);
        break;
      default:
        yield* this.reach(item, signal, logIn);
    }
  }

  /**
   * Collects samples from a machine.
   * @throws UserError when iterated, as `start`
   */
  collect(
    item: MachineItem,
    what: Omit<CollectRequest, "target">,
    signal: AbortSignal,
  ): AsyncGenerator<CollectEvent, void> {
    const { remark } = this;
    return this.withSecrets(item, signal, async function* (secrets) {
      const { collectSamples } = await import("../operations/collect-samples");
      const { target, services } = await reachMachine(item, secrets, remark);
      yield* collectSamples({ ...what, target }, services, signal);
    });
  }

  /**
   * Collects the samples of restarts.
   * @param resume go on where it was
   * @throws UserError when iterated, as `start`
   */
  collectRestarts(restarts: Restarts, resume: boolean, signal: AbortSignal): ReturnType<typeof collectRestarts> {
    if (restarts.kind === "boots") return collectBoots({ ...restarts.request, resume }, signal);
    const { item, request } = restarts;
    const { remark } = this;
    return this.withSecrets(item, signal, async function* (secrets) {
      const { collectRestarts: collect } = await import("../operations/collect-restarts");
      const { target, services } = await reachMachine(item, secrets, remark);
      return yield* collect({ ...request, resume, target }, services, signal);
    });
  }

  /**
   * Asks a machine what randomness it has.
   * @throws UserError when iterated, as `start`
   */
  takeInventory(item: MachineItem, signal: AbortSignal): ReturnType<typeof inventoryMachine> {
    const { remark } = this;
    return this.withSecrets(item, signal, async function* (secrets) {
      const { inventoryMachine: take } = await import("../operations/take-inventory");
      const { target, services } = await reachMachine(item, secrets, remark);
      return yield* take(target, services, signal);
    });
  }

  /** What is reached over a network, or by running commands. */
  private async *reach(
    item: CloudItem | MachineItem | InstanceItem,
    signal: AbortSignal,
    logIn?: LogIn,
  ): AsyncGenerator<OperationEvent> {
    yield* this.withSecrets<OperationEvent, unknown>(item, signal, (secrets) =>
      item.kind === "machine"
        ? this.checkMachine(item, secrets, signal)
        : this.checkCloud(item, secrets, signal, logIn),
    );
  }

  /** Secrets that the work asked for are kept once it has shown that they are right. */
  private async *withSecrets<E, R>(
    item: Item,
    signal: AbortSignal,
    work: (secrets: RunSecrets) => AsyncGenerator<E, R>,
  ): AsyncGenerator<E, R> {
    requireTrust();
    if (this.demo.has(item)) await this.demo.ready();
    const secrets = this.secrets.forRun(signal);
    try {
      const result = yield* work(secrets);
      await secrets.accepted();
      return result;
    } catch (error) {
      if (error instanceof UserError && REFUSED.has(error.code)) await secrets.refused();
      throw error;
    }
  }

  /** A cloud's flavors and images, or sample instances of it. */
  private async *checkCloud(
    item: CloudItem | InstanceItem,
    secrets: RunSecrets,
    signal: AbortSignal,
    logIn?: LogIn,
  ): AsyncGenerator<OperationEvent> {
    const [{ checkCloud }, { configOf }] = await Promise.all([import("../operations/check-cloud"), import("./clouds")]);
    const config = await configOf(item, cloudSecrets(secrets));
    if (item.kind === "cloud") {
      yield* checkCloud(config, signal, profile(), { proxies: await currentProxies() }, logIn);
      return;
    }
    const [{ checkInstance }, { instanceServices }] = await Promise.all([
      import("../operations/check-instance"),
      import("../operations/instance-choices"),
    ]);
    const services = instanceServices(process.env, homedir(), await currentProxies(), this.remark);
    yield* checkInstance(config, { ...instanceChoices(), images: item.images }, services, signal);
  }

  private async *checkMachine(
    item: MachineItem,
    secrets: RunSecrets,
    signal: AbortSignal,
  ): AsyncGenerator<OperationEvent> {
    const { checkMachine } = await import("../operations/check-machine");
    const { target, services } = await reachMachine(item, secrets, this.remark);
    yield* checkMachine(target, services, signal, profile());
  }

  private async *assess(item: SamplesItem, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    const { assessSamples } = await import("../operations/assess-samples");
    const { file, bits, method } = item;
    const format = await formatOf(item.format);
    const reading = { file, bits, format, reduction: { kind: "automatic" as const }, subset: null };
    const request = { ...reading, ...method, ...iidTestSettings() };
    yield* this.withPool((pool) => assessSamples(request, { pool }, signal));
  }

  private async *testRestarts(item: RestartItem, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    const { restartTests } = await import("../operations/restart-tests");
    const { path, bits, hI, track } = item;
    const format = await formatOf(item.format);
    const request = { path, bits, format, hI, track, reduction: { kind: "automatic" as const } };
    yield* this.withPool((pool) => restartTests(request, { pool }, signal));
  }

  private async *testHealth(item: HealthTestsItem, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    const { healthTestsOfFile } = await import("../operations/health-tests");
    yield* healthTestsOfFile({ ...item, format: await formatOf(item.format) }, signal);
  }

  /** The file says which programs are run. */
  private async *testBoot({ file, onlyMissing }: BootTestItem, signal: AbortSignal): AsyncGenerator<OperationEvent> {
    requireTrust();
    const { runBootTest } = await import("../operations/run-boot-test");
    yield* this.withPool((pool) => runBootTest({ file, onlyMissing, iterations: null }, { pool }, signal));
  }

  /** The threads live as long as the work: their memory is worth more than their start costs. */
  private async *withPool(work: (pool: WorkerPool) => AsyncGenerator<OperationEvent>): AsyncGenerator<OperationEvent> {
    const { WorkerPool } = await import("../workers/pool");
    const pool = new WorkerPool(this.workerScript);
    try {
      yield* work(pool);
    } finally {
      await pool.dispose();
    }
  }
}

/** The definition says which programs are run. */
async function* collectBoots(
  request: CollectBootRestartsRequest,
  signal: AbortSignal,
): ReturnType<typeof collectRestarts> {
  requireTrust();
  const { collectBootRestarts } = await import("../operations/collect-boot-restarts");
  return yield* collectBootRestarts(request, {}, signal);
}

async function formatOf(id: string | null): Promise<SampleFormat | null> {
  const { parseSampleFormat } = await import("../formats/sample-format");
  return id === null ? null : parseSampleFormat(id);
}
