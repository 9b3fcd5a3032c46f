import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { readSshConfig, type SshConfigContext, type SshDestination } from "../../src/ssh/ssh-config";
import type { SshConfigFile } from "../../src/ssh/ssh-config-files";
import { findRoute, type SshHop } from "../../src/ssh/route";
import { program, temporaryFolder } from "./sshd";

const run = promisify(execFile);
const anybody = (host: string): SshDestination => ({ host, user: null, port: null });

describe("the SSH configuration", () => {
  const folder = temporaryFolder();
  // OpenSSH takes relative files of Include from HOME, and ~ elsewhere from the account
  const ssh = join(folder.path, ".ssh");
  const file = join(folder.path, "config");
  const localUser = userInfo().username;
  const context = (files: readonly SshConfigFile[]): SshConfigContext => ({
    files,
    home: folder.path,
    localUser,
    env: { COLOUR: "green" },
    matchExec: () => Promise.resolve(false),
  });
  const given: SshConfigFile = { path: file, owner: "user", guarded: false };

  before(() => mkdirSync(join(ssh, "conf.d"), { recursive: true }));
  after(() => folder.remove());

  /** Our reading of a text, beside OpenSSH's. */
  const route = (text: string, host = "box"): Promise<readonly SshHop[]> => {
    writeFileSync(file, text);
    return findRoute(anybody(host), context([given]));
  };
  const hop = async (text: string, host?: string): Promise<SshHop> => (await route(text, host)).at(-1) ?? assert.fail();

  describe("is read as OpenSSH reads it", () => {
    const openssh = program("openssh-client", "/usr/bin/ssh");

    const theirs = async ({
      host,
      user,
      port,
    }: SshDestination): Promise<Record<string, readonly string[] | undefined> | null> => {
      const args = [
        "-G",
        "-F",
        file,
        ...(user === null ? [] : ["-l", user]),
        ...(port === null ? [] : ["-p", `${port}`]),
      ];
      const answer = await run(openssh, [...args, host], { env: { HOME: folder.path } }).catch(() => null);
      if (answer === null) return null;
      const said: Record<string, string[]> = {};
      for (const line of answer.stdout.split("\n")) {
        const at = line.indexOf(" ");
        (said[line.slice(0, at)] ??= []).push(line.slice(at + 1));
      }
      return said;
    };

    const ours = async (destination: SshDestination): Promise<Record<string, unknown> | null> => {
      try {
        const values = await readSshConfig(destination, context([given]));
        const { proxy } = values;
        return {
          hostname: [values.hostName],
          user: [values.user ?? localUser],
          port: [String(values.port ?? 22)],
          identityfile: values.identityFiles.length === 0 ? "the usual" : values.identityFiles,
          certificatefile: values.certificateFiles,
          identitiesonly: [values.identitiesOnly ? "yes" : "no"],
          hostkeyalias: values.hostKeyAlias === null ? undefined : [values.hostKeyAlias],
          proxyjump: proxy?.kind === "jump" ? [proxy.through] : undefined,
          proxycommand: proxy?.kind === "command" ? [proxy.command] : undefined,
          stricthostkeychecking: [values.strictHostKeyChecking ?? "ask"],
          userknownhostsfile: values.userKnownHostsFiles.join(" ") || "the usual",
          identityagent: values.identityAgent === null ? undefined : [values.identityAgent],
        };
      } catch (error) {
        if (error instanceof UserError) return null;
        throw error;
      }
    };

    const USUAL_KEYS = 7;
    const compare = async (destination: SshDestination): Promise<boolean> => {
      const [said, mine] = await Promise.all([theirs(destination), ours(destination)]);
      if (said === null || mine === null) {
        assert.equal(mine, said);
        return false;
      }
      const flag = {
        yes: "yes",
        no: "no",
        true: "yes",
        false: "no",
        ask: "ask",
        "accept-new": "accept-new",
        off: "no",
      };
      const known = said["userknownhostsfile"]?.[0];
      assert.deepEqual(mine, {
        hostname: said["hostname"],
        user: said["user"],
        port: said["port"],
        identityfile: said["identityfile"]?.length === USUAL_KEYS ? "the usual" : said["identityfile"],
        certificatefile: said["certificatefile"] ?? [],
        identitiesonly: said["identitiesonly"],
        hostkeyalias: said["hostkeyalias"],
        proxyjump: said["proxyjump"],
        proxycommand: said["proxycommand"],
        stricthostkeychecking: said["stricthostkeychecking"]?.map((word) => flag[word as keyof typeof flag]),
        userknownhostsfile: known?.endsWith("/.ssh/known_hosts2") ? "the usual" : known,
        identityagent: said["identityagent"],
      });
      return true;
    };

    const NAMES = ["box", "Box", "box.example.org", "web1", "web2", "db", "10.0.0.7"];
    const name = fc.constantFrom(...NAMES);
    const pattern = fc.constantFrom(...NAMES, "*", "web?", "*.example.org", "!db", "!web*", "b?x", "10.*", "!*");
    const user = fc.constantFrom("ada", "bob", localUser, "ad*");
    const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
    const criterion = fc.oneof(
      fc
        .tuple(fc.constantFrom("host", "originalhost", "!host", "Host"), patterns)
        .map(([k, p]) => `${k} ${p.join(",")}`),
      fc.tuple(fc.constantFrom("user", "!user", "localuser"), user).map((words) => words.join(" ")),
      fc.constantFrom("final", "!final", "canonical", "host=web1"),
    );
    const match = fc.oneof(
      { weight: 6, arbitrary: fc.array(criterion, { minLength: 1, maxLength: 3 }).map((c) => `Match ${c.join(" ")}`) },
      { weight: 2, arbitrary: fc.constantFrom("Match all", "Match final all", "Match host * all") },
      { weight: 1, arbitrary: fc.constantFrom("Match", "Match all host x", "Match host", "Match colour red") },
    );
    const word = fc.constantFrom("~/.ssh/id_%r", '"a key"', "'it is'", "/k\\ ey", "~/.ssh/%h", "b # c", "%%");
    const setting = fc.oneof(
      fc.tuple(fc.constantFrom("IdentityFile", "identityfile", "CertificateFile"), word).map((w) => w.join(" ")),
      fc
        .tuple(fc.constantFrom("HostName", "hostname="), fc.constantFrom("%h.example.org", "Real", "10.1.1.1", "x-%h"))
        .map((w) => w.join(" ")),
      user.map((u) => `User ${u}`),
      fc.constantFrom("Port 2222", "Port=2200", "port = 7", "  Port\t5 # comment", "Port none", "Port 1 2"),
      fc.constantFrom(
        "IdentitiesOnly yes",
        "IdentitiesOnly no",
        "IdentitiesOnly maybe",
        "IdentityAgent none",
        "IdentityAgent /a/b",
      ),
      fc.constantFrom("HostKeyAlias NAME", "UserKnownHostsFile /a /b", 'UserKnownHostsFile "/c d"', "# nothing", ""),
      fc.constantFrom("ProxyJump j1,u@j2:33", "ProxyJump none", "ProxyCommand nc -x %h # c", "ProxyCommand none"),
      fc.constantFrom(
        "StrictHostKeyChecking yes",
        "StrictHostKeyChecking no",
        "StrictHostKeyChecking accept-new",
        "StrictHostKeyChecking sometimes",
      ),
      fc.constantFrom("Include more", "Include conf.d/*", "Include missing conf.d/[ab].conf", 'User "ada'),
    );
    const section = fc.oneof(
      patterns.map((p) => `Host ${p.join(" ")}`),
      match,
    );
    const text = fc
      .array(fc.oneof({ weight: 3, arbitrary: setting }, { weight: 2, arbitrary: section }), { maxLength: 9 })
      .map((lines) => `${lines.join("\n")}\n`);

    it("whatever it says, in files that include others", async function () {
      this.timeout(120_000);
      let read = 0;
      const property = fc.asyncProperty(
        fc.tuple(text, text, text, text),
        name,
        fc.option(fc.constant("ada")),
        fc.option(fc.constant(2022)),
        async ([main, more, a, b], host, asUser, port) => {
          writeFileSync(file, main);
          writeFileSync(join(ssh, "more"), more.replace(/Include more/g, ""), { mode: 0o600 });
          writeFileSync(join(ssh, "conf.d", "a.conf"), a.replace(/Include .*/g, ""), { mode: 0o600 });
          writeFileSync(join(ssh, "conf.d", "b.conf"), b.replace(/Include .*/g, ""), { mode: 0o600 });
          if (await compare({ host, user: asUser, port })) read++;
        },
      );
      await fc.assert(property, { numRuns: 150 });
      assert.ok(read > 30, `only ${read} of them could be read`);
    });

    it("in particular these", async () => {
      for (const lines of [
        ["Host *", "HostName %h.example.org", "Match final host *.org", "Port 77", "Host box.example.org", "User eve"],
        ["Match originalhost box host real", "Port 3", "Host b*", "HostName real", "Match host real", "Port 4"],
        ["IdentityFile a", "Match final", "IdentityFile a", "IdentityFile b", "IdentityFile none"],
        ["ProxyCommand nc", "ProxyJump j"],
        ["ProxyJump none", "ProxyCommand nc", "ProxyCommand none"],
        ["Host db", "Include more", "Port 9"],
      ]) {
        writeFileSync(file, lines.join("\n"));
        writeFileSync(join(ssh, "more"), "Host *\nUser included\n", { mode: 0o600 });
        assert.ok(await compare(anybody("box")), lines.join("; "));
      }
    });
  });

  it("gives paths with the home folder, tokens and variables in their places", async () => {
    const { identityFiles, userKnownHostsFiles, globalKnownHostsFiles, agentSocket, proxyCommand, endpoint } =
      await hop(
        [
          "HostName %h.example.org",
          "Port 2200",
          "User ada",
          "HostKeyAlias Alias",
          "IdentityFile ~/.ssh/%r@%h:%p-%n-%k-%u-%d%%",
          "IdentityFile ${COLOUR}/%%",
          "IdentityFile none",
          "UserKnownHostsFile ~/kh /%k",
          "GlobalKnownHostsFile none",
          "IdentityAgent ~/agent-%n",
          "ProxyCommand nc %h %p --user=%r --for=%n",
        ].join("\n"),
      );
    const home = folder.path;
    assert.deepEqual(endpoint, { host: "box.example.org", port: 2200, user: "ada", hostKeyAlias: "alias" });
    assert.deepEqual(identityFiles, [
      `${home}/.ssh/ada@box.example.org:2200-box-alias-${localUser}-${home}%`,
      "green/%",
    ]);
    assert.deepEqual(userKnownHostsFiles, [`${home}/kh`, "/alias"]);
    assert.deepEqual(globalKnownHostsFiles, []);
    assert.equal(agentSocket, `${home}/agent-box`);
    assert.equal(proxyCommand, "nc box.example.org 2200 --user=ada --for=box");
  });

  it("leads through jump hosts, each of them by its own settings", async () => {
    const text = [
      "Host box",
      "  ProxyJump eve@inner:2200,ssh://outer",
      "Host outer",
      "  HostName outer.example.org",
      "  User mallory",
      "  ProxyJump never",
      "Host inner",
      "  ProxyJump far",
    ].join("\n");
    assert.deepEqual(
      (await route(text)).map(({ endpoint: { host, port, user } }) => `${user}@${host}:${port}`),
      [`${localUser}@far:22`, "eve@inner:2200", "mallory@outer.example.org:22", `${localUser}@box:22`],
    );
  });

  it("tells what it does not follow", async () => {
    const { remarks } = await hop("CanonicalizeHostname yes\nCertificateFile ~/.ssh/id-cert.pub\n");
    assert.match(remarks.join(" "), /CanonicalizeHostname \(line 1 of .*config\).*Certificates are not supported/);
  });

  for (const [what, text, code] of [
    ["a port that is none", "Port 99999", "ssh-config-invalid"],
    ["a quotation without an end", 'User "ada', "ssh-config-invalid"],
    ["a jump through itself", "Host *\nProxyJump j", "ssh-jump-loop"],
    ["a token that stands for nothing", "IdentityFile %x", "ssh-config-unusable"],
    ["a variable that is not set", "IdentityFile ${NOTHING}", "ssh-config-unusable"],
    ["another account's home", "IdentityFile ~root/key", "ssh-config-unusable"],
    ["a jump host without a name", "ProxyJump u@", "ssh-config-unusable"],
    ["files that include each other", "Include more", "ssh-config-invalid"],
  ] as const)
    it(`is refused for ${what}`, async () => {
      writeFileSync(join(ssh, "more"), "Include more\n", { mode: 0o600 });
      await assert.rejects(route(text), (error) => error instanceof UserError && error.code === code);
    });

  it("is refused where others may write it", async () => {
    writeFileSync(file, "Port 7\n");
    chmodSync(file, 0o666);
    const guarded = context([{ ...given, guarded: true }]);
    await assert.rejects(
      findRoute(anybody("box"), guarded),
      (error) => error instanceof UserError && error.code === "ssh-config-permissions",
    );
    rmSync(file);
    assert.equal((await findRoute(anybody("box"), guarded)).length, 1);
  });

  it("asks before a program of Match exec runs, with tokens in their places, and only where it decides", async () => {
    const asked: string[] = [];
    const asking: SshConfigContext = {
      ...context([given]),
      matchExec: (command) => {
        asked.push(command);
        return Promise.resolve(true);
      },
    };
    writeFileSync(file, 'Match host other exec "never"\nPort 1\nMatch exec "test %h = box"\nPort 2\n');
    const [{ endpoint }] = await findRoute(anybody("box"), asking);
    assert.deepEqual([asked, endpoint.port], [["test box = box"], 2]);
  });
});
