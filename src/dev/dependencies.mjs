// Needs nothing that is not in Node, since it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Installs the locked dependencies unless they are there; false when that failed. No package's install script is needed. */
export function installDependencies() {
  const installed = statSync(join(root, "node_modules/.package-lock.json"), { throwIfNoEntry: false });
  const locked = statSync(join(root, "package-lock.json"));
  if (installed !== undefined && installed.mtimeMs >= locked.mtimeMs) return true;
  console.log("Installing the locked dependencies (npm ci --ignore-scripts) ...");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) console.error("npm ci did not succeed; without the dependencies nothing else can run.");
  return status === 0;
}
