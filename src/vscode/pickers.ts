import { window, type Uri } from "vscode";
import { machineAddress, parseMachineAddress } from "../machine/target";
import { UserError } from "../errors";
import {
  idOf,
  itemOf,
  NON_IID,
  type CloudItem,
  type InstanceItem,
  type Item,
  type MachineItem,
  type SamplesItem,
} from "./items";
import { imageChoices, imageNames, itemChoices, machineChoices, methodChoices } from "./picker-model";
import { pick } from "./quick-pick";
import { bitsInUse, pickPath, pickReading } from "./reading-picker";
import type { Results } from "./results";
import { fromFolder } from "./settings";
import { THIS_MACHINE, type Sources } from "./sources";
import { aliasedMachines } from "./ssh-aliases";
import { requireTrust } from "./trust";

const ASSESS = "Assess Samples";

export const SAMPLE_INSTANCE = "Check Sample Instance";

/**
 * Asks of which images of a cloud sample instances are checked.
 * @returns null when the person gave up
 */
export async function pickInstance({ name, file }: CloudItem, results: Results): Promise<InstanceItem | null> {
  await results.ready;
  const item = (images: InstanceItem["images"]): InstanceItem => ({ kind: "instance", name, file, images });
  const { report } = results.state(idOf(item({ by: "order" })));
  const choices = imageChoices(report?.kind === "instance" ? report.instances.map(({ image }) => image) : []);
  const images = await pick(SAMPLE_INSTANCE, `Servers of which images of ${name}?`, choices);
  if (images !== "enter") return images === null ? null : item(images);
  const typed = await window.showInputBox({
    title: SAMPLE_INSTANCE,
    prompt: "Names or ids of images, with commas between them; * and ? stand for anything",
    placeHolder: "Debian*, Ubuntu 24.04",
    ignoreFocusOut: true,
    validateInput: (text) => (imageNames(text).length > 0 ? null : "Enter at least one."),
  });
  return typed === undefined ? null : item({ by: "name", names: imageNames(typed) });
}

/**
 * Asks which machine: this one, a configured one, one that the SSH configuration names, or one that is entered.
 * @param title of the command
 * @param which `other`: one that is not this machine
 * @throws UserError when the folder is not trusted
 */
export async function pickMachine(
  title: string,
  sources: Sources,
  results: Results,
  which: "any" | "other" = "any",
): Promise<MachineItem | null> {
  requireTrust();
  const earlier = results.items().filter((item) => item.kind === "machine");
  const choices = machineChoices(THIS_MACHINE, sources.machines(), earlier, await aliasedMachines());
  const suitable = choices.filter(({ value }) => which === "any" || value === "enter" || value.address !== "local");
  const machine = await pick(title, "Which machine?", suitable);
  return machine === "enter" ? enterMachine(title, which) : machine;
}

async function enterMachine(title: string, which: "any" | "other"): Promise<MachineItem | null> {
  const address = await window.showInputBox({
    title,
    prompt: "The address of the machine",
    placeHolder: "ssh://user@host[:port], or console:FILE for the log of a serial console",
    value: "ssh://",
    valueSelection: [6, 6],
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        const { kind } = parseMachineAddress(text);
        return kind === "local" && which === "other" ? "Enter the address of another machine than this one." : null;
      } catch (error) {
        return error instanceof UserError ? `${error.message} ${error.remedy}` : String(error);
      }
    },
  });
  if (address === undefined) return null;
  const canonical = machineAddress(parseMachineAddress(fromFolder(address)));
  return { kind: "machine", name: canonical, address: canonical };
}

/**
 * Asks which file, unless it is given, and how its samples stand in it: of a file of one sample per byte, how wide they
 * are; of any other, in which format. Then by which track they are to be assessed.
 * @param given from the explorer's menu or a drop
 * @throws UserError when the file cannot be read as samples
 */
export async function pickSamples(given: Uri | null, results: Results): Promise<SamplesItem | null> {
  const file = await pickPath(given, ASSESS, "Assess");
  if (file === null) return null;
  await results.ready;
  const { report } = results.state(idOf({ kind: "samples", file, bits: null, format: null, method: NON_IID }));
  const last = report === null ? null : itemOf(report);
  const before = last?.kind === "samples" ? last : null;
  const reading = await pickReading(ASSESS, file, (format) => bitsInUse(file, format), before?.bits ?? null);
  if (reading === null) return null;
  const method = await pick(ASSESS, "How are they to be assessed?", methodChoices(before?.method ?? null));
  return method === null ? null : { kind: "samples", file, bits: reading.bits, format: reading.format, method };
}

/** Asks which of the items that have a result. */
export async function pickResult(results: Results): Promise<Item | null> {
  const items = results.items().filter((item) => results.state(idOf(item)).report !== null);
  return pick("Entropy Check", "Which result?", itemChoices(items));
}
