import {
  describeSampleFormat,
  parseSampleFormat,
  SAMPLE_FORMAT_IDS,
  sampleFormatId,
  type SampleFormat,
  type SampleFormatGuess,
} from "../formats/sample-format";
import type { InstanceChoices } from "../operations/instance-choices";
import { idOf, longTitleOf, NON_IID, placeOfItem, type AssessmentMethod, type Item, type MachineItem } from "./items";

/** A line of a quick pick. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly description: string;
  /** The heading above it; empty for none. */
  readonly group: string;
}

/**
 * Of which images sample instances are made, those of the last time first.
 * @param last empty when there was none
 */
export function imageChoices(
  last: readonly { readonly id: string; readonly name: string }[],
): readonly Choice<InstanceChoices["images"] | "enter">[] {
  const again: Choice<InstanceChoices["images"]>[] =
    last.length > 0
      ? [
          {
            value: { by: "name", names: last.map(({ id }) => id) },
            label: last.length === 1 ? "The image of the last time" : "The images of the last time",
            description: last.map(({ name }) => name).join(", "),
            group: "",
          },
        ]
      : [];
  return [
    ...again,
    {
      value: { by: "order" },
      label: "One public image",
      description: "the newest Debian, else Ubuntu, else any, as the standard's own script chooses",
      group: "",
    },
    {
      value: "enter",
      label: "Images by name...",
      description: "one or several, also by patterns: Debian*, Ubuntu 24.04",
      group: "",
    },
    {
      value: { by: "all-public" },
      label: "Every public image",
      description: "one after the other, a server each",
      group: "",
    },
  ];
}

/** The names, ids or patterns of images that were typed, with commas between them. */
export function imageNames(typed: string): readonly string[] {
  return typed
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** A host that the SSH configuration names, and where it leads. */
export interface AliasedMachine {
  readonly machine: MachineItem;
  readonly leadsTo: string;
}

/**
 * This machine, the configured ones, those entered before, those that the SSH configuration names, and the choice to
 * enter another.
 */
export function machineChoices(
  local: MachineItem,
  configured: readonly MachineItem[],
  earlier: readonly MachineItem[],
  aliased: readonly AliasedMachine[],
): readonly Choice<MachineItem | "enter">[] {
  const known = new Set([local, ...configured].map(idOf));
  const before = earlier.filter((machine) => !known.has(idOf(machine)));
  const addresses = new Set([...configured, ...before].map(({ address }) => address));
  const choice = (group: string) => (machine: MachineItem) => ({
    value: machine,
    label: `$(vm) ${machine.name}`,
    description: machine.name === machine.address ? "" : machine.address,
    group,
  });
  return [
    ...configured.map(choice("configured")),
    ...before.map(choice("entered before")),
    ...aliased
      .filter(({ machine }) => !addresses.has(machine.address))
      .map(({ machine, leadsTo }) => ({
        value: machine,
        label: `$(vm) ${machine.address.replace(/^ssh:\/\//, "")}`,
        description: leadsTo,
        group: "from your SSH configuration",
      })),
    choice("other")(local),
    { value: "enter", label: "$(add) Enter an address...", description: "ssh://user@host[:port]", group: "other" },
  ];
}

/**
 * The widths that a symbol of a file of bytes may have, the likely one first, and the choice of another format; null
 * leaves the width to the data.
 * @param inferred the width of the data
 * @param stated the width that was stated when the file was last assessed
 */
export function bitsChoices(
  inferred: number,
  stated: number | null,
): readonly Choice<{ readonly bits: number | null } | "other-format">[] {
  const first = stated ?? inferred;
  const widths = [first, ...[1, 2, 3, 4, 5, 6, 7, 8].filter((width) => width !== first)];
  return [
    ...widths.map((width) => ({
      value: { bits: width === inferred ? null : width },
      label: width === 1 ? "1 bit" : `${width} bits`,
      description: [
        ...(width === stated ? ["as last time"] : []),
        ...(width === inferred ? ["as the data use"] : []),
      ].join(", "),
      group: "one sample per byte",
    })),
    { value: "other-format", label: "$(list-unordered) Another format...", description: "", group: "other" },
  ];
}

/** The formats that a file of samples may be in: the likely ones first, with the reason, then all. */
export function formatChoices(guess: SampleFormatGuess): readonly Choice<SampleFormat>[] {
  const likely = [guess, ...guess.alternatives].map(({ format, reason }) => ({ format, reason, group: "likely" }));
  const known = new Set(likely.map(({ format }) => sampleFormatId(format)));
  const others = SAMPLE_FORMAT_IDS.filter((id) => !known.has(id)).map((id) => ({
    format: parseSampleFormat(id),
    reason: "",
    group: "other",
  }));
  return [...likely, ...others].map(({ format, reason, group }) => ({
    value: format,
    label: describeSampleFormat(format),
    description: reason,
    group,
  }));
}

/** What NIST's tool truncates a bitstring to. */
const TRUNCATED = 1_000_000;

const METHODS: readonly (readonly [AssessmentMethod, string, string])[] = [
  [NON_IID, "Non-IID track", "any source, by all estimators (6.2)"],
  [{ ...NON_IID, track: "both" }, "Both tracks", "tests for IID first; if they fail, non-IID"],
  [{ ...NON_IID, track: "iid" }, "IID track", "tests for IID (section 5); if they fail, no figure"],
  [{ ...NON_IID, purpose: "conditioned" }, "Conditioned output", "its bits alone, for h\u2032 (3.1.5.2)"],
  [
    { ...NON_IID, mostBits: TRUNCATED },
    "Non-IID track, bitstring truncated",
    "of the bits the first 1,000,000, as NIST's tool with -t",
  ],
];

/**
 * The ways to assess samples, that of the last time first.
 * @param last null when they were not assessed before
 */
export function methodChoices(last: AssessmentMethod | null): readonly Choice<AssessmentMethod>[] {
  const isLast = (method: AssessmentMethod) => JSON.stringify(method) === JSON.stringify(last);
  const choices = METHODS.map(([method, label, hint]) => ({
    value: method,
    label,
    description: isLast(method) ? `as last time: ${hint}` : hint,
    group: "",
  }));
  return choices.toSorted((a, b) => Number(isLast(b.value)) - Number(isLast(a.value)));
}

/**
 * Definitions of boot tests by their names, the one that is being edited first.
 * @param current null: none is
 * @param place says where a file lies
 */
export function bootTestChoices(
  files: readonly string[],
  current: string | null,
  place: (file: string) => string,
): readonly Choice<string>[] {
  const all = [...new Set(current === null ? files : [...files, current])];
  const rank = (file: string) => Number(file !== current);
  return all
    .toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((file) => ({
      value: file,
      label: `$(debug-start) ${file.replace(/^.*[\\/]/, "")}`,
      description: file === current ? `being edited: ${place(file)}` : place(file),
      group: "",
    }));
}

/** Items of any kind, as the tree names them. */
export function itemChoices(items: readonly Item[]): readonly Choice<Item>[] {
  const icons = {
    cloud: "cloud",
    instance: "server-process",
    machine: "vm",
    samples: "file-binary",
    restart: "debug-restart",
    "health-tests": "pulse",
    "boot-test": "debug-start",
  } as const;
  return items.map((item) => ({
    value: item,
    label: `$(${icons[item.kind]}) ${longTitleOf(item)}`,
    description: placeOfItem(item),
    group: "",
  }));
}
