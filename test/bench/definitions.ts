import { performance } from "node:perf_hooks";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { lintFile, type LintSettings } from "../../src/operations/lint-definitions";
import { LintThread } from "../../src/operations/lint-in-thread";

const LINES = 10_000;
const RUNS = 5;

const SETTINGS: LintSettings = { mappings: [], off: new Set() };
const never = new AbortController().signal;

/** A file of one kind, as long as a region's flavors and images come to at most. */
interface Sample {
  readonly title: string;
  readonly file: string;
  readonly text: string;
  /** What any linter of such a file would at least do. */
  readonly yardstick: { readonly title: string; readonly work: (text: string) => unknown };
}

const YAML = { title: "yaml's parseDocument", work: (text: string) => parseDocument(text, { version: "1.1" }) };
const SCAN = { title: "a scan for words", work: (text: string) => text.match(/\w+/g)?.length };

const filled = (head: string, entry: (i: number) => string): string => {
  const lines = head.split("\n").length - 1;
  const each = entry(0).split("\n").length - 1;
  return head + Array.from({ length: Math.floor((LINES - lines) / each) }, (_, i) => entry(i)).join("");
};

const SAMPLES: readonly Sample[] = [
  {
    title: "flavor-manager, one list",
    file: "/bench/flavors.yaml",
    text: filled(
      "---\nmandatory:\n",
      (i) =>
        `  - name: SCS-${i}V\n    cpus: ${i}\n    ram: 1024\n    disk: 0\n    scs:cpu-type: shared-core # ${i}\n` +
        `    scs:name-v1: SCS-${i}V:1\n    scs:name-v2: SCS-${i}V-1\n    hw_rng:allowed: "${i % 2 === 0 ? "True" : "true"}"\n`,
    ),
    yardstick: YAML,
  },
  {
    title: "Ansible, variables",
    file: "/bench/images.yml",
    text: filled(
      "---\n",
      (i) =>
        `openstack_image_${i}:\n  name: "image-${i}"\n  type: qcow2\n  image_url: "https://images.example/${i}"\n` +
        `  is_public: true\n  properties:\n    os_type: "linux" # ${i}\n    hw_rng_model: "virtio"\n\n`,
    ),
    yardstick: YAML,
  },
  {
    title: "Terraform, flavors",
    file: "/bench/flavors.tf",
    text: filled(
      'locals {\n  specs = {\n    "hw_rng:allowed" = "true"\n  }\n}\n',
      (i) =>
        `resource "openstack_compute_flavor_v2" "f${i}" {\n  name  = "f${i}"\n  ram   = "2048"\n  vcpus = "1"\n` +
        `  disk  = 80 # ${i}\n  is_public = false\n  extra_specs = local.specs\n}\n\n`,
    ),
    yardstick: SCAN,
  },
];

/** CPU milliseconds of what goes on until a promise is kept. */
async function cpuTimeOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Milliseconds that this thread's event loop was at work until a promise is kept. */
async function busyTimeOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.eventLoopUtilization();
  await work();
  return performance.eventLoopUtilization(before).active;
}

async function least(times: () => Promise<number>): Promise<number> {
  let result = Infinity;
  for (let run = 0; run < RUNS; run++) result = Math.min(result, await times());
  return result;
}

/**
 * Times the linter on files of 10,000 lines against what any linter of them would have to do, and how long the thread
 * that asks for it in the editor is kept from its work.
 */
export async function benchDefinitions(): Promise<void> {
  // bundled beside the benchmark
  const thread = new LintThread(join(dirname(process.argv[1]), "lint-thread.cjs"));
  console.log(
    `\ndefinitions, ${LINES.toLocaleString("en")} lines${" ".repeat(12)}CPU  x yardstick   asking thread busy`,
  );
  for (const { title, file, text, yardstick } of SAMPLES) {
    const texts = { read: () => Promise.resolve(text), list: () => Promise.resolve([file.slice("/bench/".length)]) };
    const unit = await least(() => cpuTimeOf(() => Promise.resolve(yardstick.work(text))));
    const lint = await least(() => cpuTimeOf(() => lintFile(file, texts, SETTINGS, never)));
    const open = new Map([[file, text]]);
    const busy = await least(() => busyTimeOf(() => thread.lint({ file, open, settings: SETTINGS }, never)));
    console.log(`${yardstick.title.padEnd(28)}${unit.toFixed(1).padStart(8)} ms${"1.00".padStart(11)}`);
    console.log(
      `${title.padEnd(28)}${lint.toFixed(1).padStart(8)} ms${(lint / unit).toFixed(2).padStart(11)}${busy.toFixed(1).padStart(16)} ms`,
    );
  }
  await thread.dispose();
}
