/**
 * Makes the VSIX that people install, and looks into it before it is handed out.
 * usage: npm run package
 */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { strFromU8, unzipSync } from "fflate";
import { run } from "./command";
import { root } from "./paths";

/** The body of a key in PEM, not the bare header that every SSH library looks for. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\n)+[A-Za-z0-9+/=]{40}/;

async function main(): Promise<void> {
  await run(process.execPath, ["src/dev/build.mjs", "--minify"], { cwd: root });
  const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  if (!isManifest(manifest)) throw new Error("package.json has no name and version.");

  const packagePath = join(root, `${manifest.name}-${manifest.version}.vsix`);
  await createVSIX({
    cwd: root,
    packagePath,
    // everything is bundled
    dependencies: false,
    // without a repository there is nothing that the README's relative links could be rewritten to
    ...(manifest.repository === undefined ? { allowMissingRepository: true, rewriteRelativeLinks: false } : {}),
  });

  const vsix = await readFile(packagePath);
  const files = Object.entries(unzipSync(vsix));
  const faults = files.flatMap(([name, content]) => faultsOf(name, content));
  if (faults.length > 0) throw new Error(`${basename(packagePath)} must not be handed out:\n${faults.join("\n")}`);
  for (const [name, content] of files) console.log(`${kilobytes(content.length).padStart(9)}  ${name}`);
  console.log(`${kilobytes(vsix.length).padStart(9)}  ${basename(packagePath)}`);
}

function faultsOf(name: string, content: Uint8Array): string[] {
  const text = strFromU8(content, true);
  const faults: string[] = [];
  if (name.endsWith(".map") || text.includes("//# sourceMappingURL=")) faults.push(`${name}: a source map`);
  if (name.endsWith(".node")) faults.push(`${name}: a native add-on`);
  if (PRIVATE_KEY.test(text)) faults.push(`${name}: a private key`);
  if (name.startsWith("extension/") && /\/(?:src|test|node_modules|out)\//.test(name))
    faults.push(`${name}: not ours to ship`);
  return faults;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function isManifest(value: unknown): value is { name: string; version: string; repository?: unknown } {
  return typeof value === "object" && value !== null && "name" in value && "version" in value;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
