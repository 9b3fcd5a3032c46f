import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROFILES } from "../../src/compliance/profiles";
import { recipes } from "../../src/dev/provision-vscode";
import { root } from "../../src/dev/paths";
import {
  CALCULATOR_PANEL,
  COMMANDS,
  REPORT_PANEL,
  SCHEME,
  SECTION,
  SETTINGS,
  VIEW_CONTAINER,
  VIEWS,
} from "../../src/vscode/manifest";

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

/** What is read of package.json here. */
interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
  };
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "contributes" in value && "engines" in value;
}

const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
assert.ok(isManifest(manifest));
const { contributes, activationEvents, engines } = manifest;

describe("package.json", () => {
  it("contributes the commands that the code knows, and no other", () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
  });

  it("puts only these commands into menus", () => {
    const known = new Set<string>(Object.values(COMMANDS));
    const unknown = Object.values(contributes.menus).flatMap((menu) =>
      menu.filter(({ command }) => !known.has(command)),
    );
    assert.deepEqual(unknown, []);
  });

  it("contributes the settings that the code reads, with the same defaults", () => {
    const contributed = Object.entries(contributes.configuration.properties).map(([key, it]) => [key, it.default]);
    const read = Object.values(SETTINGS).map((setting) => [`${SECTION}.${setting.key}`, setting.default]);
    assert.deepEqual(Object.fromEntries(contributed), Object.fromEntries(read));
  });

  it("offers the versions of SCS-0101 that there are", () => {
    const setting = contributes.configuration.properties[`${SECTION}.${SETTINGS.profile.key}`];
    const described = Object.values(PROFILES).map(({ title, summary }) => `${title}: ${summary}`);
    assert.deepEqual([setting.enum, setting.enumDescriptions], [Object.keys(PROFILES), described]);
  });

  it("contributes the views that the code fills", () => {
    assert.ok(contributes.viewsContainers.activitybar.some(({ id }) => id === VIEW_CONTAINER));
    assert.deepEqual(contributes.views[VIEW_CONTAINER].map(({ id }) => id).sort(), Object.values(VIEWS).sort());
  });

  it("wakes the extension for nothing but what a reloaded window may show, and files that may hold definitions", () => {
    const panels = [CALCULATOR_PANEL, REPORT_PANEL].map((panel) => `onWebviewPanel:${panel}`);
    const languages = ["ansible", "packer", "terraform", "yaml"].map((language) => `onLanguage:${language}`);
    const events = [`onFileSystem:${SCHEME}`, ...languages, ...panels].sort();
    assert.deepEqual([...activationEvents].sort(), events);
  });

  it("supports no VS Code older than the oldest that the tests run in", () => {
    const [major, minor] = recipes.oldest.vscode.split(".");
    assert.equal(engines.vscode, `^${major}.${minor}.0`);
  });
});
