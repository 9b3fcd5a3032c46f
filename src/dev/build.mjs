// Bundles the extension, the headless front end, the worker threads and the webviews into dist/.
// usage: node src/dev/build.mjs [--watch] [--minify] [--outdir DIR]
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { context, build } from "esbuild";
import { toCommonJs } from "./common-js.mjs";

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

const node = { platform: "node", target: "node20" };

/**
 * What is imported later stands in a file of its own, so that a start does not even parse it, and what several programs
 * share stands there once. esbuild splits ES modules only, and an extension is CommonJS.
 */
const programs = {
  extension: "src/extension.ts",
  cli: "src/cli.ts",
  "lint-thread": "src/operations/lint-thread.ts",
};
const commonJs = {
  name: "common-js",
  setup(b) {
    b.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const paths = Object.keys(programs).map((name) => resolve(root, outdir, `${name}.js`));
      const options = { ...common, ...node, sourcemap: minify ? false : "inline", logLevel: "error" };
      mkdirSync(resolve(root, outdir), { recursive: true });
      for (const { path, contents } of await toCommonJs(result, paths, options)) writeFileSync(path, contents);
    });
  },
};

const bundles = [
  {
    ...common,
    ...node,
    format: "esm",
    splitting: true,
    write: false,
    metafile: true,
    sourcemap: minify ? false : "inline",
    external: ["vscode"],
    entryPoints: programs,
    chunkNames: "[name]-[hash]",
    plugins: [withoutNativeAddons, commonJs],
  },
  {
    // in one piece: its loops call millions of times what another piece would lend them through an accessor
    ...common,
    ...node,
    format: "cjs",
    entryPoints: { worker: "src/workers/thread.ts" },
  },
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
