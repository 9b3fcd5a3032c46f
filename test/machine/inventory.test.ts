import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeInventory } from "../../src/machine/inventory";
import { openLocalMachine } from "../../src/machine/local";
import type { Machine } from "../../src/machine/machine";
import { openSshMachine } from "../../src/machine/ssh";
import type { Observation } from "../../src/model";
import type { Inventory } from "../../src/model/inventory";
import { generateKey, NO_SERVICES, program, publicKey, startSshd, temporaryFolder, type Sshd } from "../ssh/sshd";

const never = new AbortController().signal;
const UNSHARE = process.getuid?.() === 0 ? "unshare -m" : "unshare -rm";

async function inventory(machine: Machine): Promise<Inventory> {
  const events = takeInventory(machine, never);
  for (;;) {
    const step = await events.next();
    if (step.done === true) return step.value;
  }
}

function value<T>(observation: Observation<T>): T {
  if (observation.status === "unmeasured") return assert.fail(observation.reason);
  return observation.value;
}

describe("the inventory of a machine's randomness", () => {
  it("tells of this machine what is true of it", async () => {
    const found = await inventory(openLocalMachine({ kind: "local", name: "this machine" }));
    // read again, in another way
    const cpuinfo = readFileSync("/proc/cpuinfo", "utf8");
    const features = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuinfo)?.[1].split(" ") ?? [];
    assert.deepEqual(
      value(found.processor).instructions,
      ["rdrand", "rdseed", "rng"].filter((name) => features.includes(name)),
    );
    assert.equal(value(found.entropyAvail), Number(readFileSync("/proc/sys/kernel/random/entropy_avail", "utf8")));
    assert.match(value(found.kernel), /^Linux /);
    const crypto = existsSync("/proc/crypto") ? readFileSync("/proc/crypto", "utf8") : "";
    assert.equal(value(found.jitterEntropy).inKernel, crypto.includes("jitterentropy"));
    for (const { provenance } of [found.kernel, found.processor, found.hwrng, found.virtioRng, found.crngInit])
      assert.equal(provenance.of, "local");
  });

  describe("over SSH", () => {
    const folder = temporaryFolder();
    const path = (name: string): string => join(folder.path, name);
    let sshd: Sshd;
    let machine: Machine;
    /** What the machine says, by the file that says it; the session sees these in place of its own. */
    const pretend = (files: Readonly<Record<string, string>>): void => {
      const mounts = Object.entries(files).map(([target, text], i) => {
        writeFileSync(path(`file-${i}`), text);
        chmodSync(path(`file-${i}`), text.startsWith("#!") ? 0o755 : 0o644);
        return `mount --bind ${path(`file-${i}`)} ${target} &&`;
      });
      writeFileSync(path("session"), `${mounts.join("\n")}\neval "$SSH_ORIGINAL_COMMAND"\n`);
    };
    const dmesg = program("util-linux", "/usr/bin/dmesg", "/bin/dmesg");

    before(async () => {
      const key = generateKey(folder.path, "key");
      const hostKey = generateKey(folder.path, "host");
      sshd = await startSshd(folder.path, {
        hostKeys: [hostKey],
        authorizedKeys: [publicKey(key)],
        more: [`ForceCommand exec ${UNSHARE} sh ${path("session")}`],
      });
      writeFileSync(path("known_hosts"), `[127.0.0.1]:${sshd.port} ${publicKey(hostKey)}\n`);
      machine = await openSshMachine(
        { kind: "ssh", name: "machine", user: null, host: "127.0.0.1", port: sshd.port },
        { ...NO_SERVICES, knownHostsFiles: [path("known_hosts")], identityFiles: [key] },
        never,
      );
    });
    after(async () => {
      await machine.close();
      await sshd.stop();
      folder.remove();
    });

    it("reads an arm64 processor, the kernel's jitter, and when the generator was seeded", async () => {
      pretend({
        "/proc/cpuinfo": "processor\t: 0\nFeatures\t: fp asimd rng sb\n",
        "/proc/crypto": "name : jitterentropy_rng\n",
        [dmesg]: '#!/bin/sh\necho "[    0.000000] Linux version 6.1"\necho "[    2.417031] random: crng init done"\n',
      });
      const found = await inventory(machine);
      assert.deepEqual(value(found.processor), { instructions: ["rng"], virtual: null });
      assert.equal(value(found.jitterEntropy).inKernel, true);
      assert.deepEqual(value(found.crngInit), { seconds: 2.417031 });
      assert.ok(found.crngInit.status === "measured");
      assert.equal(found.crngInit.raw, "[ 2.417031] random: crng init done");
    });

    it("reads what an old kernel says of a trusted processor", async () => {
      pretend({ [dmesg]: '#!/bin/sh\necho "[    0.5] random: crng done (trusting CPU\'s random seed)"\n' });
      assert.deepEqual(value((await inventory(machine)).crngInit), { seconds: 0.5 });
    });

    it("tells what it cannot read, with what to do about it", async () => {
      pretend({ "/proc/cpuinfo": "", [dmesg]: "#!/bin/sh\nexit 1\n" });
      const { processor, crngInit } = await inventory(machine);
      assert.ok(processor.status === "unmeasured" && crngInit.status === "unmeasured");
      assert.match(processor.reason, /does not tell/);
      // a journal, where the machine has one, may be empty for its own reasons
      assert.match(crngInit.reason, /may not read the kernel's log|no longer holds/);
      assert.ok(crngInit.remedy !== "");
    });

    it("says so when the log no longer goes back to the beginning", async () => {
      pretend({ [dmesg]: '#!/bin/sh\necho "[ 900.5] usb 1-1: new device"\n' });
      const { crngInit } = await inventory(machine);
      assert.ok(crngInit.status === "unmeasured");
      assert.match(crngInit.reason, /no longer holds/);
    });
  });
});
