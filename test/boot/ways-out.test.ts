import assert from "node:assert/strict";
import { userInfo } from "node:os";
import { join } from "node:path";
import { statSync, writeFileSync } from "node:fs";
import { runFiles } from "../../src/boot/run-folder";
import { openWay, scpProgram, type WayContext } from "../../src/boot/ways-out";
import { UserError } from "../../src/errors";
import { generateKey, publicKey, startSshd, type Sshd } from "../ssh/sshd";
import { bootFolder, bootOnceFor, content, define, never, script } from "./support";

describe("a way for the data out of a machine", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  let context: WayContext;
  beforeEach(() => {
    folder = bootFolder();
    context = { run: runFiles(folder.path, 0), length: 600, nodename: "n" };
  });
  afterEach(() => folder.remove());

  it("by a virtio-serial port is whole once it has the length", async () => {
    const way = await openWay({ way: "virtio-serial" }, context);
    assert.deepEqual(way.qemuArguments, [
      ...["-device", "virtio-serial-pci", "-chardev", `file,id=entropy,path=${context.run.bin}`],
      ...["-device", "virtserialport,chardev=entropy,name=entropy.bin"],
    ]);
    assert.equal(await way.arrived(never), false);
    writeFileSync(context.run.bin, new Uint8Array(600));
    assert.equal(await way.arrived(never), true);
  });

  it("by a disk has whole sectors until the machine has ended, and the length then", async () => {
    const way = await openWay({ way: "disk" }, context);
    assert.deepEqual(way.qemuArguments, [
      ...["-drive", `if=none,id=entropy,format=raw,file=${context.run.bin}`],
      ...["-device", "virtio-blk-pci,drive=entropy,serial=entropy.bin"],
    ]);
    assert.equal(statSync(context.run.bin).size, 1024);
    assert.equal(await way.arrived(never), false);
    await way.settle();
    assert.equal(statSync(context.run.bin).size, 600);
    const nowhere = { ...context, run: runFiles(join(folder.path, "no"), 0) };
    await assert.rejects(openWay({ way: "disk" }, nowhere), UserError);
  });

  it("by a shared folder is copied from there, and the folder is removed", async () => {
    const way = await openWay({ way: "folder" }, context);
    const shared = /^local,path=(.*),mount_tag=entropy,security_model=mapped-xattr$/.exec(way.qemuArguments[1])?.[1];
    assert.ok(shared !== undefined);
    assert.equal(await way.arrived(never), false);
    writeFileSync(join(shared, "entropy.bin"), "x".repeat(600));
    assert.equal(await way.arrived(never), true);
    await way.settle();
    assert.equal(content(context.run.bin), "x".repeat(600));
    await way.close();
    assert.throws(() => statSync(shared), /ENOENT/);
  });

  it("by scp never asks, and takes a host for nothing but a host", () => {
    const { program, args } = scpProgram(
      { way: "scp", host: "lab", port: 2222, path: "/tmp/a b", identity: "/k", knownHosts: "/h 100%" },
      context,
    );
    assert.deepEqual(
      [program, ...args],
      [
        ...["scp", "-s", "-B", "-q", "-o", "ConnectTimeout=5", "-P", "2222", "-i", "/k", "-o", "IdentitiesOnly=yes"],
        ...["-o", 'UserKnownHostsFile="/h 100%%"', "--", "lab:/tmp/a b", context.run.bin],
      ],
    );
  });
});

describe("the way by scp, of a real sshd", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  let sshd: Sshd;
  before(async () => {
    folder = bootFolder();
    const hostKey = generateKey(folder.path, "host");
    const clientKey = generateKey(folder.path, "client");
    sshd = await startSshd(folder.path, {
      hostKeys: [hostKey],
      authorizedKeys: [publicKey(clientKey)],
      more: ["Subsystem sftp internal-sftp"],
    });
    writeFileSync(join(folder.path, "hosts 100%"), `[127.0.0.1]:${sshd.port} ${publicKey(hostKey)}\n`);
    writeFileSync(join(folder.path, "no-hosts"), "");
  });
  after(async () => {
    await sshd.stop();
    folder.remove();
  });

  /** A machine that writes its data after a while, and goes on running. */
  const machine = (knownHosts: string, more: string) => {
    const data = join(folder.path, "$(data) here");
    script(join(folder.path, "boot.sh"), `echo up; sleep 1; printf 12345 >"$DATA"; exec sleep 1000`);
    script(join(folder.path, "start.sh"), `DATA='${data}' exec "${folder.path}/boot.sh"`);
    return define(
      folder.path,
      `arch: x86
source: hw_rng
length: 5
boot: { method: command, command: [./start.sh] }
export:
  way: scp
  host: ${userInfo().username}@127.0.0.1
  port: ${sshd.port}
  path: ${JSON.stringify(data)}
  identity: client
  knownHosts: ${knownHosts}
${more}`,
    );
  };

  it("fetches once the file is there and whole, whatever its name holds", async () => {
    const { data, log, meta } = await bootOnceFor(machine('"hosts 100%"', ""));
    assert.equal(data, "12345");
    assert.equal(log, "up\n");
    assert.match(meta, /^entropy-test command\n/);
  });

  it("fetches nothing from a host whose key is not known", async () => {
    await assert.rejects(bootOnceFor(machine("no-hosts", "timeout: 6\n"), { number: 1 }), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /ended with "scp: /);
      return true;
    });
    assert.equal(content(runFiles(join(folder.path, "runs"), 1).bin), "");
  });
});
