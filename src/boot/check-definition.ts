import { optionsOf } from "./command-line";
import type { BootTestAxis, BootTestDocument } from "./document";
import { axisLength, matrixSize, optionValue, parameterSets, type KernelOption } from "./matrix";
import { nameOf, type DefinitionProblem, type DocumentPath } from "./read-document";

/** A problem, and where it is in the document. */
export type Finding = Pick<DefinitionProblem, "severity" | "message" | "remedy"> & { readonly path: DocumentPath };

/** ENTROPY_COLLECTOR_TEST_MAXLEN where a build does not set it: 1 MiB. */
const DEFAULT_MAXLEN = 1024 * 1024;
/** Zircon's JITTERENTROPY_MEM_SIZE. */
const JITTER_MEMORY = 64 * 1024;
const MOST_BOOTS = 100_000;

const JITTER = "kernel.jitterentropy.";
/** What the test itself puts on the command line. */
const OWN_OPTIONS = ["kernel.entropy-test.src", "kernel.entropy-test.len", "zircon.nodename"];

/** What the JSON Schema cannot say: what contradicts, what is missing for a method, what has no effect. */
export function checkDefinition(document: BootTestDocument): readonly Finding[] {
  const matrix = (document.matrix ?? []).flatMap((axis, i) => [...checkAxis(axis, i), ...checkRepetition(axis, i)]);
  const errors = [...checkBoot(document), ...checkExport(document), ...matrix];
  const sized = matrix.length > 0 ? [] : checkSize(document);
  if (errors.length + sized.length > 0) return [...errors, ...sized];
  return [...lengthWarnings(document), ...ownOptionWarnings(document), ...jitterWarnings(document)];
}

const error = (path: DocumentPath, message: string, remedy: string): Finding => ({
  severity: "error",
  path,
  message,
  remedy,
});
const warning = (path: DocumentPath, message: string, remedy: string): Finding => ({
  severity: "warning",
  path,
  message,
  remedy,
});

function checkAxis(axis: BootTestAxis, i: number): readonly Finding[] {
  const length = axisLength(axis);
  return Object.entries(axis).flatMap(([option, values]) => {
    const path = ["matrix", i, option];
    if (!/^[^\s=]+$/.test(option))
      return [
        error(
          path,
          `${JSON.stringify(option)} is no option of a command line.`,
          "Name it as the kernel does, without = and blanks.",
        ),
      ];
    if (values.length === 0)
      return [error(path, `${option} has no values.`, "List the values that it is to take, or remove the axis.")];
    if (values.length !== length)
      return [
        error(
          path,
          `${option} has ${values.length} values, the axis ${length}.`,
          "Options of one axis vary together: list as many values for each, or give the option an axis of its own.",
        ),
      ];
    return values.flatMap((value, v) =>
      /^\S*$/.test(String(value))
        ? []
        : [
            error(
              [...path, v],
              `${nameOf([...path, v])} has blanks in it.`,
              "A value on the command line is one word.",
            ),
          ],
    );
  });
}

/** Two equal points could not be told apart in the folder of the runs. */
function checkRepetition(axis: BootTestAxis, i: number): readonly Finding[] {
  const points = parameterSets([axis]).map(({ options }) => JSON.stringify(options));
  if (new Set(points).size === points.length) return [];
  return [
    error(
      ["matrix", i],
      `The axis matrix[${i}] has the same values twice.`,
      "Raise iterations to boot with them more often.",
    ),
  ];
}

function checkSize({ matrix = [], iterations = 1 }: BootTestDocument): readonly Finding[] {
  const boots = matrixSize(matrix) * iterations;
  if (boots <= MOST_BOOTS) return [];
  return [
    error(
      ["matrix"],
      `This comes to ${boots} boots.`,
      `Keep it to ${MOST_BOOTS}: take fewer values or fewer iterations.`,
    ),
  ];
}

function checkBoot({ boot, nodename, tools }: BootTestDocument): readonly Finding[] {
  const needsNodename = boot.method === "netboot" || (boot.method === "checkout" && boot.target === "netboot");
  const findings: Finding[] = [];
  if (needsNodename && nodename === undefined)
    findings.push(
      error(
        ["boot"],
        "A device that boots over the network needs its name.",
        "Add nodename: the device's name, as netls lists it.",
      ),
    );
  if (boot.method === "netboot" && tools === undefined)
    findings.push(
      error(["boot"], "bootserver is not to be found.", "Add tools: the folder tools/ of the Zircon build."),
    );
  if (boot.method === "qemu" && (boot.kernel === undefined) === (boot.linux === undefined))
    findings.push(
      error(
        ["boot"],
        boot.kernel === undefined ? "QEMU has nothing to boot." : "QEMU cannot boot both kernel and linux.",
        "Name a kernel: of your own, or a linux: folder with Debian's kernel for Entropy Check's recorder.",
      ),
    );
  if (boot.method === "qemu" && boot.linux !== undefined && boot.initrd !== undefined)
    findings.push(
      error(
        ["boot", "initrd"],
        "The recorder brings its own initial RAM disk.",
        "Remove initrd, or name a kernel instead of linux.",
      ),
    );
  return findings;
}

function checkExport({ boot, export: wayOut, tools, length }: BootTestDocument): readonly Finding[] {
  if (wayOut === undefined) return [];
  const path = ["export"];
  if (boot.method === "checkout")
    return [error(path, "run-boot-test of the checkout exports by itself.", "Remove export.")];
  const { way } = wayOut;
  const ofQemu = way === "virtio-serial" || way === "disk" || way === "folder";
  if (ofQemu && boot.method !== "qemu")
    return [
      error(
        path,
        `Only QEMU has the way ${way}.`,
        "Choose netcp or scp, or leave export out where the command leaves the data.",
      ),
    ];
  if (way === "disk" && length === undefined)
    return [error(path, "A disk has to have a size.", "State the length of the test.")];
  if (way === "netcp" && tools === undefined)
    return [error(path, "netcp is not to be found.", "Add tools: the folder tools/ of the Zircon build.")];
  return [];
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

/** The options of jitterentropy that do nothing, or not what they say, in some set of parameters. */
function jitterWarnings(document: BootTestDocument): readonly Finding[] {
  const common = optionsOf(document.words ?? []);
  const sets = parameterSets(document.matrix ?? []).map(({ options }) => [...common, ...options]);
  const used = ["ml", "ll", "bs", "bc", "raw"].filter((o) => sets.some((set) => optionValue(set, JITTER + o) !== null));
  if (used.length === 0) return [];
  if (document.source !== "jitterentropy")
    return [
      warning(
        pathOf(document, JITTER + used[0]),
        `${JITTER}${used[0]} has no effect on the source ${document.source}.`,
        "Test the source jitterentropy, or remove the option.",
      ),
    ];
  return [
    ...["ml", "ll"].flatMap((o) => loopCountWarnings(document, sets, JITTER + o)),
    ...memoryWarnings(document, sets),
  ];
}

/** The loop counts count in raw mode only. */
function loopCountWarnings(
  document: BootTestDocument,
  sets: readonly (readonly KernelOption[])[],
  option: string,
): readonly Finding[] {
  const raw = JITTER + "raw";
  const set = sets.filter((options) => optionValue(options, option) !== null);
  const processed = set.filter((options) => isFalse(optionValue(options, raw))).length;
  const unsaid = set.filter((options) => optionValue(options, raw) === null).length;
  const remedy = `Set ${raw} to true where ${option} is to vary.`;
  const path = pathOf(document, option);
  if (processed > 0)
    return [
      warning(
        path,
        `${option} has no effect in ${processed} of ${sets.length} sets of parameters: ${raw} is false there.`,
        remedy,
      ),
    ];
  if (unsaid === 0) return [];
  return [
    warning(
      path,
      `${option} may have no effect: ${raw} is not set, and its default differs between versions of Zircon.`,
      remedy,
    ),
  ];
}

function memoryWarnings(document: BootTestDocument, sets: readonly (readonly KernelOption[])[]): readonly Finding[] {
  const sizes = sets.map(
    (options) => Number(optionValue(options, `${JITTER}bs`)) * Number(optionValue(options, `${JITTER}bc`)),
  );
  const greatest = Math.max(0, ...sizes.filter((size) => size > JITTER_MEMORY));
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
