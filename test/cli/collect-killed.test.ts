import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { content, gone } from "../boot/support";
import { generateKey, publicKey, startSshd, temporaryFolder, type Sshd } from "../ssh/sshd";
import { until } from "../until";
import { runCli } from "./bundle";

describe("entropy-check collect that is killed", () => {
  const folder = temporaryFolder();
  let sshd: Sshd;
  let there: readonly string[];
  before(async () => {
    const key = generateKey(folder.path, "key");
    const hostKey = generateKey(folder.path, "host");
    sshd = await startSshd(folder.path, { hostKeys: [hostKey], authorizedKeys: [publicKey(key)] });
    const knownHosts = join(folder.path, "known_hosts");
    writeFileSync(knownHosts, `[127.0.0.1]:${sshd.port} ${publicKey(hostKey)}\n`);
    there = [`ssh://127.0.0.1:${sshd.port}`, "--identity", key, "--known-hosts", knownHosts];
  });
  after(async () => {
    await sshd.stop();
    folder.remove();
  });

  /** Folders of captures whose source has said something. */
  function folders(said: string): readonly string[] {
    return readdirSync("/tmp")
      .filter((name) => /^entropy-check-[0-9a-f]{32}$/.test(name))
      .filter((name) => content(join("/tmp", name, "errors")).includes(said));
  }

  for (const where of ["over SSH", "on this machine"])
    for (const [what, giving] of [
      ["gives without end", "cat /dev/urandom"],
      ["gives nothing", "sleep 100000"],
      ["gives something, then nothing", "head -c 5000 /dev/urandom; sleep 100000"],
    ] as const)
      it(`leaves nothing ${where}, of a source that ${what}`, async () => {
        const mark = randomBytes(8).toString("hex");
        const pid = join(folder.path, `${mark}.pid`);
        const source = `command:echo $$ >${pid}; echo ${mark} >&2; ${giving}`;
        const machine = where === "over SSH" ? there : ["local"];
        const kill = new AbortController();
        const running = runCli(
          ["collect", ...machine, "--source", source, "--count", "100000000000", "--out", `${mark}.bin`],
          { cwd: folder.path, interruption: kill.signal, interruptBy: "SIGKILL" },
        );
        await until("the source runs", () => folders(mark).length === 1 && content(pid).endsWith("\n"), running);
        kill.abort();
        assert.equal((await running).code, null);
        await until("its folder is removed", () => folders(mark).length === 0);
        await gone(Number(readFileSync(pid, "utf8")));
      });
});
