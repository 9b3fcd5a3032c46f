import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./command";
import { nativeBuildTools, requireTools } from "./debian";
import { vscodeTest } from "./paths";

/**
 * A real VS Code from the npm registry alone: npm's code-server holds the workbench and the Node extension host as
 * Microsoft's sources build them. VS Code's own server is started from it (see vscode-server.ts); code-server's front
 * end, and the two thirds of its packages that serve it only, are left out.
 *
 * What was tried and does not serve: `electron` has no binary in its package, `@vscode/test-web` has only the web
 * extension host (no worker_threads, no sockets), and `npm ci` fails on code-server's shrinkwrap, which is out of sync.
 */
interface Recipe {
  readonly vscode: string;
  readonly codeServer: string;
  readonly node: string;
  /** Packages without prebuilt binaries. */
  readonly rebuild: readonly string[];
  /** Whether ripgrep comes as a package of its own, because this version would download it from GitHub. */
  readonly ripgrep: boolean;
}

export type VscodeRelease = "newest" | "oldest";

/** `oldest` is the minor version that package.json's engines.vscode names. */
export const recipes: Readonly<Record<VscodeRelease, Recipe>> = {
  newest: {
    vscode: "1.139.1",
    codeServer: "4.139.1",
    node: "24",
    rebuild: ["@vscode/spdlog", "@vscode/native-watchdog"],
    ripgrep: false,
  },
  oldest: {
    vscode: "1.100.3",
    codeServer: "4.100.3",
    node: "20",
    rebuild: ["@vscode/spdlog", "node-pty", "native-watchdog"],
    ripgrep: true,
  },
};

/** The release that ENTROPY_CHECK_VSCODE names; the newest unless that is `oldest`. */
export const chosenRelease = (): VscodeRelease =>
  process.env["ENTROPY_CHECK_VSCODE"] === "oldest" ? "oldest" : "newest";

/** An installed VS Code server. */
export interface Installation {
  readonly vscode: string;
  /** The Node that runs it. */
  readonly node: string;
  /** VS Code's server-main.js. */
  readonly main: string;
}

/** Installs a VS Code server under .vscode-test/ unless it is there; takes a minute or two and 300 to 800 MB. */
export async function provisionVscode(release: VscodeRelease): Promise<Installation> {
  const recipe = recipes[release];
  const folder = join(vscodeTest, release);
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const node = join(folder, "node_modules", nodePackage);
  const server = join(folder, "node_modules/code-server/lib/vscode");
  const installation = {
    vscode: recipe.vscode,
    node: join(node, "bin/node"),
    main: join(server, "out/server-main.js"),
  };
  const stamp = join(folder, "installed.json");
  const stamped = JSON.stringify({ ...recipe, nodePackage });
  if ((await readFile(stamp, "utf8").catch(() => null)) === stamped) return installation;

  if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch))
    throw new Error(
      "The VS Code server from npm runs on Linux on x64 and arm64. Elsewhere install the desktop VS Code " +
        "(https://code.visualstudio.com) so that `code` is in PATH.",
    );
  await requireTools(nativeBuildTools, "the VS Code server");

  const say = (what: string): void => console.log(`VS Code ${recipe.vscode}: ${what} ...`);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [join(node, "bin"), join(folder, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
    npm_config_nodedir: node,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_loglevel: "error",
  };
  const npm = (cwd: string, ...args: string[]): Promise<string> => run("npm", args, { cwd, env });

  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  say(`Node ${recipe.node} from npm`);
  await npm(folder, "install", "--ignore-scripts", `${nodePackage}@${recipe.node}`);
  say(`code-server ${recipe.codeServer} from npm`);
  await npm(folder, "install", "--ignore-scripts", `code-server@${recipe.codeServer}`, "node-gyp@11.5.0");
  say("its server's packages");
  await npm(server, "install", "--omit=dev", "--ignore-scripts");
  say(`building ${recipe.rebuild.join(" and ")}`);
  await npm(server, "rebuild", ...recipe.rebuild);
  if (recipe.ripgrep) {
    const ripgrepPackage = `@vscode/ripgrep-${process.platform}-${process.arch}`;
    await npm(folder, "install", "--ignore-scripts", `${ripgrepPackage}@1.18.0`);
    const bin = join(server, "node_modules/@vscode/ripgrep/bin");
    await mkdir(bin, { recursive: true });
    await symlink(join(folder, "node_modules", ripgrepPackage, "bin/rg"), join(bin, "rg"));
  }
  await writeFile(stamp, stamped);
  return installation;
}
