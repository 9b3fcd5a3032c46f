#!/usr/bin/env -S node --import tsx
/**
 * Stands in for the desktop VS Code's executable where there is none: takes the arguments with which
 * `@vscode/test-electron` runs tests, runs them in the extension host of the VS Code server from npm, with a headless
 * browser as the window, and ends with the tests' exit code.
 * usage: vscode-shim.ts FOLDER --extensionDevelopmentPath=PATH --extensionTestsPath=PATH
 * ENTROPY_CHECK_VSCODE=oldest takes the oldest VS Code that the extension supports.
 */
import { parseArgs } from "node:util";
import { launchBrowser } from "./browser";
import { main } from "./main";
import { chosenRelease, provisionVscode } from "./provision-vscode";
import { startVscodeServer, type VscodeServer } from "./vscode-server";

main(async () => {
  const { values, positionals } = parseArgs({
    options: { extensionDevelopmentPath: { type: "string" }, extensionTestsPath: { type: "string" } },
    strict: false,
  });
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  const folder = positionals.at(0);
  if (typeof extension !== "string" || typeof tests !== "string" || folder === undefined)
    throw new Error("A folder, --extensionDevelopmentPath and --extensionTestsPath are needed.");

  const installation = await provisionVscode(chosenRelease());
  console.log(`Tests in the extension host of VS Code ${installation.vscode}, from npm`);
  const server = await startVscodeServer(installation, { smokeTestDriver: true });
  try {
    return await runTests(server, folder, extension, tests);
  } finally {
    await server.stop();
  }
});

async function runTests(server: VscodeServer, folder: string, extension: string, tests: string): Promise<number> {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const output = new TestOutput();
    const ended = new Promise<number>((resolve, reject) => {
      // what VS Code's web workbench calls with every line of its log, the tests' output included, and with their end
      page
        .exposeFunction("codeAutomationLog", (_: string, args: unknown[]) => output.add(args.join(" ")))
        .catch(reject);
      page.exposeFunction("codeAutomationExit", (code: number) => resolve(code)).catch(reject);
      setTimeout(() => reject(new Error("The tests did not end within ten minutes.")), 600_000).unref();
      page.once("crash", () => reject(new Error("The browser's page crashed.")));
    });
    const address = server.address(folder);
    address.searchParams.set(
      "payload",
      JSON.stringify([
        ["extensionDevelopmentPath", remote(extension)],
        ["extensionTestsPath", remote(tests.endsWith(".js") ? tests : `${tests}.js`)],
        ["skipWelcome", "true"],
        ["skipReleaseNotes", "true"],
      ]),
    );
    await page.goto(address.href);
    const code = await ended;
    if (code !== 0) output.explain();
    return code;
  } finally {
    await browser.close();
  }
}

/** Tells the tests' lines, which begin with an escape sequence (test/extension/host/index.ts), from the workbench's own. */
class TestOutput {
  readonly #workbench: string[] = [];
  #tests = 0;

  add(line: string): void {
    if (!line.startsWith("\u001b")) this.#workbench.push(line);
    else {
      this.#tests++;
      console.log(line);
    }
  }

  /** When no test wrote a line, the workbench's log says why. */
  explain(): void {
    if (this.#tests === 0) console.error(this.#workbench.join("\n"));
  }
}
