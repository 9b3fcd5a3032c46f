import { parseSampleFormat, meaningOfNumbers } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import type { CollectRestartsRequest, RestartMethod } from "../operations/collect-restarts";
import type { UnfinishedRestarts } from "../operations/unfinished";
import { fileNameFor, sourceText, type CaptureReading } from "./collect-model";
import type { MachineItem } from "./items";
import type { Choice } from "./picker-model";

/** What is to be collected of restarts. */
export type Restarts = Omit<CollectRestartsRequest, "target">;

/** 3.1.4.1: so many restarts, and so many samples of each. */
export const NEEDED = 1000;

/** How the source can be restarted. This machine is not rebooted: it would take this window along. */
export function restartMethodChoices({ address }: MachineItem): readonly Choice<RestartMethod["kind"]>[] {
  const process = {
    value: "process" as const,
    label: "$(terminal) A process that is started anew",
    description: "a command of yours starts the source and writes its samples",
    group: "",
  };
  const reboot = {
    value: "reboot" as const,
    label: "$(debug-restart) Reboots of the machine",
    description: "after each, a source of the machine is read",
    group: "",
  };
  return address === "local" ? [process] : [process, reboot];
}

/** How the machine is rebooted; what another command is, is asked next. */
export function rebootChoices(): readonly Choice<"usual" | "command">[] {
  return [
    {
      value: "usual",
      label: "$(debug-restart) As usual",
      description: "systemctl reboot, or reboot; by sudo if need be, without a password",
      group: "",
    },
    { value: "command", label: "$(terminal) By a command...", description: "for the machine's shell", group: "" },
  ];
}

/** Where restarts may go: differences of timestamps must not reach from one restart to the next. */
export function restartPlaceChoices(
  kind: CaptureSource["kind"],
  { format }: CaptureReading,
): readonly Choice<"file" | "folder">[] {
  const folder = {
    value: "folder" as const,
    label: "$(folder) A folder",
    description: "with a file per restart",
    group: "",
  };
  const timestamps =
    format === null ? kind === "jitter-kernel" : meaningOfNumbers(parseSampleFormat(format)) !== "samples";
  if (timestamps) return [folder];
  return [{ value: "file", label: "$(file-binary) One file", description: "restart after restart", group: "" }, folder];
}

/** A name for the file or the folder. */
export function restartsNameFor(machine: string, kind: CaptureSource["kind"], place: "file" | "folder"): string {
  const name = fileNameFor(machine, kind).replace(/\.bin$/, "-restarts");
  return place === "file" ? `${name}.bin` : name;
}

/** What a person must know before a machine is rebooted again and again; null where nothing is. */
export interface RebootWarning {
  readonly message: string;
  readonly detail: string;
  /** What agrees. */
  readonly button: string;
}

/**
 * What is asked before a collection reboots a machine.
 * @param left restarts that are still to come
 */
export function rebootWarning(
  { name, address }: MachineItem,
  { method, source }: Pick<Restarts, "method" | "source">,
  left: number,
): RebootWarning | null {
  if (method.kind !== "reboot") return null;
  const times = left === 1 ? "once" : `${count(left)} times`;
  return {
    message: `${name} will be rebooted ${times}.`,
    detail: [
      `Machine: ${address}`,
      ...(method.command === null ? [] : [`By: ${method.command}`]),
      `Read after each reboot: ${sourceText(source)}`,
      "",
      "Whatever else runs on it is interrupted each time. Between reboots you can cancel, and go on later.",
    ].join("\n"),
    button: `Reboot It ${left === 1 ? "Once" : `${count(left)} Times`}`,
  };
}

/** What an interrupted collection of restarts is, for who is asked whether it shall go on. */
export function restartsDetail({ name, address }: MachineItem, it: UnfinishedRestarts): string {
  return [
    `Machine: ${name} (${address})`,
    `Source: ${sourceText(it.source)}`,
    `Restarts: ${count(it.done)} of ${count(it.restarts)}, of ${count(it.samplesPerRestart)} samples each`,
  ].join("\n");
}

/** Whether the restart tests can be run over so much. */
export function isEnough({ restarts, samplesPerRestart }: Pick<Restarts, "restarts" | "samplesPerRestart">): boolean {
  return restarts >= NEEDED && samplesPerRestart >= NEEDED;
}

const count = (number: number): string => number.toLocaleString("en");
