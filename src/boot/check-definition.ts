import { warnOfDefinition, type Finding } from "./definition-warnings";
import type { BootTestAxis, BootTestDocument } from "./document";
import { axisLength, matrixSize, parameterSets } from "./matrix";
import { nameOf, type DocumentPath } from "./read-document";

/** Of a test. */
export const MOST_BOOTS = 100_000;

/** What the JSON Schema cannot say: what contradicts, what is missing for a method, what has no effect. */
export function checkDefinition(document: BootTestDocument): readonly Finding[] {
  const matrix = (document.matrix ?? []).flatMap((axis, i) => [...checkAxis(axis, i), ...checkRepetition(axis, i)]);
  const errors = [...checkBoot(document), ...checkExport(document), ...matrix];
  const sized = matrix.length > 0 ? [] : checkSize(document);
  if (errors.length + sized.length > 0) return [...errors, ...sized];
  return warnOfDefinition(document);
}

const error = (path: DocumentPath, message: string, remedy: string): Finding => ({
  severity: "error",
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

function checkBoot({ boot, nodename }: BootTestDocument): readonly Finding[] {
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

function checkExport({ boot, export: wayOut, length }: BootTestDocument): readonly Finding[] {
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
  return [];
}
