import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { strFromU8, unzipSync } from "fflate";
import { run } from "./command";
import { root } from "./paths";

/** A VSIX that may be handed out. */
export interface Vsix {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** The body of a key in PEM, not the bare header that every SSH library looks for. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\n)+[A-Za-z0-9+/=]{40}/;

/**
 * Builds and packages the extension.
 * @throws when the package holds what must not be handed out: vsce itself does not look
 */
export async function makeVsix(): Promise<Vsix> {
  await run(process.execPath, ["src/dev/build.mjs", "--minify"], { cwd: root });
  const { name, version, repository } = await readManifest();
  const path = join(root, `${name}-${version}.vsix`);
  await createVSIX({
    cwd: root,
    packagePath: path,
    // everything is bundled
    dependencies: false,
    // without a repository there is nothing that the README's relative links could be rewritten to
    ...(repository === undefined ? { allowMissingRepository: true, rewriteRelativeLinks: false } : {}),
  });
  const content = await readFile(path);
  const files = Object.entries(unzipSync(content));
  const faults = files.flatMap(([file, bytes]) => faultsOf(file, strFromU8(bytes, true)));
  if (faults.length > 0) throw new Error(`${path} must not be handed out:\n${faults.join("\n")}`);
  return { path, size: content.length };
}

/** Where `npm run package` leaves the VSIX. */
export async function vsixPath(): Promise<string> {
  const { name, version } = await readManifest();
  return join(root, `${name}-${version}.vsix`);
}

function faultsOf(file: string, text: string): string[] {
  const faults: string[] = [];
  if (file.endsWith(".map") || /^\/[/*]# sourceMappingURL=/m.test(text)) faults.push(`${file}: a source map`);
  if (file.endsWith(".node")) faults.push(`${file}: a native add-on`);
  if (PRIVATE_KEY.test(text)) faults.push(`${file}: a private key`);
  if (/^extension\/(?:src|test|webview|node_modules|out)\//.test(file)) faults.push(`${file}: not part of the product`);
  return faults;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
}

async function readManifest(): Promise<Manifest> {
  const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  if (!isManifest(manifest)) throw new Error("package.json has no name and version.");
  return manifest;
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "name" in value && "version" in value;
}
