import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/** Which room may import which; every room may also import itself, `model` and `errors`. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  numeric: [],
  "sp800-90b": ["numeric"],
  fips140: [],
  compliance: ["fips140", "numeric"],
  formats: [],
  openstack: ["formats"],
  ssh: [],
  machine: ["openstack", "ssh", "fips140", "formats"],
  boot: ["formats"],
  workers: ["sp800-90b"],
  report: ["compliance"],
  operations: [
    "boot",
    "compliance",
    "fips140",
    "formats",
    "machine",
    "openstack",
    "report",
    "sp800-90b",
    "ssh",
    "workers",
  ],
  // the demo's machines answer the very commands that the live checks ask
  demo: ["formats", "fips140", "machine"],
  // it squiggles in boot-test files what the reader of boot tests finds
  vscode: ["operations", "report", "compliance", "formats", "openstack", "machine", "ssh", "boot", "workers", "demo"],
  webview: [],
  dev: ["boot", "demo"],
};
/** The composition roots. */
const ROOTS = ["extension", "cli"];
const PURE = ["numeric", "sp800-90b", "fips140", "compliance", "report", "webview"];

interface Import {
  readonly file: string;
  readonly room: string;
  readonly specifier: string;
  /** The file imported, when it is one of ours. */
  readonly target: string | null;
}

const files = ["src", "webview"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((f) => join(folder, f)),
  )
  .filter((file) => file.endsWith(".ts"));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName: specifier }) => ({
    file,
    room: roomOf(file),
    specifier,
    target: specifier.startsWith(".") ? targetOf(file, specifier) : null,
  }));
}

function targetOf(file: string, specifier: string): string {
  const path = join(dirname(file), specifier);
  return (
    [path, `${path}.ts`, join(path, "index.ts")].find((f) => /\.\w+$/.test(f) && existsSync(join(root, f))) ?? path
  );
}

function roomOf(file: string): string {
  const path = file.replace(/\.ts$/, "").split("/");
  return path[path[0] === "src" ? 1 : 0];
}

const told = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

describe("the walls of the house", () => {
  it("a room imports only the rooms that it may", () => {
    const trespassers = imports.filter(({ room, target }) => {
      if (target === null || isShipped(target) || ROOTS.includes(room)) return false;
      const other = roomOf(target);
      return ![room, "model", "errors", ...(DOORS[room] ?? [])].includes(other) && !isProtocolInWebview(room, target);
    });
    assert.deepEqual(trespassers.map(told), []);
  });

  it("every room is in the table", () => {
    const unknown = new Set(files.map(roomOf).filter((room) => !(room in DOORS) && !ROOTS.includes(room)));
    assert.deepEqual([...unknown], []);
  });

  it("vscode is imported only in the extension's own room, and never by the headless front end", () => {
    const editor = imports.filter((i) => i.specifier === "vscode" && i.room !== "vscode" && i.room !== "extension");
    const headless = imports.filter((i) => i.room === "cli" && i.target !== null && roomOf(i.target) === "vscode");
    assert.deepEqual([...editor, ...headless].map(told), []);
  });

  it("judging, counting and showing need nothing of Node", () => {
    const impure = imports.filter((i) => PURE.includes(i.room) && i.specifier.startsWith("node:"));
    assert.deepEqual(impure.map(told), []);
  });

  it("the webviews take types alone from the extension", () => {
    const values = files
      .filter((file) => file.startsWith("webview/"))
      .flatMap((file) => {
        const { statements } = ts.createSourceFile(
          file,
          readFileSync(join(root, file), "utf8"),
          ts.ScriptTarget.ES2022,
        );
        return statements
          .filter((s) => ts.isImportDeclaration(s))
          .filter((s) => s.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
          .map((s) => (ts.isStringLiteral(s.moduleSpecifier) ? s.moduleSpecifier.text : ""))
          .filter((specifier) => specifier.startsWith(".") && targetOf(file, specifier).startsWith("src/"))
          .map((specifier) => `${file} imports ${specifier}`);
      });
    assert.deepEqual(values, []);
  });

  it("one file alone knows the component toolkit, so that a successor can replace it", () => {
    const knowing = imports.filter((i) => i.specifier.startsWith("@vscode/webview-ui-toolkit")).map((i) => i.file);
    assert.equal(new Set(knowing).size, 1, knowing.join(", "));
  });

  it("no import leads back to where it started", () => {
    assert.deepEqual(cycles(), []);
  });

  it("no file is longer than 400 lines", () => {
    const long = ["src", "webview", "test", ".ci"]
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((f) => join(folder, f)),
      )
      .filter((file) => /\.(?:ts|mjs|cjs|css)$/.test(file))
      .filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 400);
    assert.deepEqual(long, []);
  });
});

/** What the VSIX holds beside the bundles: the manifest, and what `media` has. */
function isShipped(target: string): boolean {
  return target === "package.json" || target.startsWith("media/");
}

function isProtocolInWebview(room: string, target: string): boolean {
  return room === "webview" && /^(?:\w+-)?protocol\.ts$/.test(relative("src/vscode", target));
}

function cycles(): string[] {
  const edges = new Map<string, string[]>();
  for (const { file, target } of imports) if (target !== null) edges.set(file, [...(edges.get(file) ?? []), target]);
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const target of edges.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}
