import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Far more than it takes; nothing else could end a wait that lets nothing else run. */
const LIMIT_MS = 120_000;

let folder: string | null = null;

/** The folder of all that the product bundles: made when it is first asked for, once a process. */
export function bundles(): string {
  if (folder !== null) return folder;
  const made = mkdtempSync(join(tmpdir(), "entropy-check-bundles-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  execFileSync(process.execPath, ["src/dev/build.mjs", "--outdir", made], {
    stdio: ["ignore", "ignore", "pipe"],
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  return (folder = made);
}
