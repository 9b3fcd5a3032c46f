// Runs everything that is tested, and ends in the line `N passed, N failed`.
// usage: npm test [-- [--oldest] [--openstack]]
//   --oldest: the extension host of the oldest VS Code that is supported, too
//   --openstack: a real OpenStack, too, which is installed first
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../src/dev/dependencies.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const counts = fileURLToPath(new URL("../out/counts.json", import.meta.url));
const LIMIT_MS = 40 * 60_000;

/** Each a script of package.json; a suite tells its counts (test/reporter.cjs), anything else counts as one test. */
const steps = [
  { title: "Build", script: "build" },
  { title: "Types", script: "check:types" },
  { title: "Lint", script: "check:lint" },
  { title: "Format", script: "check:format" },
  { title: "Unit, golden, property and server tests", script: "test:unit", suite: true },
  { title: "In the extension host", script: "test:host", suite: true },
  { title: "In the workbench", script: "test:workbench", suite: true },
];
if (process.argv.includes("--oldest"))
  steps.push({
    title: "In the extension host of the oldest VS Code supported",
    script: "test:host",
    suite: true,
    env: { ENTROPY_CHECK_VSCODE: "oldest" },
  });
const openStack = process.argv.includes("--openstack");
if (openStack) steps.push({ title: "Against a real OpenStack", script: "test:openstack", suite: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const table = [];
if (installDependencies()) {
  // it takes minutes, mostly of others' machines; what goes wrong is told when its step does it again
  const installed = openStack
    ? once(spawn("npm", ["run", "test:openstack", "--", "--install"], { cwd: root, stdio: "ignore" }), "exit")
    : null;
  for (const step of steps) {
    if (step.script === "test:openstack") await installed;
    add(step.title, run(step));
  }
} else add("Dependencies", { passed: 0, failed: 1, skipped: 0 });

console.log();
for (const { title, passed, failed, skipped } of table)
  console.log(
    `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped  ${title}`,
  );
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function add(title, result) {
  table.push({ title, ...result });
  for (const key of Object.keys(total)) total[key] += result[key];
}

function run({ title, script, suite = false, env = {} }) {
  console.log(`\n== ${title} (npm run ${script})`);
  mkdirSync(new URL("../out", import.meta.url), { recursive: true });
  rmSync(counts, { force: true });
  const { status } = spawnSync("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, ENTROPY_CHECK_COUNTS: counts },
    shell: process.platform === "win32",
    timeout: LIMIT_MS,
  });
  if (!suite) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const told = readCounts();
  const ran = told.passed + told.failed > 0;
  // a suite that could not start, or broke off after its last test, has failed
  return status === 0 && ran ? told : { ...told, failed: Math.max(told.failed, 1) };
}

function readCounts() {
  try {
    return JSON.parse(readFileSync(counts, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
