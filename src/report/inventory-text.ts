import type { Observation } from "../model";
import type { InventoryReport } from "../model/inventory";
import { printable } from "./text";

/** What randomness a machine has, as plain text; what could not be read, with why and what to do about it. */
export function inventoryToText(report: InventoryReport): string {
  const { source } = report;
  const lines = [
    `Machine ${source.name}${source.name === source.address ? "" : ` (${source.address})`}`,
    "",
    ...inventoryRows(report).flatMap(({ label, observation }) =>
      observation.status === "measured"
        ? [`${label.padEnd(WIDTH)}${observation.value}`]
        : [
            `${label.padEnd(WIDTH)}not known: ${observation.reason.replace(/\.$/, "")}.`,
            `${" ".repeat(WIDTH)}${observation.remedy}`,
          ],
    ),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

const WIDTH = 24;

/** A row of the inventory's table: what it is about, and what was found, in words. */
export interface InventoryRow {
  readonly label: string;
  readonly observation: Observation<string>;
}

/** The inventory as a table. */
export function inventoryRows({ inventory }: InventoryReport): readonly InventoryRow[] {
  const { kernel, processor, hwrng, virtioRng, jitterEntropy, rngd, entropyAvail, crngInit, bootTest } = inventory;
  return [
    row("Kernel", kernel, (name) => name),
    row("Processor", processor, ({ instructions, virtual }) =>
      [...(virtual === true ? ["virtual"] : []), list(instructions, "no instruction for random numbers")].join(", "),
    ),
    row("hw_random", hwrng, ({ current, available }) =>
      current === null ? "the kernel has none" : `${current} in use, available: ${list(available, "none")}`,
    ),
    row("/dev/hwrng", hwrng, ({ givesBytes }) =>
      givesBytes === null ? "this account may not read it" : givesBytes ? "gives bytes" : "gives nothing",
    ),
    row("virtio-rng", virtioRng, ({ devices }) =>
      list(
        devices.map(({ name, driven }) => (driven ? name : `${name} (no driver)`)),
        "no device",
      ),
    ),
    row("jitterentropy", jitterEntropy, ({ inKernel, testInterface, programs }) =>
      [
        inKernel ? "in the kernel" : "not in the kernel",
        testInterface === null ? "no raw readings from the kernel" : `raw readings at ${testInterface}`,
        ...programs,
      ].join(", "),
    ),
    row("rngd", rngd, ({ running, process, units, devices, included, excluded }) =>
      [
        running ? `runs${process === null ? "" : ` (${process})`}` : "does not run",
        ...units.map(({ name, state }) => `${name} is ${state}`),
        ...devices.map((device) => `reads ${device}`),
        ...included.map((name) => `uses ${name}`),
        ...excluded.map((name) => `leaves out ${name}`),
      ].join(", "),
    ),
    row("entropy_avail", entropyAvail, (bits) => `${bits} bits`),
    row("Generator seeded", crngInit, ({ seconds }) => `${seconds} s after the kernel started`),
    ...(bootTest === undefined ? [] : [row("Entropy test at boot", bootTest, (lines) => lines.join("; "))]),
  ];
}

const list = (names: readonly string[], none: string): string => (names.length === 0 ? none : names.join(", "));

function row<T>(label: string, observation: Observation<T>, say: (value: T) => string): InventoryRow {
  return {
    label,
    observation: observation.status === "measured" ? { ...observation, value: say(observation.value) } : observation,
  };
}
