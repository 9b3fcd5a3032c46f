import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { parseMeta } from "../../src/formats/meta";
import type { RestartCollectionReport } from "../../src/model/restart-collection";
import { collectBootRestarts, type CollectBootRestartsRequest } from "../../src/operations/collect-boot-restarts";
import { bootFolder, content, never, script } from "../boot/support";

describe("a collection of restarts by boots", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => {
    folder = bootFolder();
    writeFileSync(join(folder.path, "count"), "0\n");
  });
  afterEach(() => folder.remove());
  const path = (name: string): string => join(folder.path, name);

  /** A machine that counts its boots, and whose source gives the count's digit again and again. */
  const COUNTING = 'n=$(($(cat count)+1)); echo $n >count; echo "boot $n"; ';
  const GIVING = 'yes $n | tr -d "\\n" | head -c $ENTROPY_LENGTH >"$ENTROPY_OUTPUT"';

  function wanted(body: string, more: Partial<CollectBootRestartsRequest> = {}, yaml = ""): CollectBootRestartsRequest {
    script(path("machine"), COUNTING + body);
    const file = path("lab.boot-test.yaml");
    writeFileSync(
      file,
      `arch: x86\nsource: hw_rng\nlength: 5000\nbuildid: b7\nwords: [quiet]\nboot: { method: command, command: [./machine] }\n${yaml}`,
    );
    return {
      file,
      parameters: null,
      restarts: 4,
      samplesPerRestart: 20,
      path: path("restarts.bin"),
      resume: false,
      ...more,
    };
  }

  async function collect(
    request: CollectBootRestartsRequest,
    signal = never,
    hear: (message: string) => void = () => undefined,
  ): Promise<RestartCollectionReport> {
    const events = collectBootRestarts(request, {}, signal);
    for (;;) {
      const step = await events.next();
      if (step.done === true) return step.value;
      hear(step.value.message);
    }
  }

  const refused = (code: string, message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
  const rows = (...boots: readonly number[]): string => boots.map((n) => String(n).repeat(20)).join("");

  it("is a matrix in a file, a row a boot of as many bytes as count, with a .meta file", async () => {
    const request = wanted(GIVING);
    const messages: string[] = [];
    const report = await collect(request, never, (message) => messages.push(message));
    assert.equal(content(request.path), rows(1, 2, 3, 4));
    assert.deepEqual([report.method, report.source.kind, report.from], ["boot", "boot-test", "hw_rng"]);
    assert.ok(messages.includes("4 of 4 restarts"), messages.join("\n"));
    const meta = parseMeta(readFileSync(report.metaFile, "utf8"));
    assert.equal(meta.get("cmdline"), "quiet kernel.entropy-test.src=hw_rng kernel.entropy-test.len=20");
    assert.deepEqual([meta.get("buildid"), meta.get("method"), meta.get("machine")], ["b7", "boot", "lab"]);
    assert.deepEqual(readdirSync(folder.path).sort(), [
      ...["count", "lab.boot-test.yaml", "machine", "restarts.bin", "restarts.meta"],
    ]);
  });

  it("is a folder with a file per boot, if the name says so", async () => {
    await collect(wanted(GIVING, { path: `${path("boots")}/` }));
    assert.equal(content(path("boots/restart-0004.data")), "4".repeat(20));
  });

  it("that is cancelled goes on with the next boot, by the same definition alone", async () => {
    const abort = new AbortController();
    const request = wanted(GIVING);
    const cancelled = collect(request, abort.signal, (message) => {
      if (message.startsWith("2 of 4")) abort.abort();
    });
    await assert.rejects(cancelled, { name: "AbortError" });
    await assert.rejects(collect(request), refused("collect-exists", /./));
    const other = wanted(GIVING, { resume: true }, "folder: elsewhere\n");
    writeFileSync(other.file, readFileSync(other.file, "utf8").replace("quiet", "debug"));
    await assert.rejects(collect(other), refused("collect-not-resumable", /another command/));
    await collect(wanted(GIVING, { resume: true }));
    assert.equal(content(request.path), rows(1, 2, 3, 4));
  });

  it("boots again where a boot failed, and says so", async () => {
    const messages: string[] = [];
    const request = wanted(`[ $n = 2 ] && { echo no power; exit 7; }; ${GIVING}`);
    await collect(request, never, (message) => messages.push(message));
    assert.equal(content(request.path), rows(1, 3, 4, 5));
    assert.ok(messages.some((m) => /^Restart 2 of 4 failed: .*exit code 7: no power\. Once more$/.test(m)));
  });

  it("ends after three failures in a row, keeps what there is and the console's log, and can go on", async () => {
    const request = wanted(`[ $n -gt 2 ] && { echo no power; exit 7; }; ${GIVING}`);
    await assert.rejects(collect(request), refused("collect-restart-boot", /^Restart 3 failed: .*no power/));
    assert.equal(content(path("count")), "5\n");
    assert.equal(content(request.path), rows(1, 2));
    assert.equal(content(`${request.path}.failed-boot.log`), "boot 5\nno power\n");
    await collect(wanted(GIVING, { resume: true }));
    assert.equal(content(request.path), rows(1, 2, 6, 7));
    assert.ok(!existsSync(`${request.path}.failed-boot.log`));
  });

  it("leaves nothing behind where nothing came", async () => {
    const request = wanted("exit 1");
    await assert.rejects(collect(request), refused("collect-restart-boot", /exit code 1/));
    assert.ok(!existsSync(request.path) && !existsSync(`${request.path}.unfinished`));
  });

  const MATRIX = 'matrix: [{ kernel.jitterentropy.raw: [true, false] }, { mitigations: [auto, "off"] }]\n';
  const SET = "kernel.jitterentropy.raw=false mitigations=auto";

  it("is of one set of parameters, which has to be said where there are several", async () => {
    const sets = /4 sets/;
    await assert.rejects(collect(wanted(GIVING, {}, MATRIX)), refused("collect-restart-matrix", sets));
    const other = wanted(GIVING, { parameters: "mitigations=on" }, MATRIX);
    await assert.rejects(collect(other), refused("collect-restart-matrix", /no set of parameters "mitigations=on"/));
    const report = await collect(wanted(GIVING, { parameters: SET }, MATRIX));
    assert.match(readFileSync(report.metaFile, "utf8"), new RegExp(`^cmdline +quiet ${SET} kernel`, "m"));
  });

  it("goes on with the set of parameters that it was begun with, without being told", async () => {
    const abort = new AbortController();
    const begun = collect(wanted(GIVING, { parameters: SET }, MATRIX), abort.signal, (message) => {
      if (message.startsWith("2 of 4")) abort.abort();
    });
    await assert.rejects(begun, { name: "AbortError" });
    const report = await collect(wanted(GIVING, { resume: true }, MATRIX));
    assert.equal(content(report.path), rows(1, 2, 3, 4));
    assert.ok(readFileSync(report.metaFile, "utf8").includes(SET));
  });
});
