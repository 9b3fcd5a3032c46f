import assert from "node:assert/strict";
import * as vscode from "vscode";
import { parse } from "yaml";
import { SCHEME } from "../../../src/vscode/manifest";
import { check, cloudId, problems, type Shown } from "./demo";

interface Listed {
  readonly name: string;
  readonly extra_specs?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
}

/** What a document of the demo's cloud lists, read by a YAML parser. */
async function listed(kind: "flavors" | "images"): Promise<readonly Listed[]> {
  const shown = await problems(`/${kind}.yaml`);
  assert.ok(shown.length > 0, `no problem in ${kind}.yaml`);
  const content: unknown = parse((await vscode.workspace.openTextDocument(shown[0].uri)).getText());
  assert.ok(isListing(content, kind), `${kind}.yaml lists no ${kind}`);
  return content[kind];
}

function isListing<K extends string>(value: unknown, key: K): value is Record<K, readonly Listed[]> {
  return typeof value === "object" && value !== null && key in value;
}

const nameOnLine = ({ line }: Shown): string => /^ *- name: (.+)$/.exec(line)?.[1] ?? line;
const names = (things: readonly Listed[]): string[] => things.map(({ name }) => name).sort();

describe("Check Cloud on the demo", () => {
  before(() => check(cloudId()));

  it("warns of every flavor without hw_rng:allowed=True, each on its own line, and of no other", async () => {
    const lacking = (await listed("flavors")).filter((f) => f.extra_specs?.["hw_rng:allowed"] !== "True");
    const shown = await problems("/flavors.yaml");
    assert.deepEqual(shown.map(nameOnLine).sort(), names(lacking));
    for (const { diagnostic, rule } of shown) {
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
      assert.equal(rule, "scs-0101-flavor-property");
    }
  });

  it("warns of every image without hw_rng_model=virtio, each on its own line, and of no other", async () => {
    const lacking = (await listed("images")).filter((i) => i.properties?.["hw_rng_model"] !== "virtio");
    const shown = await problems("/images.yaml");
    assert.deepEqual(shown.map(nameOnLine).sort(), names(lacking));
    for (const { diagnostic, rule } of shown) {
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
      assert.equal(rule, "scs-0101-image-property");
    }
  });

  it("sums up on the cloud's own entry of clouds.yaml", async () => {
    const [summary, ...others] = await problems("/clouds.yaml");
    assert.equal(others.length, 0);
    assert.equal(summary.line.trim(), "demo:");
    const flavors = (await problems("/flavors.yaml")).length;
    const images = (await problems("/images.yaml")).length;
    assert.match(summary.diagnostic.message, new RegExp(`\\b${flavors + images} warnings\\b`));
  });

  it("replaces what the last run said", async () => {
    const before = (await problems(".yaml")).map(({ uri, diagnostic }) => `${uri.toString()} ${diagnostic.message}`);
    await check(cloudId());
    const after = (await problems(".yaml")).map(({ uri, diagnostic }) => `${uri.toString()} ${diagnostic.message}`);
    assert.deepEqual(after, before);
  });

  it("shows what was read in documents that cannot be changed", async () => {
    const [{ uri }] = await problems("/flavors.yaml");
    assert.equal(uri.scheme, SCHEME);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(SCHEME), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, new Uint8Array()));
  });

  it("holds the text of each rule that a problem links to", async () => {
    const rules = new Set((await problems(".yaml")).map(({ rule }) => rule).filter((rule) => rule !== null));
    assert.ok(rules.size > 0);
    for (const rule of rules) {
      const text = await vscode.workspace.fs.readFile(vscode.Uri.from({ scheme: SCHEME, path: `/rules/${rule}.md` }));
      assert.match(Buffer.from(text).toString(), /SCS-0101/);
    }
  });
});
