// Runs everything that is tested, and ends in the line `N passed, N failed`.
// usage: npm test [-- [--oldest] [--openstack]]
//   --oldest: the extension host of the oldest VS Code that is supported, too
//   --openstack: a real OpenStack, too, beside the other steps
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../src/dev/dependencies.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = fileURLToPath(new URL("../out/", import.meta.url));
const LIMIT_MS = 60 * 60_000;
/** How much of a failure is told once more at the end. */
const FAILURE_LINES = 12;
/** Of a step's standard error, how much is kept for that. */
const KEPT_CHARACTERS = 10_000;

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
} else add("Dependencies", oneTest(false, "See above."));

console.log();
for (const { test, why } of failures) console.log(`FAILED ${test}\n${why.replace(/^/gm, "       ")}\n`);
for (const { title, passed, failed, skipped } of table)
  console.log(
    `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped  ${title}`,
  );
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function add(title, { failures: told, ...counts }) {
  table.push({ title, ...counts });
  for (const key of Object.keys(total)) total[key] += counts[key];
  for (const { test, why } of told)
    failures.push({ test: [title, ...test].join(" > "), why: why.split("\n", FAILURE_LINES).join("\n") });
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
      ended.push({ step, log, result: await start(step, log) });
    }
    return ended;
  })();
  return async () => {
    for (const { step, log, result } of await results) {
      announce(step);
      process.stdout.write(readFileSync(log));
      add(step.title, result);
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
  const file = output === "inherit" ? null : openSync(output, "w");
  const child = spawn("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: ["ignore", file ?? "inherit", file ?? "pipe"],
    env: { ...process.env, ...env, ENTROPY_CHECK_RESULTS: results },
    shell: process.platform === "win32",
    timeout: LIMIT_MS,
  });
  let complaints = "";
  child.stderr?.on("data", (bytes) => {
    process.stderr.write(bytes);
    complaints = (complaints + bytes).slice(-KEPT_CHARACTERS);
  });
  const [code, signal] = await once(child, "exit");
  // its last words may still be on their way, and who it left behind may hold that way open for ever
  await Promise.race([once(child, "close"), setTimeout(1000)]);
  child.stderr?.destroy();
  if (file !== null) closeSync(file);
  const passed = code === 0;
  const said = (file === null ? complaints : readFileSync(output, "utf8"))
    .trimEnd()
    .split("\n")
    .slice(1 - FAILURE_LINES);
  const end = [`It ended with ${signal ?? `exit code ${code}`}.`, ...said].join("\n");
  return suite ? suiteResult(passed, results, end) : oneTest(passed, end);
}

function fileNameOf({ title }) {
  return title.toLowerCase().replaceAll(/\W+/g, "-");
}

function oneTest(passed, end) {
  const counts = { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
  return { ...counts, failures: passed ? [] : [{ test: [], why: end }] };
}

/** A suite that could not start, or broke off, has failed. */
function suiteResult(passed, file, end) {
  const { running, ...told } = readResults(file);
  if (running === null && (passed ? told.passed : told.failed) > 0) return told;
  return { ...told, failed: told.failed + 1, failures: [...told.failures, { test: running ?? [], why: end }] };
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [], running: null };
  }
}
