import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server as NetServer } from "node:net";
import { Server } from "ssh2";
import { UserError } from "../../src/errors";
import type { SecretRequest } from "../../src/ssh/authentication-services";
import { connect, type SshServices } from "../../src/ssh/connect";
import type { HostKeyQuestion } from "../../src/ssh/host-key";
import { fingerprintOf } from "../../src/ssh/known-hosts";
import { useSsh, type ClientKeys } from "./fixture";
import { freePort, generateKey, NO_SERVICES, publicKey, startAgent, startSshd, type Sshd } from "./sshd";

const never = new AbortController().signal;
const USER = NO_SERVICES.user;

/** Connects and leaves again. */
async function visit(port: number, services: SshServices, user = USER, host = "127.0.0.1"): Promise<void> {
  const connection = await connect({ host, port, user }, services, never);
  await connection.close();
}

async function refusal(attempt: Promise<unknown>, code: string): Promise<UserError> {
  const error: unknown = await attempt.then(
    () => assert.fail("the connection was made"),
    (e: unknown) => e,
  );
  if (!(error instanceof UserError)) throw error;
  assert.equal(error.code, code, error.message);
  return error;
}

describe("an SSH connection", () => {
  const ssh = useSsh();
  let keys: ClientKeys & Readonly<Record<"host" | "otherHost", string>>;
  let sshd: Sshd;
  const { folder, path } = ssh;
  const knownHosts = path("known_hosts");
  let services: SshServices;

  const known = (text: string): void => writeFileSync(knownHosts, text);
  const fingerprint = (path: string): string => fingerprintOf(Buffer.from(publicKey(path).split(" ")[1], "base64"));

  before(async () => {
    keys = {
      ...ssh.keys,
      host: generateKey(folder, "host"),
      otherHost: generateKey(folder, "otherHost", "ecdsa"),
    };
    sshd = await ssh.serve([keys.host, keys.otherHost]);
    services = { ...NO_SERVICES, knownHostsFiles: [knownHosts], identityFiles: [keys.client] };
  });
  beforeEach(() => known(`[127.0.0.1]:${sshd.port} ${publicKey(keys.host)}\n`));

  describe("trusts a host key", () => {
    it("that is known", async () => {
      await visit(sshd.port, services);
    });

    it("that is known by another type than the server prefers", async () => {
      known(`[127.0.0.1]:${sshd.port} ${publicKey(keys.otherHost)}\n`);
      await visit(sshd.port, services);
    });

    it("never, when it is unknown and there is nobody to ask", async () => {
      known("");
      const error = await refusal(visit(sshd.port, services), "ssh-host-key-unknown");
      assert.ok(error.message.includes(`ssh-ed25519 ${fingerprint(keys.host)}`), error.message);
      rmSync(knownHosts);
      await refusal(visit(sshd.port, services), "ssh-host-key-unknown");
    });

    it("never, when it is unknown and a person says no", async () => {
      known("");
      await refusal(
        visit(sshd.port, { ...services, confirmHostKey: () => Promise.resolve(false) }),
        "ssh-host-key-unknown",
      );
      assert.equal(readFileSync(knownHosts, "utf8"), "");
    });

    it("that a person accepts, and knows it from then on", async () => {
      known("# without an end of line");
      const questions: HostKeyQuestion[] = [];
      const confirmHostKey = (question: HostKeyQuestion): Promise<boolean> => {
        questions.push(question);
        return Promise.resolve(true);
      };
      await visit(sshd.port, { ...services, confirmHostKey });
      await visit(sshd.port, { ...services, confirmHostKey });
      assert.deepEqual(questions, [
        { host: `[127.0.0.1]:${sshd.port}`, keyType: "ssh-ed25519", fingerprint: fingerprint(keys.host) },
      ]);
      assert.equal(
        readFileSync(knownHosts, "utf8"),
        `# without an end of line\n[127.0.0.1]:${sshd.port} ${publicKey(keys.host)}\n`,
      );
    });

    it("that a person accepts, making the file and its folder", async () => {
      const file = path("new", "known_hosts");
      await visit(sshd.port, {
        ...services,
        knownHostsFiles: [file],
        confirmHostKey: () => Promise.resolve(true),
      });
      assert.ok(existsSync(file));
    });

    it("never, when it has changed, whatever a person would say", async () => {
      known(`# one line\n[127.0.0.1]:${sshd.port} ${publicKey(keys.stranger)}\n`);
      const confirmHostKey = (): Promise<boolean> => assert.fail("nobody is to be asked");
      const error = await refusal(visit(sshd.port, { ...services, confirmHostKey }), "ssh-host-key-changed");
      assert.ok(error.message.includes(fingerprint(keys.host)), error.message);
      assert.ok(error.message.includes(`${fingerprint(keys.stranger)} (line 2 of ${knownHosts})`), error.message);
      assert.ok(error.remedy.includes(`ssh-keygen -R '[127.0.0.1]:${sshd.port}'`), error.remedy);
    });

    it("never, when it is revoked, though it is also known", async () => {
      known(`[127.0.0.1]:${sshd.port} ${publicKey(keys.host)}\n@revoked * ${publicKey(keys.host)}\n`);
      const confirmHostKey = (): Promise<boolean> => assert.fail("nobody is to be asked");
      const error = await refusal(visit(sshd.port, { ...services, confirmHostKey }), "ssh-host-key-revoked");
      assert.ok(error.message.includes(`line 2 of ${knownHosts}`), error.message);
    });

    it("never by a certificate authority, which is told to be unsupported", async () => {
      known(`@cert-authority * ${publicKey(keys.host)}\n`);
      const error = await refusal(visit(sshd.port, services), "ssh-host-key-unknown");
      assert.match(error.message, /certificate authority.*line 1.*not supported/);
    });

    it("never, while a known_hosts file cannot be read: it might revoke the key", async () => {
      const error = await refusal(
        visit(sshd.port, { ...services, knownHostsFiles: [knownHosts, folder] }),
        "ssh-known-hosts-unreadable",
      );
      assert.match(error.message, /EISDIR/);
    });
  });

  describe("logs in", () => {
    const noKeys = (): SshServices => ({ ...services, identityFiles: [] });

    for (const type of ["ed25519", "ecdsa", "rsa"]) {
      it(`by a key of type ${type}`, async () => {
        const key = generateKey(folder, `by-${type}`, type);
        const server = await startSshd(folder, { hostKeys: [keys.host], authorizedKeys: [publicKey(key)] });
        known(`[127.0.0.1]:${server.port} ${publicKey(keys.host)}\n`);
        await visit(server.port, { ...services, identityFiles: [key] }).finally(server.stop);
      });
    }

    it("by a key of the agent", async () => {
      const agent = await startAgent(folder, [keys.stranger, keys.client]);
      await visit(sshd.port, { ...noKeys(), agentSocket: agent.socket }).finally(agent.stop);
    });

    it("by the chosen key before the agent's, of which the server would count too many", async () => {
      const others = Array.from({ length: 6 }, (_, i) => generateKey(folder, `other-${i}`));
      const agent = await startAgent(folder, others);
      await visit(sshd.port, { ...services, agentSocket: agent.socket }).finally(agent.stop);
    });

    it("by the account's own keys, where an agent does not answer", async () => {
      const agentSocket = path("no-agent");
      await visit(sshd.port, { ...noKeys(), agentSocket, defaultIdentityFiles: [keys.client] });
    });

    it("by an encrypted key, whose passphrase is asked for once, when the server has accepted the key", async () => {
      const asked: SecretRequest[] = [];
      const askSecret = (request: SecretRequest): Promise<string> => {
        asked.push(request);
        return Promise.resolve("open sesame");
      };
      const lockedStranger = generateKey(folder, "lockedStranger", "ed25519", "never asked for");
      await visit(sshd.port, { ...services, identityFiles: [lockedStranger, keys.locked], askSecret });
      assert.deepEqual(asked, [
        { kind: "passphrase", file: keys.locked, prompt: `Passphrase of the key ${keys.locked}` },
      ]);
    });

    it("by an encrypted key whose public half lies only within it", async () => {
      const lonely = path("lonely");
      copyFileSync(keys.locked, lonely);
      await visit(sshd.port, {
        ...services,
        identityFiles: [lonely],
        askSecret: () => Promise.resolve("open sesame"),
      });
    });

    it("not by a key that the server does not know, and says what was tried", async () => {
      const error = await refusal(
        visit(sshd.port, { ...services, identityFiles: [keys.stranger] }),
        "ssh-authentication",
      );
      assert.ok(
        error.message.endsWith(`does not let ${USER} in. Tried: key ${keys.stranger}; the server accepts: publickey.`),
        error.message,
      );
    });

    it("not without its passphrase, or with a wrong one, and says so", async () => {
      const locked: SshServices = { ...services, identityFiles: [keys.locked] };
      const unasked = await refusal(visit(sshd.port, locked), "ssh-authentication");
      assert.match(unasked.message, /locked \(its passphrase was not given\)/);
      const wrong = await refusal(
        visit(sshd.port, { ...locked, askSecret: () => Promise.resolve("wrong") }),
        "ssh-authentication",
      );
      assert.match(wrong.message, /locked \(its passphrase was wrong\)/);
      assert.ok(!wrong.message.includes("open sesame"));
    });

    it("not with a file that is no key, or is not there", async () => {
      const noKey = path("no-key");
      writeFileSync(noKey, "no key\n");
      const error = await refusal(
        visit(sshd.port, { ...services, identityFiles: [noKey, path("missing")] }),
        "ssh-authentication",
      );
      assert.match(error.message, /no-key \(not a private key that can be read\), key .*missing \(cannot be read\)/);
    });

    it("not with more keys than the server has patience for", async () => {
      const identityFiles = Array.from({ length: 8 }, (_, i) => generateKey(folder, `many-${i}`));
      await refusal(visit(sshd.port, { ...services, identityFiles }), "ssh-authentication");
    });
  });

  describe("answers a server that asks", () => {
    let server: Server;
    let port: number;
    let attempts: string[];
    before(async () => {
      server = new Server({ hostKeys: [readFileSync(keys.host)] }, (client) => {
        client.on("error", () => undefined);
        client.on("authentication", (attempt) => {
          attempts.push(attempt.method);
          if (attempt.username === "asked" && attempt.method === "keyboard-interactive") {
            attempt.prompt(
              [
                { prompt: "Code: ", echo: true },
                { prompt: "PIN: ", echo: false },
              ],
              "Token",
              (answers) => {
                if (answers.join() === "123456,9") attempt.accept();
                else attempt.reject(["keyboard-interactive", "password"]);
              },
            );
          } else if (attempt.method === "password" && attempt.password === "secret") attempt.accept();
          else if (attempt.username === "asked") attempt.reject(["keyboard-interactive", "password"]);
          else attempt.reject(["password"]);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      port = (server.address() as AddressInfo).port;
    });
    beforeEach(() => {
      attempts = [];
      known(`[127.0.0.1]:${port} ${publicKey(keys.host)}\n`);
    });
    after(() => new Promise((resolve) => server.close(resolve)));

    it("its own questions, one by one", async () => {
      const asked: SecretRequest[] = [];
      const askSecret = (request: SecretRequest): Promise<string> => {
        asked.push(request);
        return Promise.resolve(asked.length === 1 ? "123456" : "9");
      };
      await visit(port, { ...services, askSecret }, "asked");
      assert.deepEqual(asked, [
        { kind: "question", prompt: "Token Code:", echo: true },
        { kind: "question", prompt: "Token PIN:", echo: false },
      ]);
    });

    it("for a password, at most three times", async () => {
      const answers = ["wrong", "wrong", "secret"];
      const askSecret = (request: SecretRequest): Promise<string | null> => {
        assert.deepEqual(request, { kind: "password", prompt: "Password of somebody on 127.0.0.1" });
        return Promise.resolve(answers.shift() ?? null);
      };
      await visit(port, { ...services, askSecret }, "somebody");
      await refusal(
        visit(port, { ...services, askSecret: () => Promise.resolve("wrong") }, "somebody"),
        "ssh-authentication",
      );
      assert.deepEqual(
        attempts.filter((method) => method === "password"),
        new Array(6).fill("password"),
      );
    });

    it("never again, after a person has given no answer", async () => {
      let asked = 0;
      const askSecret = (): Promise<null> => {
        asked++;
        return Promise.resolve(null);
      };
      await refusal(visit(port, { ...services, askSecret }, "somebody"), "ssh-authentication");
      assert.equal(asked, 1);
      assert.deepEqual(attempts, ["none"]);
    });

    it("nothing, when there is nobody to ask", async () => {
      const error = await refusal(visit(port, services, "asked"), "ssh-authentication");
      assert.match(error.message, /Tried: nothing; the server accepts: keyboard-interactive, password\./);
    });
  });

  describe("is not made", () => {
    it("to a port on which nobody listens", async () => {
      const port = await freePort();
      const error = await refusal(visit(port, services), "ssh-refused");
      assert.match(error.message, new RegExp(`127.0.0.1 port ${port} refuses`));
    });

    it("to a host that cannot be reached", async () => {
      await refusal(visit(22, services, USER, "255.255.255.255"), "ssh-unreachable");
    });

    it("to a host name that does not exist", async () => {
      await refusal(visit(22, services, USER, "no-such-host.invalid"), "ssh-host-not-found");
    });

    describe("to what is not an SSH server", () => {
      let server: NetServer;
      let greeting: string | null;
      let port: number;
      before(async () => {
        server = createServer((socket) => {
          socket.on("error", () => undefined);
          if (greeting !== null) socket.end(greeting);
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        port = (server.address() as AddressInfo).port;
      });
      after(() => server.close());

      for (const words of ["HTTP/1.1 400 Bad Request\r\n\r\n", "", "SSH-1.5-old\r\n", "SSH-2.0-short\r\nrubbish"]) {
        it(`(it says ${JSON.stringify(words)})`, async () => {
          greeting = words;
          await refusal(visit(port, services), "ssh-handshake");
        });
      }

      it("(it says nothing, and somebody cancels)", async () => {
        greeting = null;
        const abort = new AbortController();
        const attempt = connect({ host: "127.0.0.1", port, user: USER }, services, abort.signal);
        server.once("connection", () => abort.abort());
        await assert.rejects(attempt, { name: "AbortError" });
      });
    });

    it("when it is cancelled before", async () => {
      await assert.rejects(connect({ host: "127.0.0.1", port: sshd.port, user: USER }, services, AbortSignal.abort()), {
        name: "AbortError",
      });
    });
  });
});
