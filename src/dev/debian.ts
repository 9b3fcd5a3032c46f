import { access } from "node:fs/promises";
import { run, which } from "./command";

/** An executable that must be in PATH, and Debian's package that has it. */
export interface Tool {
  readonly command: string;
  readonly debianPackage: string;
}

/** node-gyp's needs: VS Code's server has two native modules without prebuilt binaries. */
export const nativeBuildTools: readonly Tool[] = [
  { command: "python3", debianPackage: "python3" },
  { command: "make", debianPackage: "make" },
  { command: "g++", debianPackage: "g++" },
];

/** The browser that drives the workbench. */
export const chromium: Tool = { command: "chromium", debianPackage: "chromium" };

/**
 * Makes sure that the tools are in PATH: as root on Debian what is missing is installed, elsewhere the error says how to.
 */
export async function requireTools(tools: readonly Tool[], purpose: string): Promise<void> {
  const missing: Tool[] = [];
  for (const tool of tools) if ((await which(tool.command)) === null) missing.push(tool);
  if (missing.length === 0) return;

  const packages = missing.map((tool) => tool.debianPackage);
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...packages];
  if (process.getuid?.() !== 0 || !(await isDebian()))
    throw new Error(
      `${purpose} needs ${missing.map((tool) => tool.command).join(", ")}. ` +
        `On Debian: sudo apt-get update && sudo ${install.join(" ")}`,
    );
  console.log(`Installing ${packages.join(", ")} from Debian, which ${purpose} needs ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", install.slice(1), { env });
}

async function isDebian(): Promise<boolean> {
  return access("/etc/debian_version").then(
    () => true,
    () => false,
  );
}
