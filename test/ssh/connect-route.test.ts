import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { UserError } from "../../src/errors";
import type { SecretRequest } from "../../src/ssh/authentication-services";
import { connectRoute, type CommandQuestion, type RouteServices } from "../../src/ssh/connect-route";
import { useSsh, type ClientKeys } from "./fixture";
import { freePort, generateKey, NO_SERVICES, publicKey, runProgram, startAgent, type Sshd } from "./sshd";

const never = new AbortController().signal;

describe("the way to a host that the SSH configuration describes", () => {
  const ssh = useSsh();
  const { folder, path } = ssh;
  let keys: ClientKeys & Readonly<Record<"jump" | "target", string>>;
  let jump: Sshd;
  let target: Sshd;
  let noForwarding: Sshd;

  before(async () => {
    keys = { ...ssh.keys, jump: generateKey(folder, "jump"), target: generateKey(folder, "target") };
    jump = await ssh.serve([keys.jump]);
    target = await ssh.serve([keys.target]);
    noForwarding = await ssh.serve([keys.jump], ["AllowTcpForwarding no"]);
  });
  beforeEach(() => known({}));

  /** Writes known_hosts: of each server the key that is expected, or none. */
  const known = (those: Partial<Record<"jump" | "target", string | null>>, more = ""): void => {
    const wanted = { jump: keys.jump, target: keys.target, ...those };
    const lines = (["jump", "target"] as const).flatMap((name) => {
      const key = wanted[name];
      return key === null ? [] : [`${name}-alias ${publicKey(key)}\n`];
    });
    writeFileSync(path("known_hosts"), lines.join("") + more);
  };

  const config = (more: readonly string[] = [], key = keys.client): readonly string[] => [
    "Host target",
    "  HostName 127.0.0.1",
    `  Port ${target.port}`,
    "  HostKeyAlias target-alias",
    "  ProxyJump jump",
    "Host jump",
    "  HostName 127.0.0.1",
    `  Port ${jump.port}`,
    "  HostKeyAlias jump-alias",
    "Host *",
    `  UserKnownHostsFile ${path("known_hosts")}`,
    `  IdentityFile ${key}`,
    ...more,
  ];

  const services = (lines: readonly string[]): RouteServices => {
    writeFileSync(path("config"), `${lines.join("\n")}\n`);
    return {
      ...NO_SERVICES,
      ownKnownHosts: { user: [], global: [] },
      sshConfig: {
        files: [{ path: path("config"), owner: "user", guarded: false }],
        home: folder,
        env: {},
      },
    };
  };

  /** Goes there, runs a command and leaves. @returns which port the server that answers listens on */
  const visit = async (with_: RouteServices, host = "target"): Promise<number> => {
    const connection = await connectRoute({ host, user: null, port: null }, with_, never);
    try {
      const said = await connection.exec("echo $SSH_CONNECTION", async (channel) => {
        let text = "";
        for await (const chunk of channel) text += String(chunk);
        return text;
      });
      return Number(said.trim().split(" ")[3]);
    } finally {
      await connection.close();
    }
  };

  const refused =
    (code: string, message = /./) =>
    (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    };

  it("leads to it by its alias, through the jump host", async () => {
    assert.equal(await visit(services(config())), target.port);
  });

  it("leads through a chain of jump hosts", async () => {
    const lines = ["Host target", "  ProxyJump jump,again", "Host again", ...config().slice(6, 9), ...config()];
    assert.equal(await visit(services(lines)), target.port);
  });

  it("is given up with its signal", async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(connectRoute({ host: "target", user: null, port: null }, services(config()), signal), {
      name: "AbortError",
    });
  });

  for (const which of ["jump", "target"] as const)
    describe(`ends at the host key of the ${which}`, () => {
      it("when it is unknown and there is nobody to ask", async () => {
        known({ [which]: null });
        await assert.rejects(visit(services(config())), refused("ssh-host-key-unknown"));
      });

      it("when it is unknown and a person says no", async () => {
        known({ [which]: null });
        const asked: string[] = [];
        const confirmHostKey = ({ host }: { host: string }): Promise<boolean> => {
          asked.push(host);
          return Promise.resolve(false);
        };
        await assert.rejects(visit({ ...services(config()), confirmHostKey }), refused("ssh-host-key-unknown"));
        assert.deepEqual(asked, [`${which}-alias`]);
      });

      it("when it is unknown and StrictHostKeyChecking is yes: nobody is asked", async () => {
        known({ [which]: null });
        const confirmHostKey = (): Promise<boolean> => assert.fail("nobody is to be asked");
        const strict = services(config(["  StrictHostKeyChecking yes"]));
        await assert.rejects(visit({ ...strict, confirmHostKey }), refused("ssh-host-key-unknown"));
      });

      it("when it has changed, though StrictHostKeyChecking is no", async () => {
        known({ [which]: keys.stranger });
        const lax = services(config(["  StrictHostKeyChecking no"]));
        const confirmHostKey = (): Promise<boolean> => assert.fail("nobody is to be asked");
        await assert.rejects(visit({ ...lax, confirmHostKey }), refused("ssh-host-key-changed"));
      });

      it("when it is unknown, though StrictHostKeyChecking is no", async () => {
        known({ [which]: null });
        const lax = services(config(["  StrictHostKeyChecking no"]));
        await assert.rejects(visit(lax), refused("ssh-host-key-unknown"));
      });

      it("when it is revoked", async () => {
        known({}, `@revoked * ${publicKey(keys[which])}\n`);
        await assert.rejects(visit(services(config())), refused("ssh-host-key-revoked"));
      });

      it("when only an authority for certificates is known", async () => {
        known({ [which]: null }, `@cert-authority ${which}-alias ${publicKey(keys[which])}\n`);
        await assert.rejects(
          visit(services(config())),
          refused("ssh-host-key-unknown", /certificate authority .*not supported/),
        );
      });

      it("unless a person accepts it, under its alias", async () => {
        known({ [which]: null });
        await visit({ ...services(config()), confirmHostKey: () => Promise.resolve(true) });
        assert.equal(await visit(services(config())), target.port);
      });
    });

  it("ends at a jump host that does not lead on", async () => {
    const lines = ["Host jump", `  Port ${noForwarding.port}`, ...config()];
    await assert.rejects(visit(services(lines)), refused("ssh-jump-refused"));
  });

  it("ends at a jump host behind which nobody listens", async () => {
    const lines = ["Host target", `  Port ${await freePort()}`, ...config()];
    await assert.rejects(visit(services(lines)), refused("ssh-jump-refused", /does not lead to 127.0.0.1 port/));
  });

  it("asks for a passphrase once, though both servers want the key", async () => {
    const asked: SecretRequest[] = [];
    const askSecret = (request: SecretRequest): Promise<string> => {
      asked.push(request);
      return Promise.resolve("open sesame");
    };
    const locked = { ...services(config([], keys.locked)), unlocked: new Map() };
    await visit({ ...locked, askSecret });
    await visit({ ...locked, askSecret });
    assert.equal(asked.length, 1);
  });

  it("does not ask for the passphrase of a key that the agent holds", async () => {
    const key = path("held");
    copyFileSync(keys.client, key);
    const agent = await startAgent(folder, [key]);
    try {
      runProgram("ssh-keygen", ["-q", "-p", "-f", key, "-P", "", "-N", "never asked for"]);
      const askSecret = (): Promise<string> => assert.fail("nobody is to be asked");
      const held = services(config([`  IdentityAgent ${agent.socket}`, "  IdentitiesOnly yes"], key));
      assert.equal(await visit({ ...held, askSecret }), target.port);
    } finally {
      await agent.stop();
    }
  });

  it("offers of the agent's keys only the named one, if the configuration says so", async () => {
    const many = Array.from({ length: 7 }, (_, i) => generateKey(folder, `many-${i}`));
    const agent = await startAgent(folder, [...many, keys.client]);
    try {
      // a server lets nobody try more than six keys
      const only = ["  IdentitiesOnly yes", `  IdentityAgent ${agent.socket}`];
      const public_ = path("only.pub");
      writeFileSync(public_, publicKey(keys.client));
      assert.equal(await visit(services(config(only, public_))), target.port);
      const all = services(config([`  IdentityAgent ${agent.socket}`], path("missing")));
      await assert.rejects(visit(all), refused("ssh-authentication"));
    } finally {
      await agent.stop();
    }
  });

  describe("through a program", () => {
    const nc = (): readonly string[] => [
      "Host target",
      `  ProxyCommand ${process.execPath} ${path("pipe.mjs")} %h %p`,
      ...config(),
    ];
    before(() =>
      writeFileSync(
        path("pipe.mjs"),
        'import { connect } from "node:net";\nimport { writeFileSync } from "node:fs";\n' +
          `writeFileSync(${JSON.stringify(path("pid"))}, String(process.pid));\n` +
          "const socket = connect(Number(process.argv[3]), process.argv[2]);\n" +
          'process.stdin.pipe(socket).pipe(process.stdout);\nsocket.on("close", () => process.exit());\n',
      ),
    );

    it("is not taken without leave", async () => {
      await assert.rejects(visit(services(nc())), refused("ssh-proxy-command", /pipe\.mjs 127\.0\.0\.1/));
      const confirmCommand = (): Promise<boolean> => Promise.resolve(false);
      await assert.rejects(visit({ ...services(nc()), confirmCommand }), refused("ssh-proxy-command"));
    });

    it("is taken with leave, and the host key still counts", async () => {
      const asked: CommandQuestion[] = [];
      const confirmCommand = (question: CommandQuestion): Promise<boolean> => {
        asked.push(question);
        return Promise.resolve(true);
      };
      assert.equal(await visit({ ...services(nc()), confirmCommand }), target.port);
      assert.match(asked[0].command, new RegExp(`pipe\\.mjs 127\\.0\\.0\\.1 ${target.port}$`));
      known({ target: keys.stranger });
      await assert.rejects(visit({ ...services(nc()), confirmCommand }), refused("ssh-host-key-changed"));
    });

    const allowed = (lines: readonly string[]): RouteServices => ({
      ...services(lines),
      confirmCommand: () => Promise.resolve(true),
    });
    const by = (command: string): RouteServices => allowed(["Host target", `  ProxyCommand ${command}`, ...config()]);

    for (const [what, command, how] of [
      ["fails", "false", /ended with exit code 1: false\.$/],
      ["fails, and says why", "sh -c 'echo no way >&2; exit 7'", /ended with exit code 7, saying "no way": sh -c/],
      ["succeeds without a word", "true", /ended with exit code 0: true\.$/],
      ["hangs up in the middle of the greeting", "echo SSH-2.0-half", /ended with exit code 0: echo SSH/],
      ["is killed", "kill -9 $$", /was ended by SIGKILL: kill/],
      ["is not there", "no-such-program", /ended with exit code 127, saying ".*no-such-program: not found"/],
      ["closes its output and lives on", "sh -c 'exec >&-; sleep 600'", /has closed its output: sh -c/],
      ["leaves behind who holds its errors open", "sh -c 'sleep 5 >&- & exit 3'", /ended with exit code 3: sh -c/],
    ] as const)
      it(`is no way where the program ${what}, and that is told at once`, async () => {
        await assert.rejects(visit(by(command)), refused("ssh-proxy-command-ended", how));
      });

    it("is lost when the program ends in the middle of a session, which tells how", async () => {
      const destination = { host: "target", user: null, port: null };
      const connection = await connectRoute(destination, allowed(nc()), never);
      const channel = await connection.exec("cat", (opened) => opened.resume());
      const ended = once(channel, "close");
      process.kill(Number(readFileSync(path("pid"), "utf8")), "SIGKILL");
      await ended;
      assert.ok(refused("ssh-proxy-command-ended", /was ended by SIGKILL/)(connection.lost()));
      await connection.close();
    });
  });

  it("is told to hold a program that was not run", async () => {
    const remarks: string[] = [];
    const lines = ['Match exec "true"', "  Port 1", ...config()];
    await visit({ ...services(lines), remark: (text) => remarks.push(text) });
    assert.match(remarks.join(), /line 1 of .*config was not run/);
    const run = { ...services(lines), confirmCommand: () => Promise.resolve(true) };
    await assert.rejects(visit(run), refused("ssh-refused"));
  });
});
