import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { codeOf } from "../formats/sample-file";
import { checkDefinition } from "./check-definition";
import { definitionInvalid, definitionUnreadable } from "./errors";
import type { BootMethod, BootTestDocument, WayOut } from "./document";
import { parameterSets, type ParameterSet } from "./matrix";
import { locate, readDocument, type DefinitionProblem } from "./read-document";

/** Of a boot, in seconds. */
const DEFAULT_TIMEOUT = 300;
const DEFAULT_BITS = 8;

/** A boot-test file, with its paths made absolute and what it leaves out filled in. */
export interface BootTestDefinition {
  readonly file: string;
  /** The file's name without its suffix. */
  readonly name: string;
  /** Where the runs are kept. */
  readonly folder: string;
  readonly arch: BootTestDocument["arch"];
  readonly source: string;
  /** Bytes; null leaves them to the kernel. */
  readonly length: number | null;
  /** Per sample. */
  readonly bits: number;
  readonly iterations: number;
  readonly words: readonly string[];
  readonly sets: readonly ParameterSet[];
  /** Of a boot, in seconds. */
  readonly timeout: number;
  readonly buildid: string | null;
  readonly nodename: string | null;
  readonly boot: BootMethod;
  /** null where the method itself leaves the data. */
  readonly wayOut: WayOut | null;
}

/** What reading a boot-test file came to: no definition if any problem is an error. */
export interface DefinitionRead {
  readonly definition: BootTestDefinition | null;
  /** In the order of their places. */
  readonly problems: readonly DefinitionProblem[];
}

/** Reads a boot-test file, with every problem that it has and the place of each. */
export function readDefinition(file: string, text: string): DefinitionRead {
  const { document, problems } = readChecked(text);
  return { definition: document === null ? null : complete(file, document), problems };
}

/** Every problem that a boot-test file has, in the order of their places; the definition itself is not made. */
export function problemsOfDefinition(text: string): readonly DefinitionProblem[] {
  return readChecked(text).problems;
}

/** @returns no document if any problem is an error */
function readChecked(text: string): Pick<DefinitionRead, "problems"> & { readonly document: BootTestDocument | null } {
  const { document, yaml, problems } = readDocument(text);
  if (document === null) return { document, problems };
  const found = checkDefinition(document)
    .map(({ severity, path, message, remedy }) => ({ severity, ...locate(yaml, path), message, remedy }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return { document: found.some(({ severity }) => severity === "error") ? null : document, problems: found };
}

/**
 * Reads a boot-test file from the disk.
 * @returns the definition, and the warnings of it
 * @throws UserError when it cannot be read, or of its first error
 */
export async function readDefinitionFile(
  path: string,
): Promise<{ readonly definition: BootTestDefinition; readonly warnings: readonly DefinitionProblem[] }> {
  const file = resolve(path);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw definitionUnreadable(path, codeOf(error));
  });
  const { definition, problems } = readDefinition(file, text);
  if (definition === null)
    throw definitionInvalid(path, problems.find(({ severity }) => severity === "error") ?? problems[0]);
  return { definition, warnings: problems };
}

function complete(file: string, document: BootTestDocument): BootTestDefinition {
  const base = dirname(file);
  const name = basename(file).replace(/\.boot-test\.ya?ml$|\.ya?ml$/, "");
  const within = (path: string): string => resolve(base, path);
  return {
    file,
    name,
    folder: document.folder === undefined ? join(base, name) : within(document.folder),
    arch: document.arch,
    source: document.source,
    length: document.length ?? null,
    bits: document.bits ?? DEFAULT_BITS,
    iterations: document.iterations ?? 1,
    words: document.words ?? [],
    sets: parameterSets(document.matrix ?? []),
    timeout: document.timeout ?? DEFAULT_TIMEOUT,
    buildid: document.buildid ?? null,
    nodename: document.nodename ?? null,
    boot: absoluteBoot(document.boot, within),
    wayOut: absoluteWay(document.export ?? defaultWay(document.boot), within),
  };
}

type Within = (path: string) => string;

function absoluteBoot(boot: BootMethod, within: Within): BootMethod {
  switch (boot.method) {
    case "qemu":
      return {
        ...boot,
        ...(boot.kernel === undefined ? {} : { kernel: within(boot.kernel) }),
        ...(boot.initrd === undefined ? {} : { initrd: within(boot.initrd) }),
        ...(boot.linux === undefined ? {} : { linux: within(boot.linux) }),
        ...(boot.program === undefined ? {} : { program: programWithin(boot.program, within) }),
      };
    case "netboot":
      return {
        ...boot,
        tools: within(boot.tools),
        kernel: within(boot.kernel),
        ...(boot.ramdisk === undefined ? {} : { ramdisk: within(boot.ramdisk) }),
      };
    case "command":
      return { ...boot, command: boot.command.map((word, i) => (i === 0 ? programWithin(word, within) : word)) };
    case "checkout":
      return {
        ...boot,
        checkout: within(boot.checkout),
        ...(boot.build === undefined ? {} : { build: within(boot.build) }),
      };
  }
}

/** A bare name is looked for in PATH. */
function programWithin(program: string, within: Within): string {
  return /[\\/]/.test(program) ? within(program) : program;
}

function absoluteWay(way: WayOut | null, within: Within): WayOut | null {
  if (way?.way === "netcp") return { ...way, tools: within(way.tools) };
  if (way?.way !== "scp") return way;
  return {
    ...way,
    ...(way.identity === undefined ? {} : { identity: within(way.identity) }),
    ...(way.knownHosts === undefined ? {} : { knownHosts: within(way.knownHosts) }),
  };
}

function defaultWay(boot: BootMethod): WayOut | null {
  switch (boot.method) {
    case "qemu":
      return { way: "virtio-serial" };
    case "netboot":
      return { way: "netcp", tools: boot.tools };
    case "command":
    case "checkout":
      return null;
  }
}
