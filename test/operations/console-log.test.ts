import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { consoleLine } from "../../src/formats/console-transcript";
import { parseMachineAddress } from "../../src/machine/target";
import type { MachineReport } from "../../src/model";
import type { InventoryReport } from "../../src/model/inventory";
import { checkMachine } from "../../src/operations/check-machine";
import { openStreamingMachine } from "../../src/operations/open-machine";
import { inventoryMachine } from "../../src/operations/take-inventory";
import { NO_SERVICES, temporaryFolder } from "../ssh/sshd";

const never = new AbortController().signal;
const RUN = "0123456789ab";

const LINUX = `SeaBIOS (version 1.16.2)\r
\u001b[2J[    0.000000] Linux version 6.1.0-37-cloud-amd64 (debian-kernel@lists.debian.org) #1 SMP\r
[    0.480021] random: crng init done\r
[    1.201000] bcm2835-rng 3f104000.rng: hwrng registered\r
[  OK  ] Started \u001b[0;1;39mrng-tools-debian.service\u001b[0m.\r
Debian GNU/Linux 12 probe ttyS0\r
`;

function rngtest(failures: number, prefix = ""): string {
  const tests = ["Monobit", "Poker", "Runs", "Long run", "Continuous run"];
  return [
    "rngtest 5",
    "rngtest: starting FIPS tests...",
    "rngtest: bits received from input: 20000032",
    `rngtest: FIPS 140-2 successes: ${1000 - failures}`,
    `rngtest: FIPS 140-2 failures: ${failures}`,
    ...tests.map((test, i) => `rngtest: FIPS 140-2(2001-10-10) ${test}: ${i === 1 ? failures : 0}`),
  ]
    .map((line) => `${prefix}${line}\n`)
    .join("");
}

/** What a probe's script says: of each command, its lines and its exit code. */
function probe(said: Readonly<Record<string, string>>, run = RUN): string {
  let number = 0;
  const line = (section: string, text: string): string => consoleLine(run, ++number, section, text);
  const lines = Object.entries(said).flatMap(([name, text]) => {
    const out = text === "" ? [] : text.trimEnd().split("\n");
    return [...out.map((words) => line(`${name}>`, words)), line(`${name}=`, `0 ${out.length} 0`)];
  });
  return lines.map((words) => `[   23.5] cloud-init[526]: ${words}\n`).join("");
}

const HEALTHY = {
  kernel: "Linux 6.1.0-37-amd64",
  hwrng: "current virtio_rng.0\navailable virtio_rng.0\n",
  readHwrng: "16",
  entropyAvail: "256",
  findRngtest: "/usr/bin/rngtest",
  rngtest: rngtest(0),
  rngd: "visible\nprocess 411 /usr/sbin/rngd -r /dev/hwrng\n",
};

describe("the log of a serial console as a machine", () => {
  const folder = temporaryFolder();
  const file = join(folder.path, "console.log");
  const target = parseMachineAddress(`console:${file}`);
  after(() => folder.remove());

  async function check(log: string): Promise<MachineReport> {
    writeFileSync(file, log);
    for await (const event of checkMachine(target, NO_SERVICES, never))
      if (event.type === "report") return event.report;
    return assert.fail("no report came");
  }

  async function inventory(log: string): Promise<InventoryReport["inventory"]> {
    writeFileSync(file, log);
    const events = inventoryMachine(target, NO_SERVICES, never);
    for (;;) {
      const step = await events.next();
      if (step.done === true) return step.value.inventory;
    }
  }

  const verdicts = ({ findings }: MachineReport): readonly string[] => findings.map(({ verdict }) => verdict);
  const OPEN = ["inconclusive", "inconclusive", "inconclusive"];

  it("is named by its file", () => {
    assert.deepEqual(target, { kind: "console", name: "console.log", file });
  });

  it("tells of a boot which kernel it is, and leaves open whatever it does not say", async () => {
    const report = await check(LINUX);
    assert.equal(report.source.address, `console:${file}`);
    const { kernel, hwrng } = report.observations;
    assert.deepEqual([kernel.status, report.verdict], ["measured", "inconclusive"]);
    assert.ok(kernel.status === "measured" && kernel.value === "Linux 6.1.0-37-cloud-amd64");
    // a service that was started may have ended since
    assert.deepEqual(verdicts(report), OPEN);
    assert.ok(hwrng.status === "unmeasured");
    assert.match(hwrng.reason, /It has: "\[ +1\.201000\] bcm2835-rng 3f104000\.rng: hwrng registered"/);
  });

  it("tells when the kernel's generator was seeded, if it says so", async () => {
    const seeded = await inventory(LINUX);
    assert.ok(seeded.crngInit.status === "measured");
    assert.equal(seeded.crngInit.value.seconds, 0.480021);
    assert.equal(seeded.bootTest?.status, "unmeasured");
    const silent = await inventory(LINUX.replace("crng init done", "fast init done"));
    assert.equal(silent.crngInit.status, "unmeasured");
    for (const fact of [silent.processor, silent.virtioRng, silent.jitterEntropy, silent.rngd, silent.entropyAvail])
      assert.equal(fact.status, "unmeasured");
  });

  it("passes by what a probe's script said on it", async () => {
    const report = await check(LINUX + probe(HEALTHY));
    assert.deepEqual([report.verdict, ...verdicts(report)], ["pass", "pass", "pass", "pass"]);
  });

  it("counts the last probe alone, also where that said less", async () => {
    const report = await check(LINUX + probe(HEALTHY) + probe({ kernel: HEALTHY.kernel, entropyAvail: "12" }, "beef"));
    assert.deepEqual(verdicts(report), ["inconclusive", "fail", "inconclusive"]);
  });

  it("does not take a probe's lines that are cut, or not what was sent", async () => {
    const lines = probe(HEALTHY).split("\n");
    const cut = lines.filter((line) => !line.includes("entropyAvail>")).join("\n");
    assert.deepEqual(verdicts(await check(cut)), ["pass", "inconclusive", "pass"]);
    const changed = probe({ ...HEALTHY, entropyAvail: "12" }).replace("entropyAvail> 12", "entropyAvail> 256");
    assert.deepEqual(verdicts(await check(changed)), ["pass", "inconclusive", "pass"]);
  });

  it("judges rngtest's statistics, whole ones alone", async () => {
    const prefix = "[   42.0] rc.local[77]: ";
    assert.deepEqual(verdicts(await check(LINUX + rngtest(0, prefix))), ["inconclusive", "inconclusive", "pass"]);
    assert.deepEqual(verdicts(await check(LINUX + rngtest(40))), ["inconclusive", "inconclusive", "fail"]);
    const cut = rngtest(2).split("\n").slice(0, 6).join("\n");
    assert.deepEqual(verdicts(await check(LINUX + cut)), OPEN);
    const few = rngtest(0).replace("successes: 1000", "successes: 39");
    assert.deepEqual(verdicts(await check(LINUX + few)), OPEN);
  });

  it("of Zircon says what its kernel said of its entropy test, and is not judged as Linux", async () => {
    const log =
      "[00000.000] 00000.00000> welcome to Zircon\n" +
      "[00000.100] 00000.00000> entropy-boot-test: only recording 131072 bytes (try defining ENTROPY_COLLECTOR_TEST_MAXLEN)\n" +
      "[00000.200] 00000.00000> entropy-boot-test: successful draw in 51000000 nanoseconds.\n";
    assert.deepEqual(verdicts(await check(log)), OPEN);
    const { kernel, bootTest } = await inventory(log);
    assert.ok(kernel.status === "measured" && kernel.value === "Zircon");
    assert.ok(bootTest?.status === "measured");
    assert.deepEqual(bootTest.value, [
      "recorded 131,072 bytes only, for want of room",
      "drew what was asked for in 51,000,000 ns",
    ]);
  });

  it("never passes by anything else, whatever is in it", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\n",
        "Linux version 6 ",
        "rngd",
        "256",
        "entropy_avail: 256\n",
        `entropy-check:${RUN} hello`,
        "rngtest: ",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) =>
        assert.deepEqual(verdicts(await check(pieces.join(""))), OPEN),
      ),
      { numRuns: 50 },
    );
  });

  it("reads in a moment a log that is one long line of times, of which none is the generator's", async () => {
    const line = "[    1.000000] ".repeat(100_000);
    assert.deepEqual(verdicts(await check(`Linux version 6 \n${line}`)), OPEN);
  });

  it("gives no samples, and has to be there", async () => {
    await assert.rejects(openStreamingMachine(target, NO_SERVICES, never), { code: "machine-log-no-samples" });
    const nowhere = parseMachineAddress(`console:${join(folder.path, "none")}`);
    const events = checkMachine(nowhere, NO_SERVICES, never);
    await events.next();
    await assert.rejects(events.next(), { code: "machine-log-unreadable" });
  });
});
