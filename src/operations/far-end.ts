import { randomBytes } from "node:crypto";
import { captureOutcomeCommand, readCaptureOutcome, removeCommand, type CaptureOutcome } from "../machine/capture";
import type { StreamingMachine } from "../machine/machine";
import type { MachineServices } from "../machine/services";
import type { MachineTarget } from "../machine/target";
import { openStreamingMachine } from "./open-machine";

/** The machine that samples are collected from: reached anew when it was lost, and left as it was found. */
export class FarEnd {
  private machine: StreamingMachine | null = null;
  /** Folders there that are ours to remove. */
  private readonly folders = new Set<string>();

  constructor(
    private readonly target: MachineTarget,
    private readonly services: MachineServices,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws UserError if it cannot be reached; the signal's reason when it aborts */
  async reach(): Promise<StreamingMachine> {
    this.machine ??= await openStreamingMachine(this.target, this.services, this.signal);
    return this.machine;
  }

  /** The name of a folder there that does not exist; those of connections that were lost are removed. */
  async newFolder(): Promise<string> {
    const machine = await this.reach();
    for (const folder of this.folders) await this.remove(machine, folder);
    const folder = `/tmp/entropy-check-${randomBytes(16).toString("hex")}`;
    this.folders.add(folder);
    return folder;
  }

  /** What a capture came to whose folder this is; it is gone afterwards. */
  async outcome(folder: string, facts: { readonly hasSha256sum: boolean }): Promise<CaptureOutcome> {
    const machine = await this.reach();
    const options = { signal: this.signal, maxOutput: 4096, timeout: 60_000 };
    const { stdout } = await machine.run(captureOutcomeCommand(folder, facts), options);
    this.folders.delete(folder);
    return readCaptureOutcome(stdout.toString("utf8"));
  }

  /** Removes what lies there, if it can still be reached, and lets go of it. */
  async leave(): Promise<void> {
    const { machine } = this;
    this.machine = null;
    if (machine === null) return;
    for (const folder of this.folders) await this.remove(machine, folder);
    await machine.close();
  }

  private async remove(machine: StreamingMachine, folder: string): Promise<void> {
    // also after the signal has aborted
    const options = { signal: new AbortController().signal, maxOutput: 1024, timeout: 15_000 };
    const removed = await machine.run(removeCommand(folder), options).catch(() => null);
    if (removed?.exitCode === 0) this.folders.delete(folder);
  }
}
