/**
 * What main.ts runs in the namespaces: the cloud, and the tests against it.
 * usage: inside.ts ROOT [--stay] [--record | MOCHA OPTION...]
 */
import { spawn } from "node:child_process";
import { main } from "../main";
import { root as repository } from "../paths";
import { Machine } from "./machine";
import { startCloud } from "./services";

const MOCHA =
  "node_modules/mocha/bin/mocha.js --no-package --require tsx --reporter test/reporter.cjs --timeout 900000";

main(async () => {
  const [root, ...rest] = process.argv.slice(2);
  const options = rest.filter((option) => option !== "--stay");
  await startCloud(await Machine.boot(root));
  const code = options.includes("--record")
    ? await node(["--import", "tsx", "test/real-openstack/record.ts"])
    : await node([...MOCHA.split(" "), ...options, "test/real-openstack/*.test.ts"]);
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
