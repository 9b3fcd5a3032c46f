// What `npm start` runs on a fresh clone: installs the dependencies, then hands over to open.ts, which needs them.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

if (!installDependencies()) process.exit(1);
const open = spawn(process.execPath, ["--import", "tsx", "src/dev/open.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
// Ctrl+C reaches both of us: the other one ends VS Code first
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => signal === "SIGINT" || open.kill(signal));
open.once("exit", (code) => process.exit(code ?? 1));
