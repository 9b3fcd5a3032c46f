/**
 * Brings up a real OpenStack of Debian's packages, runs test/real-openstack against it, and takes it down, however it ends.
 * usage: npm run test:openstack [-- [--stay] [--record | [--servers] MOCHA OPTION...]]
 *   --servers with servers that are machines, emulated by QEMU, and the tests of those
 *   --stay    leaves it up afterwards, until Ctrl+C
 *   --record  instead of the tests: records the answers that the everyday tests replay
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { main } from "../main";
import { root as repository } from "../paths";
import { inNamespaces } from "./namespaces";
import { phase } from "./phase";
import { requireRecorderLinux } from "../recorder-linux";
import type { ComputeDriver } from "./driver";
import { makeRoot } from "./root";

main(async () => {
  if (process.getuid?.() !== 0)
    throw new Error("A test cloud needs root: it has namespaces and a root file system of its own.");
  const options = process.argv.slice(2).filter((option) => option !== "--servers");
  const driver: ComputeDriver = process.argv.includes("--servers") ? "libvirt" : "fake";
  if (driver === "libvirt" && options.includes("--record"))
    throw new Error("--record records the answers of a cloud whose servers are no machines: leave --servers out.");
  await phase("Root file system with Debian's packages", () => makeRoot(driver));
  if (driver === "libvirt") await phase("Debian's kernel for the servers", () => requireRecorderLinux());
  const inside = [process.execPath, "--import", "tsx", join(import.meta.dirname, "inside.ts"), driver, ...options];
  const [command, args] = inNamespaces(inside, { network: true });
  const child = spawn(command, args, { cwd: repository, stdio: "inherit" });
  if (options.includes("--stay")) console.log(`To be in the cloud's network: nsenter --net --target ${child.pid ?? 0}`);
  // with it everything in the namespaces ends
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => child.kill("SIGKILL"));
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject).once("exit", (code) => resolve(code ?? 130));
  });
});
