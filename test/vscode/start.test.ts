import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { bundles } from "../bundles";

/** Loads a file with a stand-in for `vscode`, as far as a class can be derived from it; tells what was loaded. */
const LOADER = `
  const Module = require("node:module");
  const load = Module._load;
  const anything = new Proxy(class {}, {
    get: (target, key) => (key === "prototype" ? target.prototype : anything),
    apply: () => anything,
  });
  let asked = false;
  Module._load = (request, ...rest) => (request === "vscode" ? ((asked = true), anything) : load(request, ...rest));
  require(process.argv[1]);
  console.log(JSON.stringify({ asked, files: Object.keys(require.cache) }));
`;

function loaded(name: string): { readonly asked: boolean; readonly files: readonly string[] } {
  const told: unknown = JSON.parse(
    execFileSync(process.execPath, ["-e", LOADER, join(bundles(), name)], { encoding: "utf8" }),
  );
  assert.ok(typeof told === "object" && told !== null && "asked" in told && "files" in told);
  assert.ok(typeof told.asked === "boolean" && Array.isArray(told.files));
  return { asked: told.asked, files: told.files.map((file) => basename(String(file))) };
}

describe("Loading", () => {
  it("the extension reads few files: each costs a moment, however small it is", () => {
    const { asked, files } = loaded("extension.js");
    assert.equal(asked, true);
    // one for what only the extension has, and one for each set of other programs that it shares something with
    assert.ok(files.length <= 5, files.join(" "));
  });

  it("a thread of estimators reads one file: what another would lend it costs its loops a quarter of their time", () => {
    assert.deepEqual(loaded("worker.js").files, ["worker.js"]);
  });

  for (const name of ["worker.js", "lint-thread.js"])
    it(`${name} reads nothing of VS Code's`, () => {
      assert.equal(loaded(name).asked, false);
    });
});
