// Bundles the extension, the headless front end, the worker thread and the webviews into dist/.
// usage: node src/dev/build.mjs [--watch] [--minify]
import { context, build } from "esbuild";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const watch = process.argv.includes("--watch");
const minify = process.argv.includes("--minify");

/** ssh2 falls back to node:crypto when its native add-ons cannot be loaded, so the bundle leaves them out. */
const withoutNativeAddons = {
  name: "without-native-addons",
  setup(b) {
    b.onResolve({ filter: /(\.node|^cpu-features)$/ }, (args) => ({ path: args.path, namespace: "native-addon" }));
    b.onLoad({ filter: /.*/, namespace: "native-addon" }, (args) => ({
      contents: `throw new Error(${JSON.stringify(`${args.path} is not part of the bundle`)});`,
    }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  minify,
  sourcemap: minify ? false : "linked",
  logLevel: "info",
  outdir: "dist",
};

const node = {
  ...common,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  plugins: [withoutNativeAddons],
};

const only = (entries) =>
  Object.fromEntries(
    Object.entries(entries).filter(([, file]) => existsSync(new URL(`../../${file}`, import.meta.url))),
  );

const bundles = [
  { ...node, entryPoints: only({ extension: "src/extension.ts", worker: "src/workers/thread.ts" }) },
  { ...node, entryPoints: only({ cli: "src/cli.ts" }), banner: { js: "#!/usr/bin/env node" } },
  {
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: only({ "webview/report": "webview/report.ts", "webview/inspector": "webview/inspector.ts" }),
  },
].filter((b) => Object.keys(b.entryPoints).length > 0);

rmSync(new URL("../../dist", import.meta.url), { recursive: true, force: true });
if (watch) for (const b of bundles) await (await context(b)).watch();
else await Promise.all(bundles.map((b) => build(b)));
