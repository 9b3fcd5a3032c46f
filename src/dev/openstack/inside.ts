/**
 * What main.ts runs in the namespaces: the cloud, and the tests against it.
 * usage: inside.ts DRIVER [--stay] [--record | MOCHA OPTION...]
 */
import { spawn } from "node:child_process";
import { main } from "../main";
import { root as repository } from "../paths";
import type { ComputeDriver } from "./driver";
import { Machine } from "./machine";
import { rootFolder } from "./root";
import { startCloud } from "./services";

const MOCHA =
  "node_modules/mocha/bin/mocha.js --no-package --require tsx --reporter test/reporter.cjs --timeout 900000";

const TESTS: Readonly<Record<ComputeDriver, string>> = {
  fake: "test/real-openstack/*.test.ts",
  libvirt: "test/real-openstack/servers/*.test.ts",
};

main(async () => {
  const [named, ...rest] = process.argv.slice(2);
  const driver: ComputeDriver = named === "libvirt" ? named : "fake";
  const options = rest.filter((option) => option !== "--stay");
  await startCloud(await Machine.boot(rootFolder(driver)), driver);
  const code = options.includes("--record")
    ? await node(["--import", "tsx", "test/real-openstack/record.ts"])
    : await node([...MOCHA.split(" "), ...options, TESTS[driver]]);
  if (rest.includes("--stay")) {
    console.log("The cloud stays up until Ctrl+C.");
    await new Promise(() => setInterval(() => undefined, 2 ** 30));
  }
  // the services are children of ours, and would keep us
  process.exit(code);
});

function node(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: repository, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("exit", (code) => resolve(code ?? 1));
  });
}
