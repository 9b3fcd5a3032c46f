import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { parseMeta } from "../../src/formats/meta";
import { parseSampleFormat } from "../../src/formats/sample-format";
import type { MachineServices } from "../../src/machine/services";
import { parseMachineAddress } from "../../src/machine/target";
import type { RestartCollectionReport } from "../../src/model/restart-collection";
import { collectRestarts, type CollectRestartsRequest } from "../../src/operations/collect-restarts";
import { generateKey, NO_SERVICES, publicKey, startSshd, temporaryFolder } from "../ssh/sshd";

const never = new AbortController().signal;
const UNSHARE = process.getuid?.() === 0 ? "unshare -m" : "unshare -rm";

describe("a collection of restarts", () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder.path, name);
  let made = 0;
  /** A command that writes its number, again and again; it counts its own starts. */
  const counting = (counter: string): string =>
    `n=$(cat ${path(counter)}); n=$((n+1)); echo $n > ${path(counter)}; yes "$n" | tr -d "\\n"`;
  const wanted = (command: string, more: Partial<CollectRestartsRequest> = {}): CollectRestartsRequest => ({
    target: parseMachineAddress("local"),
    method: { kind: "process" },
    source: { kind: "command", command },
    restarts: 9,
    samplesPerRestart: 20,
    format: null,
    path: path(`out-${made++}.bin`),
    resume: false,
    ...more,
  });
  const newCounter = (): string => {
    const name = `counter-${made++}`;
    writeFileSync(path(name), "0\n");
    return name;
  };
  after(() => folder.remove());

  async function collect(
    request: CollectRestartsRequest,
    services: MachineServices = NO_SERVICES,
    signal = never,
    hear: (message: string) => void = () => undefined,
  ): Promise<RestartCollectionReport> {
    const events = collectRestarts(request, services, signal);
    for (;;) {
      const step = await events.next();
      if (step.done === true) return step.value;
      hear(step.value.message);
    }
  }

  const refused =
    (code: string, message = /./) =>
    (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    };
  const rows = (numbers: readonly number[]): string => numbers.map((n) => String(n).repeat(20)).join("");
  const oneTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

  it("is a matrix in a file, a row a restart, with a .meta file", async () => {
    const request = wanted(counting(newCounter()));
    const messages: string[] = [];
    const report = await collect(request, NO_SERVICES, never, (message) => messages.push(message));
    assert.equal(readFileSync(request.path, "latin1"), rows(oneTo(9)));
    assert.ok(messages.includes("9 of 9 restarts"), messages.join("\n"));
    const meta = parseMeta(readFileSync(report.metaFile, "utf8"));
    assert.deepEqual([...meta.keys()].slice(0, 7), [
      "entropy-test",
      "date",
      "buildid",
      "arch",
      "source",
      "len",
      "cmdline",
    ]);
    assert.deepEqual([meta.get("restarts"), meta.get("samples-per-restart")], ["9", "20"]);
    assert.ok(!existsSync(`${request.path}.unfinished`));
  });

  it("is a folder with a file per restart, if the name says so", async () => {
    const request = wanted(counting(newCounter()), { path: `${path("folder")}/` });
    await collect(request);
    const names = readdirSync(path("folder")).sort();
    assert.deepEqual(names.slice(0, 2), ["restart-0001.data", "restart-0002.data"]);
    assert.equal(names.length, 10);
    assert.equal(readFileSync(join(path("folder"), "restart-0009.data"), "latin1"), "9".repeat(20));
  });

  it("takes a number per line, and timestamps only into a folder", async () => {
    const lines = wanted("seq 100", { format: parseSampleFormat("decimal") });
    await collect(lines);
    assert.equal(readFileSync(lines.path, "utf8").split("\n").length, 9 * 20 + 1);
    const clock = wanted("seq 100", { format: parseSampleFormat("decimal-timestamps64") });
    await assert.rejects(collect(clock), refused("collect-restart-folder"));
    await collect({ ...clock, path: `${path("clock")}/` });
    assert.equal(readFileSync(join(path("clock"), "restart-0001.data"), "utf8").split("\n").length, 22);
  });

  for (const kind of ["file", "folder"] as const)
    it(`into a ${kind} that is cancelled goes on with the next restart`, async () => {
      const abort = new AbortController();
      const slow = `${counting(newCounter())} | head -c 20; sleep 0.2`;
      const request = wanted(slow, { restarts: 4, ...(kind === "folder" ? { path: `${path("cancelled")}/` } : {}) });
      const cancelled = collect(request, NO_SERVICES, abort.signal, (message) => {
        if (message.startsWith("1 of 4")) abort.abort();
      });
      await assert.rejects(cancelled, { name: "AbortError" });
      await assert.rejects(collect(request), refused("collect-exists"));
      if (kind === "file") appendFileSync(request.path, "half a re");
      await collect({ ...request, resume: true });
      const matrix =
        kind === "file"
          ? readFileSync(request.path, "latin1")
          : readdirSync(request.path)
              .filter((name) => name.endsWith(".data"))
              .sort()
              .map((name) => readFileSync(join(request.path, name), "latin1"))
              .join("");
      assert.equal(matrix.length, 80);
      assert.match(matrix, /^1{20}/);
    });

  it("says which restart came short, and keeps those before it", async () => {
    const counter = newCounter();
    const fifth = `n=$(($(cat ${path(counter)})+1)); echo $n > ${path(counter)}; [ $n -ge 5 ] && { echo worn out >&2; exit 9; }; yes | head -c 20`;
    const request = wanted(fifth);
    await assert.rejects(
      collect(request),
      refused("collect-restart-short", /gave 0 of 20 bytes: worn out .exit code 9/),
    );
    assert.equal(statSync(request.path).size % 20, 0);
    assert.ok(existsSync(`${request.path}.unfinished`));
  });

  it("leaves nothing behind where nothing came", async () => {
    const request = wanted("exit 1");
    await assert.rejects(collect(request), refused("collect-restart-short"));
    assert.ok(!existsSync(request.path) && !existsSync(`${request.path}.unfinished`));
    const inFolder = wanted("exit 1", { path: `${path("nothing")}/` });
    await assert.rejects(collect(inFolder), refused("collect-restart-short"));
    assert.ok(!existsSync(inFolder.path) && !existsSync(`${path("nothing")}.unfinished`));
  });

  it("goes to no folder that is a file", async () => {
    writeFileSync(path("a-file"), "mine");
    await assert.rejects(collect(wanted("yes", { path: `${path("a-file")}/` })), refused("collect-exists"));
    assert.equal(readFileSync(path("a-file"), "utf8"), "mine");
  });

  it("is not resumed by another command", async () => {
    const request = wanted("head -c 20 /dev/zero; exit 0", { restarts: 2 });
    const abort = new AbortController();
    await assert.rejects(
      collect({ ...request, restarts: 1000 }, NO_SERVICES, abort.signal, () => abort.abort()),
      { name: "AbortError" },
    );
    await assert.rejects(collect({ ...request, resume: true }), refused("collect-not-resumable"));
  });

  it("reboots a machine over SSH for each, and waits until its boot has another id", async () => {
    // a machine of its own as far as its boot id goes: the session sees a file in its place
    const id = path("boot-id");
    writeFileSync(id, "first\n");
    writeFileSync(
      path("session"),
      `mount --bind ${id} /proc/sys/kernel/random/boot_id && eval "$SSH_ORIGINAL_COMMAND"\n`,
    );
    const key = generateKey(folder.path, "key");
    const hostKey = generateKey(folder.path, "host");
    const sshd = await startSshd(folder.path, {
      hostKeys: [hostKey],
      authorizedKeys: [publicKey(key)],
      more: [`ForceCommand exec ${UNSHARE} sh ${path("session")}`],
    });
    writeFileSync(path("known_hosts"), `[127.0.0.1]:${sshd.port} ${publicKey(hostKey)}\n`);
    mkdirSync(path("reboots"));
    try {
      const request = wanted("", {
        target: parseMachineAddress(`ssh://127.0.0.1:${sshd.port}`),
        method: { kind: "reboot", command: `cat /proc/sys/kernel/random/uuid > ${id}; kill $PPID` },
        source: { kind: "file", path: id },
        restarts: 3,
        path: path("reboots"),
      });
      const messages: string[] = [];
      await collect(
        request,
        { ...NO_SERVICES, knownHostsFiles: [path("known_hosts")], identityFiles: [key] },
        never,
        (message) => messages.push(message),
      );
      assert.ok(messages.some((message) => /^2 of 3 restarts.*: rebooting /.test(message)));
      const boots = oneTo(3).map((n) => readFileSync(join(path("reboots"), `restart-000${n}.data`), "utf8"));
      assert.equal(new Set([...boots, "first\n"]).size, 4);
    } finally {
      await sshd.stop();
    }
  });
});
