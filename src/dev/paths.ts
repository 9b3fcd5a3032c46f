import { join, resolve } from "node:path";

/** The repository. */
export const root = resolve(import.meta.dirname, "../..");

/** Where real VS Codes are kept; git-ignored. */
export const vscodeTest = join(root, ".vscode-test");

/** What tests and tools write; git-ignored. */
export const out = join(root, "out");
