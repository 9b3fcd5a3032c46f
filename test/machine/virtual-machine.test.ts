import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BootLog } from "../../src/boot/boot-log";
import { findLinux, linuxInitramfs } from "../../src/boot/linux/initramfs";
import { runProgram } from "../../src/boot/program";
import { qemuProgram } from "../../src/boot/qemu";
import { bytesForBlocks } from "../../src/fips140/stream";
import { ConsoleTranscript } from "../../src/formats/console-transcript";
import { FIPS_BLOCKS } from "../../src/machine/commands";
import { consoleMachine } from "../../src/machine/console";
import { observeMachine } from "../../src/machine/live-checks";
import { probeUserData } from "../../src/machine/user-data";
import type { MachineObservations, Observation } from "../../src/model";
import { requireQemu, VIRTIO_RNG } from "../boot/recorder";
import { bootFolder, define, never } from "../boot/support";

const RUN = "0123456789ab";
/** As many as an emulated machine tests in a moment. */
const BLOCKS = 5;

/** What the script asks in a server that a cloud made, it asks here as the only thing that runs. */
const INIT = `#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mkdir /tmp
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in /modules/*; do insmod "$module" 2>/dev/null; done
cat >/probe <<'END OF PROBE'
${probeUserData({ run: RUN, mirror: null }).replaceAll(String(bytesForBlocks(FIPS_BLOCKS)), String(bytesForBlocks(BLOCKS)))}
END OF PROBE
sh /probe >/dev/null 2>&1
poweroff -f
`;

describe("the live checks of a real virtual machine, over its console", () => {
  const folder = bootFolder();
  after(() => folder.remove());

  const observe = async (linux: string, devices: readonly string[]): Promise<MachineObservations> => {
    const files = await findLinux(linux);
    const initrd = join(folder.path, "probe.cpio.gz");
    writeFileSync(initrd, await linuxInitramfs(files, INIT));
    const definition = define(
      folder.path,
      `arch: x86\nsource: none\nboot: { method: qemu, linux: "${linux}", memory: 256 }\n`,
    );
    assert.ok(definition.boot.method === "qemu");
    const machine = { kernel: files.kernel, initrd };
    const log = new BootLog();
    const program = qemuProgram(definition, definition.boot, machine, "console=ttyS0 quiet panic=-1", devices);
    assert.equal(await runProgram(program, never, (bytes) => log.add(bytes)), null);
    log.end();
    const transcript = new ConsoleTranscript(RUN);
    transcript.read(log.text);
    assert.equal(transcript.missing, 0, log.text);
    const events = observeMachine(consoleMachine("vm", "console", transcript), never);
    for (;;) {
      const event = await events.next();
      if (event.done === true) return event.value;
    }
  };

  function value<T>(observation: Observation<T>): T {
    assert.ok(observation.status === "measured", JSON.stringify(observation));
    return observation.value;
  }

  it("find virtio-rng at work where the machine has it", async function () {
    const seen = await observe(await requireQemu(this), VIRTIO_RNG);
    const hwrng = value(seen.hwrng);
    assert.deepEqual(hwrng, {
      current: "virtio_rng.0",
      available: ["virtio_rng.0"],
      givesBytes: true,
      // newer QEMUs emulate rdseed, too
      instructions: ["rdrand"].concat(hwrng.instructions.includes("rdseed") ? "rdseed" : []),
    });
    assert.equal(value(seen.entropyAvail), 256);
    assert.match(value(seen.kernel), /^Linux 6\.\S+-cloud-amd64$/);
    assert.deepEqual(value(seen.rngd), { running: false, process: null, units: [] });
  });

  it("find none where it has none", async function () {
    const hwrng = value((await observe(await requireQemu(this), [])).hwrng);
    assert.deepEqual([hwrng.current, hwrng.available, hwrng.givesBytes], ["none", [], false]);
  });
});
