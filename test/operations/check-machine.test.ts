import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startDemoMachine, type DemoMachine } from "../../src/demo/machine";
import type { MachineServices } from "../../src/machine/services";
import { parseMachineAddress } from "../../src/machine/target";
import type { MachineReport, OperationEvent } from "../../src/model";
import { checkMachine } from "../../src/operations/check-machine";
import { content } from "../boot/support";
import { generateKey, NO_SERVICES, program, publicKey, startSshd, temporaryFolder, type Sshd } from "../ssh/sshd";

/** A mount namespace; whoever is not root needs a user namespace first, which containers may not give to root. */
const UNSHARE = process.getuid?.() === 0 ? "unshare -m" : "unshare -rm";

const verdicts = (report: MachineReport): Record<string, string> =>
  Object.fromEntries(report.findings.map((finding) => [finding.rule, finding.verdict]));

async function run(
  address: string,
  services: MachineServices,
  signal = new AbortController().signal,
): Promise<{ readonly report: MachineReport; readonly progress: readonly OperationEvent[] }> {
  const progress: OperationEvent[] = [];
  for await (const event of checkMachine(parseMachineAddress(address), services, signal)) {
    if (event.type === "report") return { report: event.report, progress };
    progress.push(event);
  }
  return assert.fail("no report came");
}

describe("Check Machine", () => {
  const folder = temporaryFolder();
  let key: string;
  let hostKey: string;
  const knownHosts = join(folder.path, "known_hosts");
  let services: MachineServices;

  before(() => {
    key = generateKey(folder.path, "key");
    hostKey = generateKey(folder.path, "host");
    services = { ...NO_SERVICES, knownHostsFiles: [knownHosts], identityFiles: [key] };
  });
  after(() => folder.remove());

  const trust = (port: number): void => writeFileSync(knownHosts, `[127.0.0.1]:${port} ${publicKey(hostKey)}\n`);

  describe("on this machine", () => {
    before(() => program("rng-tools5", "/usr/bin/rngtest", "/usr/sbin/rngtest"));

    it("tells what is true of it", async () => {
      const { report } = await run("local", NO_SERVICES);
      assert.equal(report.kind, "machine");
      assert.deepEqual(report.source, { kind: "machine", name: "this machine", address: "local" });
      // read again, in another way
      const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
      const rngd = processes.some((pid) => content(join("/proc", pid, "comm")).trim() === "rngd");
      const available = Number(readFileSync("/proc/sys/kernel/random/entropy_avail", "utf8"));
      const { observations } = report;
      assert.equal(observations.kernel.status, "measured");
      assert.ok(observations.entropyAvail.status === "measured");
      assert.equal(observations.entropyAvail.value, available);
      assert.ok(observations.fips140.status === "measured");
      assert.equal(observations.fips140.value.judgedBy, "rngtest");
      assert.equal(observations.fips140.value.successes + observations.fips140.value.failures, 1000);
      assert.equal(verdicts(report)["scs-0101-rngd"], rngd ? "pass" : "fail");
      assert.equal(verdicts(report)["scs-0101-entropy-avail"], available === 256 ? "pass" : "fail");
      const finding = report.findings.find((f) => f.rule === "scs-0101-rngd");
      assert.equal(finding?.severity, "error");
      if (!rngd) assert.equal(report.verdict, "fail");
    });

    it("stops when it is told to", async () => {
      const abort = new AbortController();
      const events = checkMachine(parseMachineAddress("local"), NO_SERVICES, abort.signal);
      await events.next();
      abort.abort();
      await assert.rejects(events.next(), { name: "AbortError" });
    });
  });

  describe("over OpenSSH's server", () => {
    let sshd: Sshd;
    before(async () => {
      program("rng-tools5", "/usr/bin/rngtest", "/usr/sbin/rngtest");
      sshd = await startSshd(folder.path, { hostKeys: [hostKey], authorizedKeys: [publicKey(key)] });
      trust(sshd.port);
    });
    after(() => sshd.stop());

    it("measures everything, and says of whom and how", async () => {
      const { report, progress } = await run(`ssh://127.0.0.1:${sshd.port}`, services);
      const address = `ssh://127.0.0.1:${sshd.port}`;
      assert.deepEqual(report.source, { kind: "machine", name: `127.0.0.1:${sshd.port}`, address });
      const { kernel, rngd, entropyAvail, fips140 } = report.observations;
      for (const observation of [kernel, rngd, entropyAvail, fips140]) {
        assert.equal(observation.status, "measured");
        assert.equal(observation.provenance.of, address);
      }
      assert.ok(fips140.status === "measured");
      assert.equal(fips140.value.judgedBy, "rngtest");
      assert.deepEqual(
        progress.map((event) => (event.type === "progress" ? event.message : "")),
        [
          `Connecting to 127.0.0.1:${sshd.port}`,
          "Reading the kernel's version",
          "Looking for rngd",
          "Looking for a random number generator",
          "Reading entropy_avail",
          "Testing /dev/random by FIPS 140-2",
        ],
      );
    });
  });

  describe("over OpenSSH's server, where files are bound over the machine's own", () => {
    let sshd: Sshd;
    before(async () => {
      const entropy = join(folder.path, "entropy_avail");
      writeFileSync(entropy, "3421\n");
      const rngtest = program("rng-tools5", "/usr/bin/rngtest", "/usr/sbin/rngtest");
      const script = join(folder.path, "session");
      writeFileSync(
        script,
        `mount --bind ${entropy} /proc/sys/kernel/random/entropy_avail && mount --bind /dev/null ${rngtest} &&\n` +
          'eval "$SSH_ORIGINAL_COMMAND"\n',
      );
      sshd = await startSshd(folder.path, {
        hostKeys: [hostKey],
        authorizedKeys: [publicKey(key)],
        more: [`ForceCommand exec ${UNSHARE} sh ${script}`],
      });
      trust(sshd.port);
    });
    after(() => sshd.stop());

    it("reports an entropy_avail that is not 256, and judges the bytes itself where rngtest is missing", async () => {
      const { report, progress } = await run(`ssh://127.0.0.1:${sshd.port}`, services);
      const { entropyAvail, fips140 } = report.observations;
      assert.ok(entropyAvail.status === "measured", JSON.stringify(entropyAvail));
      assert.equal(entropyAvail.value, 3421);
      assert.equal(verdicts(report)["scs-0101-entropy-avail"], "fail");
      assert.ok(fips140.status === "measured", JSON.stringify(fips140));
      assert.equal(fips140.value.judgedBy, "entropy-check");
      assert.equal(fips140.value.successes + fips140.value.failures, 1000);
      assert.match(fips140.provenance.asked, /head -c 2500004 .dev.random, judged by Entropy Check/);
      assert.ok(progress.some((e) => e.type === "progress" && /FIPS 140-2: \d+ of 1000 blocks/.test(e.message)));
    });

    it("stops in the middle of the stream when it is told to", async () => {
      const abort = new AbortController();
      const events = checkMachine(parseMachineAddress(`ssh://127.0.0.1:${sshd.port}`), services, abort.signal);
      await assert.rejects(
        async () => {
          for await (const event of events) {
            if (event.type === "progress" && event.message.startsWith("FIPS 140-2:")) abort.abort();
          }
        },
        { name: "AbortError" },
      );
    });

    it("closes the connection when its consumer leaves in the middle", async () => {
      const events = checkMachine(
        parseMachineAddress(`ssh://127.0.0.1:${sshd.port}`),
        services,
        new AbortController().signal,
      );
      for await (const event of events) {
        if (event.type === "progress" && event.message.startsWith("FIPS 140-2:")) break;
      }
      assert.deepEqual(await events.next(), { done: true, value: undefined });
    });
  });

  describe("on the demo's machines", () => {
    let demo: DemoMachine | undefined;
    afterEach(() => demo?.close());

    const start = async (healthy: boolean): Promise<string> => {
      const hostPrivateKey = readFileSync(hostKey, "utf8");
      demo = await startDemoMachine({
        port: 0,
        healthy,
        hostKey: hostPrivateKey,
        user: "demo",
        authorizedKey: publicKey(key),
      });
      trust(demo.port);
      return `ssh://demo@127.0.0.1:${demo.port}`;
    };

    it("passes the healthy one, whose bytes it judges itself", async () => {
      const { report } = await run(await start(true), services);
      const { rngd, entropyAvail, fips140 } = report.observations;
      assert.ok(rngd.status === "measured" && entropyAvail.status === "measured" && fips140.status === "measured");
      assert.deepEqual(rngd.value, {
        running: true,
        process: "412 /usr/sbin/rngd -r /dev/hwrng",
        units: [{ name: "rngd.service", state: "active (running)" }],
      });
      assert.equal(entropyAvail.value, 256);
      assert.equal(fips140.value.judgedBy, "entropy-check");
      // a healthy source exceeds 3 failures in 1 % of runs
      assert.ok(fips140.value.failures < 20);
      assert.equal(verdicts(report)["scs-0101-rngd"], "pass");
      assert.equal(verdicts(report)["scs-0101-entropy-avail"], "pass");
    });

    it("fails the weak one in everything", async () => {
      const { report } = await run(await start(false), services);
      assert.deepEqual(verdicts(report), {
        "scs-0101-rngd": "fail",
        "scs-0101-entropy-avail": "fail",
        "scs-0101-fips-test": "fail",
      });
      assert.equal(report.verdict, "fail");
    });
  });
});
