import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, isAbsolute } from "node:path";
import { Disposable, ProgressLocation, window, type LogOutputChannel } from "vscode";
import type { UnfinishedRun } from "../operations/clean-up";
import type { Actions } from "./actions";
import { registerCommand } from "./commands";
import { pickCloud } from "./cloud-pickers";
import { cloudSecrets } from "./cloud-secrets";
import type { Demo } from "./demo";
import { cloudOfRunUnknown } from "./errors";
import type { CloudItem } from "./items";
import { COMMANDS } from "./manifest";
import { offer, showError } from "./notices";
import { pickInstance, SAMPLE_INSTANCE } from "./pickers";
import { currentProxies } from "./proxies";
import type { Results } from "./results";
import type { Secrets } from "./secrets";
import type { Sources } from "./sources";
import { requireTrust } from "./trust";

/** Sample instances of clouds: begun on demand, and cleaned up where a window was killed before it could do so. */
export class SampleInstances {
  constructor(
    private readonly sources: Sources,
    private readonly results: Results,
    private readonly actions: Actions,
    private readonly secrets: Secrets,
    private readonly demo: Demo,
    private readonly log: LogOutputChannel,
  ) {}

  register(): Disposable {
    return Disposable.from(
      registerCommand(COMMANDS.checkInstance, () => this.check(), this.log),
      registerCommand(COMMANDS.cleanUpInstances, () => this.cleanUp(), this.log),
    );
  }

  /** Says what runs of earlier windows have left, and offers to delete it. Reads one folder; no network. */
  async offerCleanUp(): Promise<void> {
    try {
      const runs = await unfinished();
      if (runs.length === 0) return;
      const clouds = [...new Set(runs.map(({ journal }) => journal.header.cloud))].join(", ");
      await offer(`A check of sample instances ended before it could clean up after itself in ${clouds}.`, [
        { label: "Clean Up", act: () => this.cleanUp() },
      ]);
    } catch (error) {
      await showError(error, this.log);
    }
  }

  private async check(): Promise<void> {
    const cloud = await pickCloud(SAMPLE_INSTANCE, this.sources);
    if (cloud === null) return;
    const item = await pickInstance(cloud, this.results);
    if (item !== null) await this.actions.run(item);
  }

  private async cleanUp(): Promise<void> {
    requireTrust();
    const runs = await unfinished();
    for (const run of runs) await this.cleanUpRun(run);
    if (runs.length === 0) void window.showInformationMessage("No run has left anything to clean up.");
  }

  private async cleanUpRun({ journal }: UnfinishedRun): Promise<void> {
    const { cloud: name, authUrl } = journal.header;
    const { clouds } = await this.sources.findClouds();
    // an openrc file, which may lie anywhere, is named by its path
    const openrc: CloudItem | null = isAbsolute(name) ? { kind: "cloud", name: basename(name), file: name } : null;
    const cloud = openrc ?? clouds.find((one) => one.name === name);
    if (cloud === undefined) throw cloudOfRunUnknown(name, authUrl);
    if (this.demo.has(cloud)) await this.demo.ready();
    const [{ cleanUpRun }, { instanceServices }, { configOf }] = await Promise.all([
      import("../operations/clean-up"),
      import("../operations/instance-choices"),
      import("./clouds"),
    ]);
    const secrets = this.secrets.forRun(new AbortController().signal);
    const config = await configOf(cloud, cloudSecrets(secrets));
    const services = instanceServices(process.env, homedir(), await currentProxies(), (text) => this.log.warn(text));
    const title = `Cleaning up the cloud ${name}`;
    const left = await window.withProgress({ location: ProgressLocation.Notification, title }, (progress) =>
      cleanUpRun(journal, config, services, (message) => progress.report({ message })),
    );
    for (const { kind, name: thing, reason, command } of left) {
      this.log.warn(`The ${kind} ${thing} is left: ${reason} By hand: ${command}`);
    }
    const told = left.length === 0 ? "Nothing is left" : `${left.length} things are left, see the log,`;
    void window.showInformationMessage(`${told} of run ${journal.header.run} in the cloud ${name}.`);
  }
}

/** The runs of this computer that nobody is at work on any more. */
async function unfinished(): Promise<readonly UnfinishedRun[]> {
  const { instanceServices } = await import("../operations/instance-choices");
  const { journals } = instanceServices(process.env, homedir(), await currentProxies(), () => undefined);
  // hardly ever is there one, and only then the rest of the code is evaluated
  if ((await readdir(journals).catch(() => [])).length === 0) return [];
  const { unfinishedRuns } = await import("../operations/clean-up");
  return (await unfinishedRuns(journals, null)).filter(({ running }) => !running);
}
