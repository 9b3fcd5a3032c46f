import { randomBytes } from "node:crypto";
import { parseKernelCommandLine } from "../formats/meta";
import type { KernelOption } from "./matrix";

/** What a boot's command line is made of. */
export interface CommandLineParts {
  /** Each one word or several. */
  readonly words: readonly string[];
  readonly options: readonly KernelOption[];
  readonly source: string;
  /** Bytes; null leaves them to the kernel. */
  readonly length: number | null;
  readonly nodename: string;
}

const NODENAME = /(?:^|\s)zircon\.nodename=\S*/g;

/** The kernel's command line as Zircon's run-boot-test composes it: each word has a blank behind it, the last one too. */
export function composeCommandLine({ words, options, source, length, nodename }: CommandLineParts): string {
  return [
    ...words,
    ...options.map(([name, value]) => `${name}=${value}`),
    `kernel.entropy-test.src=${source}`,
    ...(length === null ? [] : [`kernel.entropy-test.len=${length}`]),
    `zircon.nodename=${nodename}`,
  ]
    .map((word) => `${word} `)
    .join("");
}

/** A name for a system that nobody else's boots have, as run-boot-test makes it. */
export function newNodename(): string {
  return `entropy-test-${randomBytes(16).toString("hex")}`;
}

/** What two boots have in common that ran the same test: the command line but for the node's name, blanks made even. */
export function testOf(commandLine: string): string {
  return commandLine.replace(NODENAME, " ").split(/\s+/).filter(Boolean).join(" ");
}

/** The options of some words, in order. */
export function optionsOf(words: readonly string[]): readonly KernelOption[] {
  return [...parseKernelCommandLine(words.join(" "))];
}
