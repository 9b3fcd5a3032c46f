import { writeFileSync } from "node:fs";
import assert from "node:assert/strict";
import { join } from "node:path";
import { requireQemu } from "../boot/recorder";
import { bootFolder, content, gone, never, script } from "../boot/support";
import { until } from "../until";
import { runCli, type Outcome } from "./bundle";

describe("entropy-check boot that is killed", () => {
  const folder = bootFolder();
  after(() => folder.remove());

  const define = (method: string): void =>
    writeFileSync(
      join(folder.path, "lab.boot-test.yaml"),
      `arch: x86\nsource: hw_rng\nlength: 20000\nboot: ${method}\n`,
    );
  const boot = (kill = never): Promise<Outcome> =>
    runCli(["boot", "lab.boot-test.yaml"], { cwd: folder.path, interruption: kill, interruptBy: "SIGKILL" });

  /** Boots by `method` until the files have the ids of processes, and kills the client. @returns the ids */
  async function killedBoot(method: string, ...files: readonly string[]): Promise<readonly number[]> {
    define(method);
    const kill = new AbortController();
    const running = boot(kill.signal);
    const texts = (): readonly string[] => files.map((name) => content(join(folder.path, name)));
    await until("the processes run", () => texts().every((text) => text.endsWith("\n")), running);
    kill.abort();
    assert.equal((await running).code, null);
    return texts().map(Number);
  }

  it("leaves neither its command nor what that started", async () => {
    script(join(folder.path, "machine"), "echo $$ >command; sleep 100000 & echo $! >child; wait");
    const method = "{ method: command, command: [./machine] }";
    for (const pid of await killedBoot(method, "command", "child")) await gone(pid);
  });

  it("leaves nothing, however soon it is killed", async () => {
    script(join(folder.path, "hasty"), "echo $$ >hasty.pid; kill -KILL $PPID; exec sleep 100000");
    define("{ method: command, command: [./hasty] }");
    assert.equal((await boot()).code, null);
    await gone(Number(content(join(folder.path, "hasty.pid"))));
  });

  it("leaves no QEMU", async function () {
    const linux = await requireQemu(this);
    // a processor that does not start: this machine never ends by itself
    const method = `{ method: qemu, linux: "${linux}", memory: 256, arguments: [-S, -pidfile, ${folder.path}/qemu] }`;
    for (const pid of await killedBoot(method, "qemu")) await gone(pid);
  });
});
