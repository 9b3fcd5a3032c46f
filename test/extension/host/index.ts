import { readdirSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";

/** Begins every line of ours; invisible in a terminal. */
const RESET = "\u001b[0m";

/** What VS Code calls in the extension host: runs the suites that are bundled beside this file. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: readonly unknown[]) => console.log(RESET + format(...args));
  const mocha = new Mocha({ reporter: join(__dirname, "../../test/reporter.cjs"), timeout: 60_000, color: true });
  for (const file of readdirSync(__dirname)) if (file.endsWith(".test.js")) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
