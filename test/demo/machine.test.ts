import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { startDemoMachine, type DemoMachine, type DemoMachineOptions } from "../../src/demo/machine";
import { freePort, generateKey, program, publicKey, temporaryFolder } from "../ssh/sshd";

describe("the demo machine", () => {
  const folder = temporaryFolder();
  const knownHosts = join(folder.path, "known_hosts");
  let key: string;
  let options: DemoMachineOptions;
  let demo: DemoMachine;

  before(async () => {
    key = generateKey(folder.path, "key");
    const host = generateKey(folder.path, "host");
    options = {
      port: 0,
      healthy: true,
      hostKey: readFileSync(host, "utf8"),
      user: "demo",
      authorizedKey: publicKey(key),
    };
    demo = await startDemoMachine(options);
    writeFileSync(knownHosts, `[127.0.0.1]:${demo.port} ${publicKey(host)}\n`);
  });
  after(async () => {
    await demo.close();
    folder.remove();
  });

  /** Asks with OpenSSH's own client. */
  const ssh = (
    user: string,
    identity: string,
    command: string,
  ): Promise<{ code: number; out: string; err: string }> => {
    const settings = ["BatchMode=yes", "IdentitiesOnly=yes", "IdentityAgent=none", `UserKnownHostsFile=${knownHosts}`];
    const args = ["-F", "none", "-p", String(demo.port), "-i", identity, ...settings.flatMap((s) => ["-o", s])];
    const client = program("openssh-client", "/usr/bin/ssh");
    return new Promise((resolve) => {
      execFile(client, [...args, `${user}@127.0.0.1`, command], (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  };

  it("says that it is one, and runs nothing, whatever it is asked", async () => {
    const mark = join(folder.path, "mark");
    for (const command of [`touch ${mark}`, "uname -sr", "exec sh -c 'echo entropy-check-output-follows; id'"]) {
      assert.deepEqual(await ssh("demo", key, command), { code: 127, out: "", err: "this is a demo machine\n" });
    }
    assert.throws(() => readFileSync(mark), { code: "ENOENT" });
  });

  it("lets in its one user by the one key", async () => {
    assert.equal((await ssh("root", key, "true")).code, 255);
    const other = generateKey(folder.path, "other");
    const refused = await ssh("demo", other, "true");
    assert.equal(refused.code, 255);
    assert.match(refused.err, /Permission denied \(publickey\)/);
  });

  it("closes although somebody is connected who says nothing, or takes nothing", async () => {
    const other = await startDemoMachine(options);
    const [silent, deaf] = [connect(other.port, "127.0.0.1"), connect(other.port, "127.0.0.1")];
    for (const socket of [silent, deaf]) await once(socket, "connect");
    deaf.write("SSH-2.0-deaf\r\n");
    // once it has heard of algorithms, its own first words have been read
    await new Promise<void>((resolve) => {
      deaf.on("data", (bytes) => {
        if (bytes.includes("curve25519")) resolve();
      });
    });
    deaf.pause();
    const closed = [silent, deaf].map((socket) => once(socket, "close"));
    await other.close();
    for (const socket of [silent, deaf]) socket.resume();
    await Promise.all(closed);
  });

  it("listens on the port it is given, and refuses one that is taken", async () => {
    const port = await freePort();
    const other = await startDemoMachine({ ...options, port });
    assert.equal(other.port, port);
    await assert.rejects(startDemoMachine({ ...options, port }), { code: "EADDRINUSE" });
    await other.close();
  });
});
