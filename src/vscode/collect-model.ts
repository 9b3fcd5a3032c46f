import { SAMPLE_FORMAT_IDS, describeSampleFormat, parseSampleFormat } from "../formats/sample-format";
import type { CaptureSource } from "../machine/capture";
import type { Choice } from "./picker-model";

type Device = Exclude<CaptureSource["kind"], "file" | "command">;

/** Where samples are to come from; what a file or a command is called is asked next. */
export function sourceChoices(): readonly Choice<CaptureSource["kind"]>[] {
  const devices: readonly (readonly [Device, string, string])[] = [
    ["hwrng", "$(circuit-board) /dev/hwrng", "the hardware random number generator in use"],
    ["jitter-kernel", "$(watch) The kernel's jitterentropy", "raw timestamps; needs root and the test interface"],
    [
      "jitter-recorder",
      "$(watch) jitterentropy-hashtime",
      "raw deltas of the library's recorder, which must be in PATH",
    ],
    ["random", "$(symbol-misc) /dev/random", "the kernel's generator: processed, never a noise source"],
    ["urandom", "$(symbol-misc) /dev/urandom", "the same, without waiting for its seeding"],
  ];
  return [
    ...devices.map(([value, label, description]) => ({ value, label, description, group: "of the machine" })),
    {
      value: "command",
      label: "$(terminal) A command's output...",
      description: "what it writes to standard output there",
      group: "of your own",
    },
    { value: "file", label: "$(file-binary) A file on the machine...", description: "", group: "of your own" },
  ];
}

/** How samples stand in what a source gives. */
export interface CaptureReading {
  /** A sample format's id; null: as the source is known to give them. */
  readonly format: string | null;
  /** Bits per sample of one sample per byte; null in any other format. */
  readonly bits: number | null;
}

/** What each recorder is known to give. */
const KNOWN: Readonly<Partial<Record<CaptureSource["kind"], string>>> = {
  "jitter-kernel": "timestamps of 64 bits, before Linux 6.13 of 32",
  "jitter-recorder": "a decimal number per line",
};

/** How samples may stand in what a source gives, the likely way first. Digits cannot be counted while they come. */
export function readingChoices(kind: CaptureSource["kind"]): readonly Choice<CaptureReading>[] {
  const known = KNOWN[kind];
  const widths = [8, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
    value: { format: "bytes", bits },
    label: bits === 1 ? "1 bit" : `${bits} bits`,
    description: "",
    group: "one sample per byte",
  }));
  const others = SAMPLE_FORMAT_IDS.map(parseSampleFormat).flatMap((format, i) =>
    format.kind === "bytes" || format.kind === "digits"
      ? []
      : [
          {
            value: { format: SAMPLE_FORMAT_IDS[i], bits: null },
            label: SAMPLE_FORMAT_IDS[i],
            description: describeSampleFormat(format),
            group: "other formats",
          },
        ],
  );
  const first =
    known === undefined
      ? []
      : [{ value: { format: null, bits: null }, label: "As the source gives them", description: known, group: "" }];
  return [...first, ...widths, ...others];
}

/** Bits of each sample, the low ones, that are tested while they come. */
export function testedBits({ format, bits }: CaptureReading): number {
  return bits ?? (format?.startsWith("packed-") === true ? 1 : 8);
}

/** A name for the file: of the machine and the source, in characters that every file system takes. */
export function fileNameFor(machine: string, source: string): string {
  return `${machine}-${source}.bin`.replace(/[^\w.-]+/g, "-");
}

/** A source as a person knows it: a command, a path, or a device. */
export function sourceText(source: CaptureSource): string {
  switch (source.kind) {
    case "command":
      return source.command;
    case "file":
      return source.path;
    case "jitter-kernel":
      return "the kernel's jitterentropy";
    case "jitter-recorder":
      return "jitterentropy-hashtime";
    default:
      return `/dev/${source.kind}`;
  }
}
