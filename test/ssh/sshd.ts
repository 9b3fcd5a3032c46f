/** OpenSSH's own server, agent and key generator, each on its own in a temporary folder. */
import { execFileSync, spawn, type ChildProcess, type ExecFileSyncOptions } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { MachineServices } from "../../src/machine/services";

/** Far more than any of these programs takes to do its work, to say that it is ready, or to end. */
const LIMIT_MS = 60_000;

/** Runs a program to its end; while it runs nothing else does, so nothing else could end it. @throws if it fails */
export function runProgram(path: string, args: readonly string[], more: ExecFileSyncOptions = {}): void {
  execFileSync(path, args, { ...more, timeout: LIMIT_MS, killSignal: "SIGKILL" });
}

/** A folder of its own for a suite, removed by `remove`. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "entropy-check-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A program of the system. @throws naming the Debian package that has it */
export function program(debianPackage: string, ...candidates: string[]): string {
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${candidates[0]} is missing: apt-get install ${debianPackage}`);
  return found;
}

/** Makes a key pair with ssh-keygen. @returns the path of the private key */
export function generateKey(folder: string, name: string, type = "ed25519", passphrase = ""): string {
  const path = join(folder, name);
  const keygen = program("openssh-client", "/usr/bin/ssh-keygen");
  // a passphrase of one round is soon tried
  runProgram(keygen, ["-q", "-t", type, "-a", "1", "-N", passphrase, "-C", name, "-f", path]);
  return path;
}

/** A public key: its type and base64. */
export function publicKey(path: string): string {
  return readFileSync(`${path}.pub`, "utf8").split(" ").slice(0, 2).join(" ");
}

export interface Sshd {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts sshd on loopback for the account that runs the tests.
 * @param folder where its files go
 * @param more lines of sshd_config
 */
export async function startSshd(
  folder: string,
  { hostKeys, authorizedKeys, more = [] }: { hostKeys: string[]; authorizedKeys: string[]; more?: string[] },
): Promise<Sshd> {
  const sshd = program("openssh-server", "/usr/sbin/sshd");
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  const port = await freePort();
  const authorized = join(folder, `authorized_keys-${port}`);
  writeFileSync(authorized, authorizedKeys.map((key) => `${key}\n`).join(""), { mode: 0o600 });
  const config = join(folder, `sshd_config-${port}`);
  const lines = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...hostKeys.map((key) => `HostKey ${key}`),
    `AuthorizedKeysFile ${authorized}`,
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PidFile none",
    ...more,
  ];
  writeFileSync(config, lines.join("\n") + "\n");
  const child = spawn(sshd, ["-D", "-e", "-f", config], { stdio: ["ignore", "ignore", "pipe"] });
  await saysSo(child, /Server listening/);
  return { port, stop: () => stop(child) };
}

/** Starts ssh-agent with keys in it. */
export async function startAgent(
  folder: string,
  keys: readonly string[],
): Promise<{ readonly socket: string; readonly stop: () => Promise<void> }> {
  const socket = join(folder, "agent");
  const child = spawn(program("openssh-client", "/usr/bin/ssh-agent"), ["-D", "-a", socket], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await saysSo(child, /SSH_AUTH_SOCK/);
  for (const key of keys) runProgram("ssh-add", ["-q", key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return { socket, stop: () => stop(child) };
}

/** `ssh -D`: a SOCKS proxy on loopback, whose connections sshd makes. `said` is what ssh tells of them. */
export async function startDynamicForward(
  sshd: Sshd,
  identity: string,
): Promise<{ readonly port: number; readonly said: readonly string[]; readonly stop: () => Promise<void> }> {
  const port = await freePort();
  const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes", "BatchMode=yes"];
  const child = spawn(
    program("openssh-client", "/usr/bin/ssh"),
    [
      ...["-F", "none", "-vv", "-N", "-D", `127.0.0.1:${port}`, "-p", String(sshd.port), "-i", identity],
      ...options.flatMap((option) => ["-o", option]),
      "127.0.0.1",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  return { port, said: await saysSo(child, /Entering interactive session/), stop: () => stop(child) };
}

/** Services that trust nothing, have no key and ask nobody. */
export const NO_SERVICES: MachineServices = {
  user: userInfo().username,
  knownHostsFiles: [],
  identityFiles: [],
  agentSocket: null,
  defaultIdentityFiles: [],
  askSecret: null,
  confirmHostKey: null,
  sshConfig: null,
  ownKnownHosts: null,
  confirmCommand: null,
  remark: () => undefined,
};

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits for a line. @returns what it says, and goes on to say */
async function saysSo(child: ChildProcess, what: RegExp): Promise<readonly string[]> {
  const output = child.stderr ?? child.stdout;
  if (output === null) throw new Error("there is nothing to listen to");
  const said: string[] = [];
  let limit: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (what: string): void => reject(new Error(`${child.spawnfile} ${what}: ${said.join("\n")}`));
      limit = setTimeout(() => fail(`does not say ${what.source}`), LIMIT_MS);
      createInterface(output).on("line", (line) => {
        said.push(line);
        if (what.test(line)) resolve();
      });
      child.once("error", reject);
      child.once("exit", () => fail("ended"));
    });
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    clearTimeout(limit);
  }
  return said;
}

/** Ends a program, and lets go of what it said: whom it has started may hold that open for long. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
    await ended;
    clearTimeout(limit);
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}
