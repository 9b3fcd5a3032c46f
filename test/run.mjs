// Runs everything that is tested, and ends in the line `N passed, N failed`.
// usage: npm test [-- [--oldest] [--openstack]]
//   --oldest: the extension host of the oldest VS Code that is supported, too
//   --openstack: a real OpenStack, too, beside the other steps
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../src/dev/dependencies.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = fileURLToPath(new URL("../out/", import.meta.url));
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

const total = { passed: 0, failed: 0, skipped: 0 };
const table = [];
mkdirSync(out, { recursive: true });
if (installDependencies()) {
  // it mostly waits, for packages and for services: what it prints is shown when the other steps have ended
  const openStack = process.argv.includes("--openstack") ? startOpenStack() : null;
  for (const step of steps) add(step.title, run(step));
  if (openStack !== null) add("Against a real OpenStack", await openStack);
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
  const counts = countsOf("step");
  const { status } = spawnSync("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, ENTROPY_CHECK_COUNTS: counts },
    shell: process.platform === "win32",
    timeout: LIMIT_MS,
  });
  if (!suite) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  return suiteResult(status, counts);
}

async function startOpenStack() {
  const counts = countsOf("openstack");
  const log = `${out}openstack.log`;
  const file = openSync(log, "w");
  const child = spawn("npm", ["run", "--silent", "test:openstack"], {
    cwd: root,
    stdio: ["ignore", file, file],
    env: { ...process.env, ENTROPY_CHECK_COUNTS: counts },
    timeout: LIMIT_MS,
  });
  closeSync(file);
  const [status] = await once(child, "exit");
  console.log("\n== Against a real OpenStack (npm run test:openstack)");
  console.log(readFileSync(log, "utf8"));
  return suiteResult(status, counts);
}

/** The file in which a suite tells its counts. */
function countsOf(name) {
  const file = `${out}counts-${name}.json`;
  rmSync(file, { force: true });
  return file;
}

/** A suite that could not start, or broke off after its last test, has failed. */
function suiteResult(status, counts) {
  const told = readCounts(counts);
  return status === 0 && told.passed + told.failed > 0 ? told : { ...told, failed: Math.max(told.failed, 1) };
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
