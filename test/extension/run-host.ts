/**
 * Runs test/extension/host/ in the extension host of a real VS Code: of a desktop VS Code where there is a display, else
 * of the VS Code server from npm. VSCODE_EXECUTABLE names another VS Code.
 * usage: npm run test:host
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { prepareDemo } from "../../src/demo/workspace";
import { hasDisplay } from "../../src/dev/display";
import { main } from "../../src/dev/main";
import { out, root } from "../../src/dev/paths";

main(async () => {
  const bundle = join(out, "host");
  await rm(bundle, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/extension/host/index.ts", "test/extension/host/*.test.ts"],
    outdir: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
  });
  const workspace = join(out, "host-workspace");
  await rm(workspace, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await prepareDemo(workspace);
  const shim = hasDisplay() ? undefined : join(root, "src/dev/vscode-shim.ts");
  const vscodeExecutablePath = process.env["VSCODE_EXECUTABLE"] ?? shim;
  await runTests({
    ...(vscodeExecutablePath === undefined ? {} : { vscodeExecutablePath }),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(bundle, "index.js"),
    launchArgs: [workspace, "--disable-extensions"],
  });
});
