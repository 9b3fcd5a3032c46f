// esbuild splits programs into pieces, which are ES modules. Here they become CommonJS, and those that one program needs
// at its start are joined: each file costs a start most of a millisecond, however small it is.
import { basename, dirname, resolve } from "node:path";
import { build } from "esbuild";

/**
 * @typedef {object} Piece
 * @property {string} text an ES module
 * @property {readonly string[]} needs paths of the pieces that it imports as it is loaded
 * @property {readonly string[]} uses paths of all pieces that it imports, sooner or later
 */

/**
 * Turns what esbuild made of several programs into CommonJS.
 * @param {import("esbuild").BuildResult} built with `metafile`, `splitting` and `write: false`, all in one folder
 * @param {readonly string[]} programs the paths of what was made of them; the first is the one whose start counts
 * @param {import("esbuild").BuildOptions} options of the first build; how the files are to be
 * @returns {Promise<readonly import("esbuild").OutputFile[]>} a file for each piece that is not joined with others, one
 *   for each that are; programs keep their paths
 */
export async function toCommonJs({ metafile, outputFiles }, programs, options) {
  const pieces = readPieces(metafile, outputFiles, options.absWorkingDir);
  const groups = group(pieces, programs);
  const homes = new Map([...groups].flatMap(([home, paths]) => paths.map((path) => [path, home])));
  const isJoined = (path) => groups.get(homes.get(path)).length > 1;
  const built = await build({
    ...options,
    bundle: true,
    format: "cjs",
    write: false,
    // an import() of a piece becomes a later require()
    supported: { "dynamic-import": false },
    entryPoints: [...groups.keys()],
    plugins: [
      {
        name: "pieces",
        setup(b) {
          b.onResolve({ filter: /.*/, namespace: "piece" }, ({ path, importer }) => {
            const other = resolve(dirname(importer), path);
            if (!homes.has(other)) return { path, external: true };
            if (homes.get(other) === homes.get(importer)) return { path: other, namespace: "piece" };
            return isJoined(other) ? { path: other, namespace: "elsewhere" } : { path, external: true };
          });
          b.onResolve({ filter: /.*/, namespace: "elsewhere" }, ({ path }) => ({ path, external: true }));
          b.onResolve({ filter: /.*/ }, ({ path, kind }) => ({
            path,
            namespace: kind === "entry-point" && groups.get(path).length > 1 ? "joined" : "piece",
          }));
          b.onLoad({ filter: /.*/, namespace: "piece" }, ({ path }) => ({ contents: pieces.get(path).text }));
          b.onLoad({ filter: /.*/, namespace: "joined" }, ({ path }) => ({
            contents: [
              `export * from ${JSON.stringify(path)};`,
              ...groups.get(path).map((piece) => `export * as "${basename(piece)}" from ${JSON.stringify(piece)};`),
            ].join("\n"),
          }));
          b.onLoad({ filter: /.*/, namespace: "elsewhere" }, ({ path }) => ({
            contents: `module.exports = require("./${basename(homes.get(path))}")["${basename(path)}"];`,
          }));
        },
      },
    ],
  });
  return built.outputFiles;
}

/** @returns {ReadonlyMap<string, Piece>} by path */
function readPieces({ outputs }, outputFiles, root) {
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  return new Map(
    Object.entries(outputs).map(([file, { imports }]) => {
      const own = imports.filter(({ external }) => !external);
      const needed = own.filter(({ kind }) => kind !== "dynamic-import");
      const path = resolve(root, file);
      return [
        path,
        {
          text: texts.get(path),
          needs: needed.map((piece) => resolve(root, piece.path)),
          uses: own.map((piece) => resolve(root, piece.path)),
        },
      ];
    }),
  );
}

/**
 * Joins the pieces that the first program needs at its start with those that the same programs need and use, so that
 * none of the others loads more than before.
 * @returns {ReadonlyMap<string, readonly string[]>} by a file's path the paths of its pieces
 */
function group(pieces, programs) {
  const needed = programs.map((path) => closure(pieces, path, "needs"));
  const used = programs.map((path) => closure(pieces, path, "uses"));
  const joined = new Map();
  const groups = new Map();
  for (const path of pieces.keys())
    if (needed[0].has(path)) {
      const key = [...needed, ...used].map((paths) => (paths.has(path) ? "1" : "0")).join("");
      joined.set(key, [...(joined.get(key) ?? []), path]);
    } else groups.set(path, [path]);
  for (const paths of joined.values()) {
    const home = paths.find((path) => programs.includes(path)) ?? paths[0];
    groups.set(home, paths);
  }
  return groups;
}

function closure(pieces, start, which) {
  const found = new Set([start]);
  for (const path of found) for (const next of pieces.get(path)[which]) found.add(next);
  return found;
}
