// Bundles the extension, the headless front end, the worker threads and the webviews into dist/.
// usage: node src/dev/build.mjs [--watch] [--minify] [--outdir DIR]
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { context, build, transform } from "esbuild";

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
 * What is imported later stands in a file of its own, so that a start does not even parse it, and what several entries
 * share stands there once. esbuild splits ES modules only, and an extension is CommonJS: each piece is turned over.
 */
const commonJsPieces = {
  name: "common-js-pieces",
  setup(b) {
    b.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code } = await transform(text, {
          ...node,
          format: "cjs",
          minify,
          sourcemap: minify ? false : "inline",
          // an import() of a piece becomes a later require()
          supported: { "dynamic-import": false },
        });
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, code);
      }
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
    sourcemap: minify ? false : "inline",
    external: ["vscode"],
    entryPoints: {
      extension: "src/extension.ts",
      cli: "src/cli.ts",
      worker: "src/workers/thread.ts",
      "lint-thread": "src/operations/lint-thread.ts",
    },
    chunkNames: "[name]-[hash]",
    plugins: [withoutNativeAddons, commonJsPieces],
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
