/** Boots in a folder of their own, and programs of a few lines for them to run. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readDefinition, type BootTestDefinition } from "../../src/boot/definition";
import { runFiles, type RunFiles } from "../../src/boot/run-folder";
import { openBootSession } from "../../src/boot/session";
import { until } from "../until";

/** Nobody aborts. */
export const never = new AbortController().signal;

/** A folder that lasts for a test. */
export function bootFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "entropy-check-boot-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes a shell script. @returns its path */
export function script(path: string, body: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A definition in `folder`, whose runs go to `folder/runs`. */
export function define(folder: string, yaml: string): BootTestDefinition {
  const { definition, problems } = readDefinition(join(folder, "runs.boot-test.yaml"), yaml);
  assert.ok(definition !== null, JSON.stringify(problems));
  mkdirSync(definition.folder, { recursive: true });
  return definition;
}

/** Boots once. @returns the run's files, and what is in them */
export async function bootOnceFor(
  definition: BootTestDefinition,
  { number = 0, signal = never, set = 0 }: { number?: number; signal?: AbortSignal; set?: number } = {},
): Promise<{ readonly run: RunFiles; readonly data: string; readonly log: string; readonly meta: string }> {
  const session = await openBootSession(definition, signal, 20);
  try {
    const run = await session.boot(definition.sets[set], number, () => undefined, signal);
    return { run, data: content(run.bin), log: content(run.log), meta: content(run.meta) };
  } finally {
    await session.close();
  }
}

/** A file's text; empty when it is not there. */
export function content(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** What a run that failed has left. */
export function leftovers(definition: BootTestDefinition, number = 0): { bin: string; log: string; meta: string } {
  const { bin, log, meta } = runFiles(definition.folder, number);
  return { bin: content(bin), log: content(log), meta: content(meta) };
}

/** Waits until a process has ended; where nobody buries the dead, one may stay as a zombie. */
export async function gone(pid: number): Promise<void> {
  assert.ok(pid > 1);
  await until(`process ${pid} has ended`, () => !isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^\d+ \(.*\) Z/s.test(content(`/proc/${pid}/stat`));
}
