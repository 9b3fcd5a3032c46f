// Runs everything that is tested, and ends in the line `N passed, N failed`.
// usage: npm test [-- [--oldest] [--openstack]]
//   --oldest: the extension host of the oldest VS Code that is supported, too
//   --openstack: a real OpenStack, too, beside the other steps
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../src/dev/dependencies.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = fileURLToPath(new URL("../out/", import.meta.url));
const LIMIT_MS = 40 * 60_000;
/** How much of a failure is told once more at the end. */
const FAILURE_LINES = 12;

/** Each a script of package.json; a suite tells its results (test/reporter.cjs), anything else counts as one test. */
const BUILD = { title: "Build", script: "build" };
const BESIDE_UNIT = [
  { title: "Types", script: "check:types" },
  { title: "Lint", script: "check:lint" },
  { title: "Format", script: "check:format" },
  { title: "VS Code from npm", script: "vscode" },
];
const UNIT = { title: "Unit, golden, property and server tests", script: "test:unit", suite: true };
const IN_VSCODE = [
  { title: "In the extension host", script: "test:host", suite: true },
  { title: "In the workbench", script: "test:workbench", suite: true },
];
if (process.argv.includes("--oldest")) {
  const env = { ENTROPY_CHECK_VSCODE: "oldest" };
  BESIDE_UNIT.push({ title: "The oldest VS Code supported, from npm", script: "vscode", env });
  IN_VSCODE.push({
    title: "In the extension host of the oldest VS Code supported",
    script: "test:host",
    suite: true,
    env,
  });
}
const OPENSTACK = { title: "Against a real OpenStack", script: "test:openstack", suite: true };

const total = { passed: 0, failed: 0, skipped: 0 };
const table = [];
const failures = [];
mkdirSync(out, { recursive: true });
if (installDependencies()) {
  // it mostly waits, for packages and for services
  const openStack = process.argv.includes("--openstack") ? beside([OPENSTACK]) : null;
  await run(BUILD);
  // the unit tests mostly need one core
  const others = beside(BESIDE_UNIT);
  await run(UNIT);
  await others();
  for (const step of IN_VSCODE) await run(step);
  await openStack?.();
} else add("Dependencies", oneTest(false));

console.log();
for (const { test, why } of failures) console.log(`FAILED ${test}\n${why.replace(/^/gm, "       ")}\n`);
for (const { title, passed, failed, skipped } of table)
  console.log(
    `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped  ${title}`,
  );
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param printed by a step whose output nobody has seen yet */
function add(title, { failures: told = [], ...counts }, printed = "") {
  table.push({ title, ...counts });
  for (const key of Object.keys(total)) total[key] += counts[key];
  for (const { test, why } of told)
    failures.push({ test: `${title} > ${test}`, why: why.split("\n", FAILURE_LINES).join("\n") });
  if (counts.failed > told.length)
    failures.push({ test: title, why: printed.trimEnd().split("\n").slice(-FAILURE_LINES).join("\n") });
}

function oneTest(passed) {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

async function run(step) {
  announce(step);
  add(step.title, await start(step, "inherit"));
}

/** Starts steps beside the others, one after the other. @returns waits for them, and shows what they printed */
function beside(steps) {
  const results = (async () => {
    const ended = [];
    for (const step of steps) {
      const log = `${out}${fileNameOf(step)}.log`;
      const file = openSync(log, "w");
      ended.push({ step, log, result: await start(step, file) });
      closeSync(file);
    }
    return ended;
  })();
  return async () => {
    for (const { step, log, result } of await results) {
      announce(step);
      const printed = readFileSync(log, "utf8");
      process.stdout.write(printed);
      add(step.title, result, printed);
    }
  };
}

function announce({ title, script }) {
  console.log(`\n== ${title} (npm run ${script})`);
}

/** @param output where it goes: a file, or "inherit" */
async function start(step, output) {
  const { script, suite = false, env = {} } = step;
  const results = `${out}${fileNameOf(step)}.json`;
  rmSync(results, { force: true });
  const child = spawn("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: ["ignore", output, output],
    env: { ...process.env, ...env, ENTROPY_CHECK_RESULTS: results },
    shell: process.platform === "win32",
    timeout: LIMIT_MS,
  });
  const [status] = await once(child, "exit");
  return suite ? suiteResult(status, results) : oneTest(status === 0);
}

function fileNameOf({ title }) {
  return title.toLowerCase().replaceAll(/\W+/g, "-");
}

/** A suite that could not start, or broke off after its last test, has failed. */
function suiteResult(status, file) {
  const told = readResults(file);
  return status === 0 && told.passed + told.failed > 0 ? told : { ...told, failed: Math.max(told.failed, 1) };
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
