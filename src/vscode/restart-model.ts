import type { BootMethod } from "../boot/document";
import { parseSampleFormat, meaningOfNumbers } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import type { CollectBootRestartsRequest } from "../operations/collect-boot-restarts";
import type { CollectRestartsRequest, RestartMethod } from "../operations/collect-restarts";
import type { UnfinishedBoots, UnfinishedRestarts } from "../operations/unfinished";
import { fileNameFor, sourceText, type CaptureReading } from "./collect-model";
import type { BootTestItem, MachineItem } from "./items";
import type { Choice } from "./picker-model";

/** What is to be collected of restarts, of a machine or by boots; whether it goes on is said when it begins. */
export type Restarts = MachineRestarts | BootRestarts;

export interface MachineRestarts {
  readonly kind: "machine";
  readonly item: MachineItem;
  readonly request: Omit<CollectRestartsRequest, "target" | "resume">;
}

export interface BootRestarts {
  readonly kind: "boots";
  readonly item: BootTestItem;
  readonly request: Omit<CollectBootRestartsRequest, "resume">;
}

/** 3.1.4.1: so many restarts, and so many samples of each. */
export const NEEDED = 1000;

/** How a source can be restarted. */
export type RestartKind = RestartMethod["kind"] | "boot";

/**
 * How a source can be restarted. This machine is not rebooted: it would take this window along.
 * @param machine the one that is chosen already; null: none, and boots of a boot test need none
 */
export function restartKindChoices(machine: MachineItem | null): readonly Choice<RestartKind>[] {
  const choice = (value: RestartKind, label: string, description: string) => ({ value, label, description, group: "" });
  return [
    choice("process", "$(terminal) A process that is started anew", "by a command of yours, which writes the samples"),
    ...(machine?.address === "local"
      ? []
      : [choice("reboot", "$(debug-restart) A reboot of a machine", "after which a source there is read")]),
    ...(machine === null
      ? [choice("boot", "$(debug-start) A boot by a boot test's definition", "in QEMU, for one")]
      : []),
  ];
}

/**
 * The sets of parameters of a boot test, one of which all restarts are booted with.
 * @param sets as the operation calls them
 */
export function parameterChoices(sets: readonly string[]): readonly Choice<string>[] {
  return sets.map((set) => ({ value: set, label: set, description: "", group: "" }));
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

/**
 * A name for the file or the folder.
 * @param of the machine, or the boot test
 * @param source its kind, or what the boot test calls it
 */
export function restartsNameFor(of: string, source: string, place: "file" | "folder"): string {
  const name = fileNameFor(of, source).replace(/\.bin$/, "-restarts");
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
export function rebootWarning(restarts: Restarts, left: number): RebootWarning | null {
  if (restarts.kind === "boots") return null;
  const { name, address } = restarts.item;
  const { method, source } = restarts.request;
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

/**
 * The same of boots.
 * @param method how the definition boots
 */
export function bootsDetail(it: UnfinishedBoots, method: BootMethod): string {
  return [
    `Boot test: ${it.file}`,
    `Boots: ${bootText(method)}`,
    `Kernel command line: ${it.commandLine}`,
    `Restarts: ${count(it.done)} of ${count(it.restarts)}, of ${count(it.samplesPerRestart)} samples each`,
  ].join("\n");
}

/** What is run to boot. */
function bootText(boot: BootMethod): string {
  switch (boot.method) {
    case "qemu":
      return `a virtual machine, by ${boot.program ?? "QEMU"}`;
    case "command":
      return `by ${boot.command.join(" ")}`;
    case "netboot":
      return `a device over the network, by the programs in ${boot.tools}`;
    case "checkout":
      return `by the scripts of ${boot.checkout}`;
  }
}

/** Whether the restart tests can be run over so much. */
export function isEnough({
  restarts,
  samplesPerRestart,
}: Pick<MachineRestarts["request"], "restarts" | "samplesPerRestart">): boolean {
  return restarts >= NEEDED && samplesPerRestart >= NEEDED;
}

const count = (number: number): string => number.toLocaleString("en");
