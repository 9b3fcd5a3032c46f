import type { BootTestAxis } from "./document";

/** An option of the kernel's command line, with its value. */
export type KernelOption = readonly [name: string, value: string];

/** One point of the matrix: what it puts on the kernel's command line, in order. */
export interface ParameterSet {
  readonly options: readonly KernelOption[];
}

/** How many points the matrix has; without axes, one. */
export function matrixSize(axes: readonly BootTestAxis[]): number {
  return axes.reduce((size, axis) => size * axisLength(axis), 1);
}

/** How many values an axis has: those of its first option. */
export function axisLength(axis: BootTestAxis): number {
  return Object.values(axis).at(0)?.length ?? 0;
}

/** Every point of the matrix; the last axis varies fastest, as in Zircon's test-basic-config. */
export function parameterSets(axes: readonly BootTestAxis[]): readonly ParameterSet[] {
  return axes.reduce<readonly ParameterSet[]>(
    (sets, axis) =>
      sets.flatMap(({ options }) =>
        Array.from({ length: axisLength(axis) }, (_, i) => ({ options: [...options, ...pointOf(axis, i)] })),
      ),
    [{ options: [] }],
  );
}

/** The options that together are the longest to write: axes vary apart from each other, so each has its longest point. */
export function longestOptions(axes: readonly BootTestAxis[]): readonly KernelOption[] {
  const bytes = (options: readonly KernelOption[]): number => Buffer.byteLength(options.flat().join(" "));
  return axes.flatMap((axis) =>
    parameterSets([axis])
      .map(({ options }) => options)
      .reduce((longest, options) => (bytes(options) > bytes(longest) ? options : longest)),
  );
}

function pointOf(axis: BootTestAxis, i: number): readonly KernelOption[] {
  return Object.entries(axis).map(([name, values]) => [name, String(values[i])]);
}

/** What an option is set to; the last time counts. null when it is not set. */
export function optionValue(options: readonly KernelOption[], name: string): string | null {
  return options.findLast(([key]) => key === name)?.[1] ?? null;
}
