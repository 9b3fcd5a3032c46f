import { randomBytes } from "node:crypto";
import { access, chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { utils } from "ssh2";
import { DEMO_BOOT_TEST } from "./boot-test";
import { DEMO_HOST, DEMO_MARKER, DEMO_USER, demoFiles, parseDemoState, type DemoState, type KeyPair } from "./files";
import { startDemoMachine } from "./machine";
import { startDemoOpenStack } from "./openstack";
import { DEMO_README } from "./readme";
import { DEMO_SAMPLES } from "./samples";

/** The demo's running servers. */
export interface DemoServers {
  /** Lets the demo's files say where these servers listen, should another window's have taken their place. */
  readonly publish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Writes the demo into a folder, or completes the one that is there.
 * @param folder made if it is not there
 */
export async function prepareDemo(folder: string): Promise<void> {
  await writeState(folder, (await readState(folder)) ?? (await newState()));
  await writeIfChanged(folder, "README.md", DEMO_README);
  await writeIfChanged(folder, DEMO_BOOT_TEST.path, DEMO_BOOT_TEST.text);
  for (const { name, make } of DEMO_SAMPLES) {
    const path = join("samples", name);
    if (!(await exists(join(folder, path)))) await writeDemoFile(folder, path, make(), false);
  }
}

async function newState(): Promise<DemoState> {
  return {
    version: 1,
    ports: { identity: await freePort(), healthy: await freePort(), weak: await freePort() },
    password: randomBytes(15).toString("base64url"),
    clientKey: newKey(),
    hostKey: newKey(),
  };
}

/** Not ed25519: of 2000 keys that ssh2 1.17.0 made, it could not read 7 back. */
function newKey(): KeyPair {
  return utils.generateKeyPairSync("ecdsa", { bits: 256, comment: "entropy-check demo" });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, DEMO_HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function readState(folder: string): Promise<DemoState | null> {
  try {
    return parseDemoState(await readFile(join(folder, DEMO_MARKER), "utf8"));
  } catch {
    // no demo yet, or one that can't be read: it is written anew
    return null;
  }
}

async function writeState(folder: string, state: DemoState): Promise<void> {
  for (const { path, text, secret } of demoFiles(state)) await writeIfChanged(folder, path, text, secret);
  await writeIfChanged(folder, DEMO_MARKER, `${JSON.stringify(state, null, 2)}\n`, true);
}

/** Leaves a file alone that is right already, so that watchers and editors see real changes only. */
async function writeIfChanged(folder: string, path: string, text: string, secret = false): Promise<void> {
  const before = await readFile(join(folder, path), "utf8").catch(() => null);
  if (before !== text) await writeDemoFile(folder, path, text, secret);
}

async function writeDemoFile(folder: string, path: string, data: string | Uint8Array, secret: boolean): Promise<void> {
  const file = join(folder, path);
  const mode = secret ? 0o600 : 0o644;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, data, { mode });
  // the mode above counts for new files only
  await chmod(file, mode);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Starts the simulated cloud and machines of a demo folder, on the ports that its files say; where one is taken, on
 * another, and the files say so.
 * @throws Error when the folder holds no demo
 */
export async function startDemoServers(folder: string): Promise<DemoServers> {
  const state = await readState(folder);
  if (state === null) throw new Error(`${folder} holds no demo`);
  const machine = { hostKey: state.hostKey.private, authorizedKey: state.clientKey.public, user: DEMO_USER };
  const identity = await onFreePort(state.ports.identity, (port) =>
    startDemoOpenStack({ port, user: DEMO_USER, password: state.password }),
  );
  const healthy = await onFreePort(state.ports.healthy, (port) =>
    startDemoMachine({ ...machine, port, healthy: true }),
  );
  const weak = await onFreePort(state.ports.weak, (port) => startDemoMachine({ ...machine, port, healthy: false }));
  const ports = { identity: identity.port, healthy: healthy.port, weak: weak.port };
  const publish = () => writeState(folder, { ...state, ports });
  await publish();
  return {
    publish,
    close: async () => {
      await Promise.all([identity.close(), healthy.close(), weak.close()]);
    },
  };
}

/** Starts a server on the port that is wished for, else on any. */
async function onFreePort<S>(wished: number, start: (port: number) => Promise<S>): Promise<S> {
  try {
    return await start(wished);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return start(0);
    throw error;
  }
}
