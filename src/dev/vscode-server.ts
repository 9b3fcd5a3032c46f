import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./command";
import type { Installation } from "./provision-vscode";

const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What every VS Code that we open starts with: no sign-ups, no updates, nothing between a person and the extension. */
export const settings: Readonly<Record<string, unknown>> = {
  "security.workspace.trust.enabled": false,
  // as the demo's own settings say, which the browser may read too late
  "workbench.startupEditor": "readme",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "chat.agentHost.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "editor.stickyScroll.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "telemetry.telemetryLevel": "off",
};

export interface ServerOptions {
  /** VSIX files to install. */
  readonly extensions?: readonly string[];
  /** Added to `settings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Lets the page's payload name extensions under development and tests; suppresses toasts. */
  readonly smokeTestDriver?: boolean;
}

/** A VS Code server on loopback with a profile of its own. */
export interface VscodeServer {
  readonly port: number;
  /** `127.0.0.1:PORT`, also the authority of vscode-remote URIs. */
  readonly authority: string;
  /** The HOME of the server, its terminals and its extension host. */
  readonly home: string;
  /** The address that opens a folder in the workbench, or an empty window. */
  address(folder?: string): URL;
  /** When the server has ended, however that came. */
  readonly ended: Promise<void>;
  /** Ends the server and what it started, and removes its profile. */
  stop(): Promise<void>;
}

/**
 * Starts a VS Code server: on loopback, and behind a token, since whoever reaches it has a terminal.
 *
 * It gets a process group of its own, because its children outlive it by seconds.
 */
export async function startVscodeServer(installation: Installation, options: ServerOptions): Promise<VscodeServer> {
  const home = await mkdtemp(join(tmpdir(), "entropy-check-vscode-"));
  const data = join(home, ".vscode-server");
  const extensions = join(home, "extensions");
  const token = randomBytes(16).toString("hex");
  const common = [installation.main, "--accept-server-license-terms", "--extensions-dir", extensions];
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: home, EXTENSIONS_GALLERY: "{}", ...options.env };

  const profile = JSON.stringify({ ...settings, ...options.settings }, null, 2);
  for (const scope of ["User", "Machine"]) {
    await mkdir(join(data, scope), { recursive: true });
    await writeFile(join(data, scope, "settings.json"), profile);
  }
  await writeFile(join(home, "token"), token, { mode: 0o600 });
  for (const vsix of options.extensions ?? [])
    await run(installation.node, [...common, "--install-extension", vsix, "--force", "--server-data-dir", data], {
      env,
    });

  const server = spawn(
    installation.node,
    [
      ...common,
      ...["--host", "127.0.0.1", "--port", String(options.port ?? 0)],
      ...["--connection-token-file", join(home, "token"), "--telemetry-level", "off"],
      ...["--server-data-dir", data, "--user-data-dir", data],
      ...(options.smokeTestDriver ? ["--enable-smoke-test-driver"] : []),
    ],
    { env, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const remove = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const endNow = (): void => {
    signalGroup(server, "SIGKILL");
    remove();
  };
  const exit = (): void => process.exit(1);
  process.once("exit", endNow);
  for (const signal of ENDING_SIGNALS) process.once(signal, exit);
  const stop = async (): Promise<void> => {
    process.off("exit", endNow);
    for (const signal of ENDING_SIGNALS) process.off(signal, exit);
    await endProcessGroup(server);
    remove();
  };
  try {
    const port = await listeningPort(server);
    const authority = `127.0.0.1:${port}`;
    return {
      port,
      authority,
      home,
      address: (folder) => {
        const query = folder === undefined ? "" : `folder=${encodeURI(folder)}&`;
        return new URL(`http://${authority}/?${query}tkn=${token}`);
      },
      ended: once(server, "exit").then(() => undefined),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listeningPort(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (data: Buffer): void => {
      output += data.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("error", reject);
    server.once("exit", (code) =>
      reject(new Error(`The VS Code server ended (${code}) before it listened:\n${output}`)),
    );
  });
}

async function endProcessGroup(leader: ChildProcess): Promise<void> {
  const ended = leader.exitCode === null && leader.signalCode === null ? once(leader, "exit") : Promise.resolve();
  signalGroup(leader, "SIGTERM");
  const impatient = setTimeout(() => signalGroup(leader, "SIGKILL"), 3000);
  await ended;
  clearTimeout(impatient);
  signalGroup(leader, "SIGKILL");
}

function signalGroup(leader: ChildProcess, signal: NodeJS.Signals): void {
  if (leader.pid === undefined) return;
  try {
    process.kill(-leader.pid, signal);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!gone) throw error;
  }
}
