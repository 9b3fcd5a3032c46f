// Bundles the extension, the headless front end, the worker thread and the webviews into dist/.
// usage: node src/dev/build.mjs [--watch] [--minify] [--outdir DIR]
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { context, build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { watch, minify, outdir } = parseArgs({
  options: {
    watch: { type: "boolean", default: false },
    minify: { type: "boolean", default: false },
    outdir: { type: "string", default: "dist" },
  },
}).values;

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
  outdir,
};

const node = {
  ...common,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  plugins: [withoutNativeAddons],
};

const bundles = [
  { ...node, entryPoints: { extension: "src/extension.ts", worker: "src/workers/thread.ts" } },
  { ...node, entryPoints: { cli: "src/cli.ts" }, banner: { js: "#!/usr/bin/env node" } },
  {
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: {
      "webview/report": "webview/report.ts",
      "webview/inspector": "webview/inspector.ts",
      "webview/calculator": "webview/calculator.ts",
    },
  },
];

rmSync(resolve(root, outdir), { recursive: true, force: true });
if (watch) for (const b of bundles) await (await context(b)).watch();
else await Promise.all(bundles.map((b) => build(b)));
