import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { parseMeta } from "../../src/formats/meta";
import { parseSampleFormat } from "../../src/formats/sample-format";
import type { MachineServices } from "../../src/machine/services";
import { parseMachineAddress } from "../../src/machine/target";
import type { CollectionReport } from "../../src/model/collection";
import { collectSamples, type CollectEvent, type CollectRequest } from "../../src/operations/collect-samples";
import { HEALTH_TEST_DEFAULTS } from "../../src/sp800-90b/health-tests";
import { until } from "../until";
import { generateKey, NO_SERVICES, publicKey, startSshd, temporaryFolder, type Sshd } from "../ssh/sshd";

const never = new AbortController().signal;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Hands connections on to a port, and cuts each of the first few after so many bytes from there. */
async function startCuttingProxy(to: number, cuts: number[]): Promise<Server> {
  const proxy = createServer((client) => {
    const server = connect(to, "127.0.0.1");
    let left = cuts.shift() ?? Infinity;
    client.pipe(server);
    server.on("data", (chunk: Buffer) => {
      client.write(chunk);
      left -= chunk.length;
      if (left <= 0) server.destroy();
    });
    for (const socket of [client, server])
      socket.on("error", () => undefined).on("close", () => [client, server].forEach((s) => s.destroy()));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return proxy;
}

/** The folders of captures whose source has said something. */
function captureFolders(said: string): readonly string[] {
  return readdirSync("/tmp")
    .filter((name) => /^entropy-check-[0-9a-f]{32}$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(join("/tmp", name, "errors"), "utf8").includes(said);
      } catch {
        // another's, and gone by now
        return false;
      }
    });
}

describe("a collection of samples", () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder.path, name);
  const target = parseMachineAddress("local");
  const data = randomBytes(3_000_000);
  let made = 0;
  const newFile = (): string => path(`out-${made++}.bin`);
  const wanted = (more: Partial<CollectRequest>): CollectRequest => ({
    target,
    source: { kind: "urandom" },
    count: 10_000,
    format: null,
    bits: 8,
    claim: null,
    file: newFile(),
    resume: false,
    ...more,
  });
  const command = (text: string): CollectRequest["source"] => ({ kind: "command", command: text });

  before(() => {
    mkdirSync(path("there"));
    writeFileSync(path("there/data"), data);
  });
  after(() => folder.remove());

  async function collect(
    request: CollectRequest,
    services: MachineServices = NO_SERVICES,
    signal = never,
    hear: (event: CollectEvent) => void = () => undefined,
  ): Promise<CollectionReport> {
    let report: CollectionReport | null = null;
    for await (const event of collectSamples(request, services, signal)) {
      hear(event);
      if (event.type === "report") report = event.report;
    }
    return report ?? assert.fail("no report came");
  }

  const refused =
    (code: string, message = /./) =>
    (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    };

  describe("on this machine", () => {
    it("is written with a .meta file as run-boot-test writes one, and ours after it", async () => {
      const request = wanted({ source: { kind: "file", path: path("there/data") }, count: 100_000 });
      const report = await collect(request);
      assert.ok(readFileSync(request.file).equals(data.subarray(0, 100_000)));
      assert.equal(report.metaFile, request.file.replace(/bin$/, "meta"));
      const text = readFileSync(report.metaFile, "utf8");
      const keys = ["entropy-test", "date", "buildid", "arch", "source", "len", "cmdline"];
      const meta = parseMeta(text);
      assert.deepEqual([...meta.keys()].slice(0, 7), keys);
      assert.match(text, /^entropy-test collect\ndate {9}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\nbuildid {6}\S/);
      assert.equal(meta.get("len"), "100000");
      assert.equal(meta.get("sha256"), sha256(data.subarray(0, 100_000)));
      assert.equal(meta.get("sha256-there"), meta.get("sha256"));
      assert.deepEqual(
        [report.samples, report.bytes, report.short, report.segments.length],
        [100_000, 100_000, null, 1],
      );
      assert.ok(!existsSync(`${request.file}.unfinished`));
    });

    it("is tested while it comes, and the last word is of all samples", async () => {
      const claim = { ...HEALTH_TEST_DEFAULTS, minEntropy: 7, binary: false };
      const seen: number[] = [];
      const report = await collect(wanted({ count: 1_000_000, claim }), NO_SERVICES, never, (event) => {
        if (event.type === "running") seen.push(event.running.samples);
      });
      assert.ok(seen.length > 0);
      assert.equal(seen.at(-1), 1_000_000);
      assert.ok((report.running.mostCommonValue ?? 0) > 7.5);
      assert.ok((report.running.collision ?? 0) > 0.8);
      assert.equal(report.running.healthTests?.samples, 1_000_000);
    });

    it("takes a command of the user's as it stands, whatever characters are in it", async () => {
      const text = `printf '%s|' "it's" '!$HOME\\n' "$((6*7))"; # a 'comment'\necho "zwei\tZeilen ü"`;
      const request = wanted({ source: command(text), count: 1000 });
      const report = await collect(request);
      assert.equal(readFileSync(request.file, "utf8"), `it's|!$HOME\\n|42|zwei\tZeilen ü\n`);
      assert.match(report.short ?? "", /exit code 0/);
    });

    it("counts lines, and of timestamps one more than samples", async () => {
      const lines = wanted({ source: command("seq 1000000"), count: 1500, format: parseSampleFormat("decimal") });
      assert.equal((await collect(lines)).samples, 1500);
      assert.equal(readFileSync(lines.file, "utf8").split("\n").length, 1501);
      const clock = wanted({ count: 1500, format: parseSampleFormat("u32le-timestamps") });
      const report = await collect(clock);
      assert.deepEqual([report.samples, report.bytes], [1500, 4 * 1501]);
    });

    it("does not wait for a source that goes on after the last sample", async () => {
      const request = wanted({ source: command("head -c 2000 /dev/urandom; sleep 100000"), count: 2000 });
      assert.equal((await collect(request)).samples, 2000);
    });

    it("that comes short is told so and kept, without a .meta file", async () => {
      const request = wanted({ source: command("head -c 700 /dev/zero; echo no more >&2; exit 4") });
      const report = await collect(request);
      assert.deepEqual([report.samples, report.metaFile], [700, null]);
      assert.match(report.short ?? "", /exit code 4: no more/);
      assert.equal(statSync(request.file).size, 700);
      assert.ok(existsSync(`${request.file}.unfinished`));
      assert.ok(!existsSync(request.file.replace(/bin$/, "meta")));
    });

    it("of a source that gives nothing leaves no file", async () => {
      const request = wanted({ source: command("echo no such device >&2; exit 1") });
      await assert.rejects(collect(request), refused("collect-nothing", /exit code 1: no such device/));
      assert.ok(!existsSync(request.file) && !existsSync(`${request.file}.unfinished`));
    });

    it("never overwrites a file, nor its .meta file", async () => {
      const request = wanted({});
      writeFileSync(request.file, "mine");
      await assert.rejects(collect(request), refused("collect-exists"));
      assert.equal(readFileSync(request.file, "utf8"), "mine");
      const other = wanted({});
      writeFileSync(other.file.replace(/bin$/, "meta"), "mine");
      await assert.rejects(collect(other), refused("collect-exists"));
      assert.ok(!existsSync(other.file));
    });

    it("that is cancelled keeps what came, and goes on when it is resumed", async () => {
      const abort = new AbortController();
      const mark = randomBytes(8).toString("hex");
      const slow = `echo ${mark} >&2; head -c 20000 ${path("there/data")}; sleep 0.4; tail -c +20001 ${path("there/data")}`;
      const request = wanted({ source: command(slow), count: 50_000 });
      const cancelled = collect(request, NO_SERVICES, abort.signal, (event) => {
        if (event.type === "running") abort.abort();
      });
      await assert.rejects(cancelled, { name: "AbortError" });
      assert.deepEqual(captureFolders(mark), [], "something is left on the machine");
      const kept = statSync(request.file).size;
      assert.ok(kept > 0 && kept < 50_000);
      await assert.rejects(collect(request), refused("collect-exists"));
      const report = await collect({ ...request, resume: true });
      assert.ok(readFileSync(request.file).equals(data.subarray(0, 50_000)));
      assert.deepEqual([report.segments.length, report.running.samples], [1, 50_000]);
    });

    it("that is cancelled before anything came leaves no file", async () => {
      const abort = new AbortController();
      const mark = randomBytes(8).toString("hex");
      const request = wanted({ source: command(`echo ${mark} >&2; exec sleep 600`) });
      const cancelled = collect(request, NO_SERVICES, abort.signal);
      await until("the source has said something", () => captureFolders(mark).length > 0, cancelled);
      abort.abort();
      await assert.rejects(cancelled, { name: "AbortError" });
      assert.ok(!existsSync(request.file) && !existsSync(`${request.file}.unfinished`));
    });

    it("is not resumed with another command, nor where there is nothing to resume", async () => {
      const request = wanted({ source: command("head -c 10 /dev/zero") });
      await collect(request);
      const other = { ...request, source: command("head -c 20 /dev/zero"), resume: true };
      await assert.rejects(collect(other), refused("collect-not-resumable", /another command: head -c 10/));
      await assert.rejects(
        collect(wanted({ resume: true })),
        refused("collect-not-resumable", /no journal beside it, so that it is finished/),
      );
    });

    it("that does not give the same bytes again goes on with a new segment, at a whole sample", async () => {
      const request = wanted({
        source: command("head -c 4099 /dev/urandom"),
        count: 3000,
        format: parseSampleFormat("u16le"),
      });
      await collect(request);
      const messages: string[] = [];
      const report = await collect({ ...request, resume: true }, NO_SERVICES, never, (event) => {
        if (event.type === "progress") messages.push(event.message);
      });
      assert.match(messages.join("\n"), /a new segment begins after 4,098 bytes/);
      assert.deepEqual(
        report.segments.map(({ start, bytes }) => [start, bytes]),
        [
          [0, 4098],
          [4098, 1902],
        ],
      );
      const meta = parseMeta(readFileSync(report.metaFile ?? "", "utf8"));
      assert.equal(meta.get("segments"), "0 4098");
    });
  });

  describe("over SSH", () => {
    let key: string;
    let hostKey: string;
    let sshd: Sshd;
    let proxy: Server | undefined;

    before(async () => {
      key = generateKey(folder.path, "key");
      hostKey = generateKey(folder.path, "host");
      sshd = await startSshd(folder.path, { hostKeys: [hostKey], authorizedKeys: [publicKey(key)] });
    });
    after(() => sshd.stop());
    afterEach(() => proxy?.close());

    const through = async (
      cuts: number[],
      to = sshd.port,
    ): Promise<{ readonly target: CollectRequest["target"]; readonly services: MachineServices }> => {
      proxy = await startCuttingProxy(to, cuts);
      const { port } = proxy.address() as AddressInfo;
      writeFileSync(path("known_hosts"), `[127.0.0.1]:${port} ${publicKey(hostKey)}\n`);
      return {
        target: parseMachineAddress(`ssh://127.0.0.1:${port}`),
        services: { ...NO_SERVICES, knownHostsFiles: [path("known_hosts")], identityFiles: [key] },
      };
    };

    for (const [what, source] of [
      ["a file", (): CollectRequest["source"] => ({ kind: "file", path: path("there/data") })],
      ["a command", (): CollectRequest["source"] => command(`cat '${path("there/data")}'`)],
    ] as const)
      it(`of ${what} that is cut in the middle, twice, is resumed byte for byte`, async () => {
        const { target: machine, services } = await through([800_000, 700_000]);
        const request = wanted({ target: machine, source: source(), count: data.length });
        const messages: string[] = [];
        const report = await collect(request, services, never, (event) => {
          if (event.type === "progress") messages.push(event.message);
        });
        assert.equal(
          messages.filter((message) => /was lost.*Trying again/.test(message)).length,
          2,
          messages.join("\n"),
        );
        assert.ok(readFileSync(request.file).equals(data));
        assert.deepEqual(report.segments, [
          { start: 0, bytes: data.length, sha256: sha256(data), sha256There: sha256(data) },
        ]);
        assert.equal(report.running.samples, data.length);
      });

    it("of a device that is cut in the middle has two segments, and says so", async () => {
      const { target: machine, services } = await through([800_000]);
      const request = wanted({ target: machine, count: 1_500_000 });
      const report = await collect(request, services);
      assert.equal(report.segments.length, 2);
      assert.equal(report.segments[0].sha256There, null);
      assert.equal(report.segments[1].sha256There, report.segments[1].sha256);
      assert.equal(report.bytes, 1_500_000);
      assert.equal(report.sha256, sha256(readFileSync(request.file)));
    });

    it("that is not what the machine sent is not finished", async () => {
      const session = path("session");
      mkdirSync(path("bin"));
      writeFileSync(path("bin/sha256sum"), `#!/bin/sh\ncat >/dev/null; echo ${"0".repeat(64)}\n`);
      chmodSync(path("bin/sha256sum"), 0o755);
      writeFileSync(session, `PATH=${path("bin")}:$PATH\nexport PATH\neval "$SSH_ORIGINAL_COMMAND"\n`);
      const other = await startSshd(folder.path, {
        hostKeys: [hostKey],
        authorizedKeys: [publicKey(key)],
        more: [`ForceCommand sh ${session}`],
      });
      try {
        const { target: machine, services } = await through([], other.port);
        const request = wanted({ target: machine });
        await assert.rejects(collect(request, services), refused("collect-hash"));
        assert.ok(existsSync(`${request.file}.unfinished`));
      } finally {
        await other.stop();
      }
    });
  });
});
