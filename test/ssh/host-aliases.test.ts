import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { hostAliases, type HostAlias } from "../../src/ssh/host-aliases";
import { program, temporaryFolder } from "./sshd";

const run = promisify(execFile);

describe("the hosts that the SSH configuration names", () => {
  const folder = temporaryFolder();
  const ssh = join(folder.path, ".ssh");
  const path = join(folder.path, "config");
  const localUser = userInfo().username;
  before(() => mkdirSync(join(ssh, "conf.d"), { recursive: true }));
  after(() => folder.remove());

  const aliases = (text: string): Promise<readonly HostAlias[]> => {
    writeFileSync(path, text);
    const files = [{ path, owner: "user", guarded: false } as const];
    return hostAliases({ files, home: folder.path, localUser, env: {} });
  };
  const names = async (text: string): Promise<readonly string[]> => (await aliases(text)).map(({ name }) => name);
  const include = (name: string, text: string): void => writeFileSync(join(ssh, name), text, { mode: 0o600 });

  it("are those that stand there one by one: no pattern, nothing denied, each once", async () => {
    const text = "Host lab lab-7\nHost *.example.org web? !db\nHost db\nHost lab\nHost * spare\nHost here !here\n";
    assert.deepEqual(await names(text), ["lab", "lab-7", "db", "spare"]);
  });

  it("stand in included files, too, where a name can reach them", async () => {
    include("conf.d/a.conf", "Host a\n");
    include("conf.d/b.conf", "Host b\n");
    include("lab", "Host lab-1 web-1\n");
    assert.deepEqual(await names("Include conf.d/*.conf\nHost x\nHost lab-*\n  Include lab\n"), [
      "a",
      "b",
      "x",
      "lab-1",
    ]);
    assert.deepEqual(await names('Match exec "true"\n  Include lab\nMatch all\n  Include conf.d/a.conf\n'), ["a"]);
  });

  it("say where they lead, through which jump hosts", async () => {
    const text = [
      "Host lab\n  HostName 10.0.0.7\n  User ada\n  Port 2222\n  ProxyJump gate,bob@inner:23",
      "Host gate\n  HostName gate.example.org\n  User gatekeeper",
      "Host six\n  HostName fe80::1\nHost told\n  ProxyCommand nc %h %p\nHost bad\n  ProxyJump @",
    ].join("\n");
    const found = new Map((await aliases(text)).map(({ name, leadsTo }) => [name, leadsTo]));
    assert.equal(found.get("lab"), "ada@10.0.0.7:2222 via gate.example.org, inner");
    assert.equal(found.get("gate"), "gatekeeper@gate.example.org:22");
    assert.equal(found.get("six"), `${localUser}@[fe80::1]:22`);
    assert.equal(found.get("told"), `${localUser}@told:22 via a program`);
    assert.match(found.get("bad") ?? "", /ProxyJump names no host/);
  });

  it("are looked up without running a program", async () => {
    const mark = join(folder.path, "ran");
    await aliases(`Match exec "touch ${mark}"\n  User eve\nHost lab\n`);
    await assert.rejects(run("cat", [mark]));
  });

  it("are none where there is no file, or one that cannot be read", async () => {
    const files = [{ path: join(folder.path, "missing"), owner: "user", guarded: true } as const];
    assert.deepEqual(await hostAliases({ files, home: folder.path, localUser, env: {} }), []);
    include("itself", "Include itself\nHost x\n");
    assert.deepEqual(await names("Include itself\n"), ["x"]);
  });

  it("lead where OpenSSH goes, whatever the configuration says", async function () {
    this.timeout(60_000);
    const openssh = program("openssh-client", "/usr/bin/ssh");
    const word = fc.constantFrom<string[]>("lab", "lab-7", "web1", "db", "lab*", "web?", "*", "!db", "!lab-7");
    const section = fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 3 }),
      settings: fc.array(
        fc.constantFrom("HostName 10.0.0.1", "HostName %h.example.org", "User ada", "User bob", "Port 23", "Port 24"),
        { maxLength: 3 },
      ),
    });
    const property = fc.asyncProperty(fc.array(section, { maxLength: 6 }), async (sections) => {
      const text = sections
        .map(({ words, settings }) => [`Host ${words.join(" ")}`, ...settings].join("\n"))
        .join("\n");
      const found = await aliases(`${text}\n`);
      const expected = sections.flatMap(({ words }) =>
        words.filter((name) => /^[a-z0-9-]+$/.test(name) && !words.includes(`!${name}`)),
      );
      assert.deepEqual(
        found.map(({ name }) => name),
        [...new Set(expected)],
      );
      for (const { name, leadsTo } of found) {
        const { stdout } = await run(openssh, ["-G", "-F", path, name], { env: { HOME: folder.path } });
        const said = new Map(stdout.split("\n").map((line) => [line.replace(/ .*/, ""), line.replace(/^\S+ /, "")]));
        assert.equal(leadsTo, `${said.get("user")}@${said.get("hostname")}:${said.get("port")}`);
      }
    });
    await fc.assert(property, { numRuns: 40 });
  });
});
