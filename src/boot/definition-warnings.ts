import { composeCommandLine, newNodename, optionsOf } from "./command-line";
import type { BootTestDocument } from "./document";
import { longestOptions, matrixSize, optionValue, parameterSets } from "./matrix";
import type { DefinitionProblem, DocumentPath } from "./read-document";

/** A problem, and where it is in the document. */
export type Finding = Pick<DefinitionProblem, "severity" | "message" | "remedy"> & { readonly path: DocumentPath };

/** ENTROPY_COLLECTOR_TEST_MAXLEN where a build does not set it: 1 MiB. */
const DEFAULT_MAXLEN = 1024 * 1024;
/** Zircon's JITTERENTROPY_MEM_SIZE. */
const JITTER_MEMORY = 64 * 1024;

/** Bytes that COMMAND_LINE_SIZE of Linux (x86, arm64) and Cmdline::kCmdlineMax of Zircon leave, one of them for the end. */
const COMMAND_LINE = { linux: 2047, zircon: 4095 };

const JITTER = "kernel.jitterentropy.";
/** What the test itself puts on the command line. */
const OWN_OPTIONS = ["kernel.entropy-test.src", "kernel.entropy-test.len", "zircon.nodename"];

/** What is worth knowing of a document that can be run: options without effect, more than the kernel has room for. */
export function warnOfDefinition(document: BootTestDocument): readonly Finding[] {
  return [
    ...sourceWarnings(document),
    ...lengthWarnings(document),
    ...ownOptionWarnings(document),
    ...commandLineWarnings(document),
    ...jitterWarnings(document),
    ...networkWarnings(document),
  ];
}

const warning = (path: DocumentPath, message: string, remedy: string): Finding => ({
  severity: "warning",
  path,
  message,
  remedy,
});

/** The help of run-boot-test says hwrng; the kernel compares with hw_rng. */
function sourceWarnings({ source, boot }: BootTestDocument): readonly Finding[] {
  if (source !== "hwrng" || boot.method === "command") return [];
  return [warning(["source"], "The kernel knows no source hwrng: it is called hw_rng.", "Write hw_rng.")];
}

/** What fetches the data reaches a virtual machine only over a device that somebody has given it. */
function networkWarnings({ boot, export: wayOut }: BootTestDocument): readonly Finding[] {
  if (boot.method !== "qemu" || (wayOut?.way !== "netcp" && wayOut?.way !== "scp")) return [];
  if ((boot.arguments ?? []).some((word) => /^-{1,2}(?:netdev|nic|net)$|^virtio-net|^e1000/.test(word))) return [];
  return [
    warning(
      ["export"],
      `The virtual machine has no network device, so that ${wayOut.way} cannot reach it.`,
      "Give it one by arguments, for scp with a port that leads into it: [-nic, 'user,hostfwd=tcp:127.0.0.1:2222-:22'].",
    ),
  ];
}

function lengthWarnings({ boot, length, maxlen }: BootTestDocument): readonly Finding[] {
  const ownRecorder = boot.method === "qemu" && boot.linux !== undefined;
  if (length === undefined || (ownRecorder && maxlen === undefined)) return [];
  const limit = maxlen ?? DEFAULT_MAXLEN;
  if (length <= limit) return [];
  return [
    warning(
      ["length"],
      `The kernel records ${limit} bytes at most (ENTROPY_COLLECTOR_TEST_MAXLEN), not ${length}.`,
      `Build it with EXTERNAL_DEFINES += ENTROPY_COLLECTOR_TEST_MAXLEN=${length} in local.mk and state maxlen, or record less.`,
    ),
  ];
}

function ownOptionWarnings({ words = [], matrix = [] }: BootTestDocument): readonly Finding[] {
  const remedy =
    "Remove it: source, length and nodename set it, and of an option that comes twice the last one counts.";
  const message = (option: string): string => `${option} is composed by the test itself.`;
  return [
    ...words.flatMap((word, i) =>
      optionsOf([word]).flatMap(([name]) =>
        OWN_OPTIONS.includes(name) ? [warning(["words", i], message(name), remedy)] : [],
      ),
    ),
    ...matrix.flatMap((axis, i) =>
      Object.keys(axis).flatMap((name) =>
        OWN_OPTIONS.includes(name) ? [warning(["matrix", i, name], message(name), remedy)] : [],
      ),
    ),
  ];
}

/** A kernel that may be either is held to the stricter. */
function commandLineWarnings({
  words = [],
  matrix = [],
  source,
  length,
  nodename,
  boot,
}: BootTestDocument): readonly Finding[] {
  const parts = { words, source, length: length ?? null, nodename: nodename ?? newNodename() };
  const longest = Buffer.byteLength(composeCommandLine({ ...parts, options: longestOptions(matrix) }));
  const zircon = boot.method === "netboot" || boot.method === "checkout";
  const limit = zircon ? COMMAND_LINE.zircon : COMMAND_LINE.linux;
  const kernel = zircon ? "Zircon" : "Linux";
  if (longest <= limit) return [];
  return [
    warning(
      words.length > 0 || matrix.length === 0 ? ["words"] : ["matrix"],
      `The kernel's command line comes to ${longest} bytes; ${kernel} takes ${limit} at most.`,
      "Take fewer or shorter words: the end of what is longer is lost, or the machine does not even boot.",
    ),
  ];
}

/** The options of jitterentropy that do nothing, or not what they say, in some set of parameters. */
function jitterWarnings(document: BootTestDocument): readonly Finding[] {
  const set = new Set([
    ...optionsOf(document.words ?? []).map(([name]) => name),
    ...(document.matrix ?? []).flatMap((axis) => Object.keys(axis)),
  ]);
  const used = ["ml", "ll", "bs", "bc", "raw"].map((option) => JITTER + option).find((option) => set.has(option));
  if (used === undefined) return [];
  if (document.source !== "jitterentropy")
    return [
      warning(
        pathOf(document, used),
        `${used} has no effect on the source ${document.source}.`,
        "Test the source jitterentropy, or remove the option.",
      ),
    ];
  return [...["ml", "ll"].flatMap((o) => loopCountWarnings(document, JITTER + o)), ...memoryWarnings(document)];
}

/** What some options are set to, in every set of parameters that differs in one of them: other axes do not matter. */
function settings({ words = [], matrix = [] }: BootTestDocument, options: readonly string[]): readonly Setting[] {
  const common = optionsOf(words);
  const axes = matrix.filter((axis) => options.some((option) => Object.hasOwn(axis, option)));
  const sets = parameterSets(axes).map((set) => [...common, ...set.options]);
  const times = matrixSize(matrix) / sets.length;
  return sets.map((set) => ({ values: options.map((option) => optionValue(set, option)), times }));
}

interface Setting {
  /** In the order that the options were named; null where one is not set. */
  readonly values: readonly (string | null)[];
  /** In how many sets of parameters it stands. */
  readonly times: number;
}

/** The loop counts count in raw mode only. */
function loopCountWarnings(document: BootTestDocument, option: string): readonly Finding[] {
  const raw = JITTER + "raw";
  const set = settings(document, [option, raw]).filter(({ values: [count] }) => count !== null);
  const processed = set.filter(({ values }) => isFalse(values[1])).reduce((sum, { times }) => sum + times, 0);
  const remedy = `Set ${raw} to true where ${option} is to vary.`;
  const path = pathOf(document, option);
  if (processed > 0)
    return [
      warning(
        path,
        `${option} has no effect in ${processed} of ${matrixSize(document.matrix ?? [])} sets of parameters: ${raw} is false there.`,
        remedy,
      ),
    ];
  if (set.every(({ values }) => values[1] !== null)) return [];
  return [
    warning(
      path,
      `${option} may have no effect: ${raw} is not set, and its default differs between versions of Zircon.`,
      remedy,
    ),
  ];
}

function memoryWarnings(document: BootTestDocument): readonly Finding[] {
  const sizes = settings(document, [`${JITTER}bs`, `${JITTER}bc`]).map(
    ({ values: [size, count] }) => Number(size) * Number(count),
  );
  const greatest = sizes.filter((size) => size > JITTER_MEMORY).reduce((most, size) => Math.max(most, size), 0);
  if (greatest === 0) return [];
  return [
    warning(
      pathOf(document, `${JITTER}bc`),
      `bs times bc comes to ${greatest} bytes, but jitterentropy has ${JITTER_MEMORY} (JITTERENTROPY_MEM_SIZE).`,
      "Lower the block size or the block count.",
    ),
  ];
}

const isFalse = (value: string | null): boolean => value === "false" || value === "0" || value === "off";

/** Where an option is set: in the matrix, else in the words. */
function pathOf({ words = [], matrix = [] }: BootTestDocument, option: string): DocumentPath {
  const axis = matrix.findIndex((a) => Object.hasOwn(a, option));
  if (axis >= 0) return ["matrix", axis, option];
  return [
    "words",
    Math.max(
      0,
      words.findIndex((word) => optionsOf([word]).some(([name]) => name === option)),
    ),
  ];
}
