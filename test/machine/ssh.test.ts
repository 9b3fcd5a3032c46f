import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server, type Connection } from "ssh2";
import { UserError } from "../../src/errors";
import type { RunOptions, StreamingMachine } from "../../src/machine/machine";
import { openSshMachine } from "../../src/machine/ssh";
import { OUTPUT_FOLLOWS } from "../../src/machine/login-shell";
import { generateKey, NO_SERVICES, publicKey, startSshd, temporaryFolder, type Sshd } from "../ssh/sshd";

const options: RunOptions = { signal: new AbortController().signal, maxOutput: 10_000, timeout: 60_000 };
const hasCode = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

describe("a command on a machine over SSH", () => {
  const folder = temporaryFolder();
  const knownHosts = join(folder.path, "known_hosts");
  let key: string;
  let hostKey: string;
  let sshd: Sshd;
  let machine: StreamingMachine;

  const open = (port: number): Promise<StreamingMachine> => {
    writeFileSync(knownHosts, `[127.0.0.1]:${port} ${publicKey(hostKey)}\n`);
    return openSshMachine(
      { kind: "ssh", name: "machine", user: null, host: "127.0.0.1", port },
      { ...NO_SERVICES, knownHostsFiles: [knownHosts], identityFiles: [key] },
      options.signal,
    );
  };

  before(async () => {
    key = generateKey(folder.path, "key");
    hostKey = generateKey(folder.path, "host");
    const authorizedKeys = [publicKey(key)];
    sshd = await startSshd(folder.path, { hostKeys: [hostKey], authorizedKeys });
    machine = await open(sshd.port);
  });
  after(async () => {
    await machine.close();
    await sshd.stop();
    folder.remove();
  });

  it("gives its output, its errors and its exit code", async () => {
    const result = await machine.run("echo out; echo err >&2; exit 7", options);
    assert.deepEqual(
      { ...result, stdout: result.stdout.toString() },
      { stdout: "out\n", stderr: "err\n", exitCode: 7 },
    );
  });

  it("has no exit code when a signal ended it", async () => {
    assert.equal((await machine.run("kill -9 $$", options)).exitCode, null);
  });

  it("is stopped when it writes too much, when its time is up, and when the signal says so", async () => {
    await assert.rejects(machine.run("yes", options), hasCode("machine-too-much-output"));
    await assert.rejects(machine.run("sleep 60", { ...options, timeout: 100 }), hasCode("machine-command-timeout"));
    const abort = new AbortController();
    const run = machine.run("sleep 60", { ...options, signal: abort.signal });
    abort.abort();
    await assert.rejects(run, { name: "AbortError" });
    assert.equal((await machine.run("echo still there", options)).stdout.toString(), "still there\n");
  });

  it("hands on more bytes than a channel holds, unchanged, to a consumer that is slow", async () => {
    const path = join(folder.path, "bytes");
    const bytes = Buffer.from(Uint32Array.from({ length: 1_500_000 }, (_, i) => Math.imul(i, 2654435761)).buffer);
    writeFileSync(path, bytes);
    const received: Uint8Array[] = [];
    for await (const chunk of machine.stream(`cat ${path}`, options.signal)) {
      received.push(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(Buffer.concat(received).equals(bytes));
  });

  it("that fails after its output fails the loop, with what it said", async () => {
    await assert.rejects(
      async () => {
        for await (const chunk of machine.stream("echo some; echo no such device >&2; exit 5", options.signal)) {
          assert.equal(Buffer.from(chunk).toString(), "some\n");
        }
      },
      (error) => hasCode("machine-command-failed")(error) && /exit code 5 .*no such device/.test(String(error)),
    );
  });

  it("is not disturbed by what a login shell's start-up files write", async () => {
    const shell = join(folder.path, "noisy-session");
    writeFileSync(shell, '#!/bin/sh\necho "Welcome!"\nprintf "no line end"\necho\neval "$SSH_ORIGINAL_COMMAND"\n');
    chmodSync(shell, 0o755);
    const noisy = await startSshd(folder.path, {
      hostKeys: [hostKey],
      authorizedKeys: [publicKey(key)],
      more: [`ForceCommand ${shell}`],
    });
    const other = await open(noisy.port);
    try {
      assert.equal((await other.run("echo out", options)).stdout.toString(), "out\n");
    } finally {
      await other.close();
      await noisy.stop();
    }
  });

  it("is no command where the account has no shell", async () => {
    const noShell = await startSshd(folder.path, {
      hostKeys: [hostKey],
      authorizedKeys: [publicKey(key)],
      more: ["ForceCommand echo This account is not available.; exit 1"],
    });
    const other = await open(noShell.port);
    try {
      await assert.rejects(other.run("echo out", options), hasCode("machine-shell-strange"));
    } finally {
      await other.close();
      await noShell.stop();
    }
  });

  describe("is lost with its connection", () => {
    let server: Server;
    let connections: Connection[];
    let port: number;
    before(async () => {
      connections = [];
      server = new Server({ hostKeys: [readFileSync(hostKey)] }, (connection) => {
        connections.push(connection);
        connection.on("error", () => undefined);
        connection.on("authentication", (attempt) => attempt.accept());
        connection.on("session", (accept) => {
          accept().on("exec", (acceptCommand) =>
            acceptCommand().write(Buffer.concat([OUTPUT_FOLLOWS, Buffer.from("x")])),
          );
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      port = typeof address === "object" && address !== null ? address.port : 0;
    });
    after(() => new Promise((resolve) => server.close(resolve)));

    it("in the middle of its output", async () => {
      const other = await open(port);
      await assert.rejects(async () => {
        for await (const chunk of other.stream("never ends", options.signal)) {
          assert.equal(Buffer.from(chunk).toString(), "x");
          for (const connection of connections) connection.end();
        }
      }, hasCode("ssh-disconnected"));
      await assert.rejects(other.run("echo again", options), hasCode("ssh-disconnected"));
      await other.close();
    });
  });
});
