// Times each task of the non-IID track, and the linter of definitions, against a reference workload in the same run.
// usage: npm run bench [-- DATASET ... | definitions]
// With BENCH_NIST set to the folder of NIST's ea_non_iid, or BENCH_THESEUS to that of Theseus' non-iid-main, that tool is
// timed on the same data beside our own, each as a whole process.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/dev/main";
import { estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { alphabetSize } from "../../src/sp800-90b/sequence";
import { DATASETS, type DatasetName } from "../datasets";
import { benchDefinitions } from "./definitions";
import { bestOf, cpuTime, referenceWorkload } from "./reference";

const RUNS = 3;
const DEFINITIONS = "definitions";

const isName = (name: string): name is DatasetName => name in DATASETS;

function row(label: string, milliseconds: number, unit: number): string {
  return `${label.padEnd(28)}${milliseconds.toFixed(0).padStart(8)} ms${(milliseconds / unit).toFixed(2).padStart(9)}`;
}

function bench(name: DatasetName, unit: number): void {
  const { bits, make } = DATASETS[name];
  const samples = make();
  console.log(
    `\n${name}: ${samples.length.toLocaleString("en")} samples of ${bits} bits${" ".repeat(6)}CPU  x reference`,
  );
  let total = 0;
  for (const task of estimationTasks(alphabetSize(samples), bits)) {
    const time = bestOf(RUNS, () => estimate(samples, bits, task, () => undefined));
    total += time;
    console.log(row(`${task.scope} ${task.group}`, time, unit));
  }
  console.log(row("all", total, unit));
  for (const { title, time } of timePrograms(programs(bits), samples)) console.log(row(title, time, unit));
}

interface Program {
  readonly title: string;
  readonly command: string;
  /** What stands before the samples' file, and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Ours and the others that are there; none when there is nothing to compare with. */
function programs(bits: number): readonly Program[] {
  const nist = process.env["BENCH_NIST"];
  const theseus = process.env["BENCH_THESEUS"];
  const others: Program[] = [];
  if (nist !== undefined)
    others.push({
      title: "NIST ea_non_iid",
      command: join(nist, "ea_non_iid"),
      before: ["-i", "-a"],
      after: [String(bits)],
    });
  if (theseus !== undefined)
    others.push({
      title: "Theseus non-iid-main",
      command: join(theseus, "non-iid-main"),
      before: ["-i"],
      after: [],
    });
  const ours = ["dist/cli.js", "samples", "--bits", String(bits), "--json", "-"];
  return others.length === 0
    ? []
    : [{ title: "entropy-check samples", command: process.execPath, before: ours, after: [] }, ...others];
}

/** The least of a few runs, a run of each in turn, so that a busy moment of the machine meets them all. */
function timePrograms(
  list: readonly Program[],
  samples: Uint8Array,
): readonly { readonly title: string; readonly time: number }[] {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-bench-"));
  try {
    const file = join(folder, "samples.bin");
    writeFileSync(file, samples);
    const runs = Array.from({ length: RUNS }, () => list.map((program) => processTime(program, file)));
    return list.map(({ title }, p) => ({ title, time: Math.min(...runs.map((times) => times[p])) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** User and system CPU milliseconds of all threads, as the shell counts its children's. */
function processTime({ command, before, after }: Program, file: string): number {
  const script = `"$0" "$@" >/dev/null && times`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script, command, ...before, file, ...after], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  const children = stdout.trim().split("\n").at(-1) ?? "";
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60_000 * Number(m) + 1000 * Number(s),
    0,
  );
}

/** All of it, unless something is named. Returns the exit code. */
async function benchAll(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !isName(name) && name !== DEFINITIONS);
  if (unknown !== undefined) {
    console.error(`There is no ${unknown}. There are: ${[...Object.keys(DATASETS), DEFINITIONS].join(", ")}`);
    return 2;
  }
  cpuTime(referenceWorkload);
  const unit = bestOf(5, referenceWorkload);
  console.log(row("reference workload", unit, unit));
  for (const name of names.length > 0 ? names.filter(isName) : (["uniform-8", "uniform-1", "jitter-8"] as const))
    bench(name, unit);
  if (names.length === 0 || names.includes(DEFINITIONS)) await benchDefinitions();
  return 0;
}

main(() => benchAll(process.argv.slice(2)));
