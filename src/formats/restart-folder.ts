import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./sample-file";
import { restartsAmbiguous, restartsMissing, sampleFileUnreadable } from "./sample-errors";

/** The recordings of a folder with a file per restart. */
export interface RestartFolder {
  /** As many as are wanted, in the order of their numbers. */
  readonly files: readonly string[];
  /** Names of files that are no finished recording, or come after the last that is wanted. */
  readonly leftOut: readonly string[];
}

/** A name and one of the numbers in it. */
interface Numbered {
  readonly name: string;
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/**
 * Finds the recordings of restarts in a folder: the largest set of files whose names differ in one number only, as in
 * jent-raw-noise-restart-0001.data or entropy.000000000.bin, in the order of that number. Of boot-time tests with a
 * `.meta` file per finished run, the runs without one are left out.
 * @param wanted how many restarts
 * @throws UserError when there are fewer, with the names that are missing between the others
 */
export async function listRestarts(folder: string, wanted: number): Promise<RestartFolder> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw sampleFileUnreadable(folder, codeOf(error));
  });
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const metas = new Set(names.filter((name) => name.endsWith(".meta")));
  const series = largestSeries(names.filter((name) => !metas.has(name)));
  const twice = series.findIndex(({ digits }, i) => i > 0 && Number(digits) === Number(series[i - 1].digits));
  if (twice > 0) throw restartsAmbiguous(folder, [series[twice - 1].name, series[twice].name]);
  const isFinished = ({ name }: Numbered): boolean =>
    metas.size === 0 || !name.endsWith(".bin") || metas.has(name.replace(/bin$/, "meta"));
  const finished = series.filter(isFinished);
  if (finished.length < wanted) throw restartsMissing(folder, finished.length, wanted, gapsIn(finished));
  const leftOut = [...series.filter((one) => !isFinished(one)), ...finished.slice(wanted)];
  return {
    files: finished.slice(0, wanted).map(({ name }) => join(folder, name)),
    leftOut: leftOut.map(({ name }) => name),
  };
}

/** Most names that differ in one number only, in the order of that number. */
function largestSeries(names: readonly string[]): readonly Numbered[] {
  const series = new Map<string, Numbered[]>();
  for (const one of names.flatMap(numbersIn)) {
    const key = `${one.before}#${one.after}`;
    const members = series.get(key);
    if (members === undefined) series.set(key, [one]);
    else members.push(one);
  }
  const largest = [...series.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
  return largest.toSorted((a, b) => Number(a.digits) - Number(b.digits));
}

function numbersIn(name: string): readonly Numbered[] {
  return [...name.matchAll(/\d+/g)].map((match) => ({
    name,
    before: name.slice(0, match.index),
    digits: match[0],
    after: name.slice(match.index + match[0].length),
  }));
}

/** The names between the first and the last of a series that are not in it, at most as many as it has. */
function gapsIn(series: readonly Numbered[]): readonly string[] {
  return series.slice(1).flatMap(({ before, digits, after }, i) => {
    const last = Number(series[i].digits);
    const gap = Math.min(Number(digits) - last - 1, series.length);
    return Array.from(
      { length: gap },
      (_, g) => `${before}${String(last + 1 + g).padStart(series[i].digits.length, "0")}${after}`,
    );
  });
}
