import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { connect } from "../../src/ssh/connect";
import { generateKey, NO_SERVICES, publicKey, startSshd, temporaryFolder, type Sshd } from "./sshd";

const never = new AbortController().signal;

/** A name as ssh-keygen -H writes it. */
function hashed(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

describe("a host key of OpenSSH's server, by a known_hosts file", () => {
  const folder = temporaryFolder();
  const knownHosts = join(folder.path, "known_hosts");
  let sshd: Sshd;
  let port: number;
  let own: string;
  let other: string;
  let client: string;
  before(async () => {
    const host = generateKey(folder.path, "host");
    client = generateKey(folder.path, "client");
    sshd = await startSshd(folder.path, { hostKeys: [host], authorizedKeys: [publicKey(client)] });
    port = sshd.port;
    own = publicKey(host);
    other = publicKey(generateKey(folder.path, "other"));
  });
  after(async () => {
    await sshd.stop();
    folder.remove();
  });

  /** @returns "trusted", or the code of the refusal; nobody is asked where a key is known to be wrong */
  async function outcome(lines: readonly string[], asked: "nobody" | "not" = "not"): Promise<string> {
    writeFileSync(knownHosts, lines.map((line) => `${line}\n`).join(""));
    const services = {
      ...NO_SERVICES,
      knownHostsFiles: [knownHosts],
      identityFiles: [client],
      confirmHostKey: asked === "nobody" ? null : () => assert.fail("somebody was asked"),
    };
    try {
      const connection = await connect({ host: "127.0.0.1", port, user: NO_SERVICES.user }, services, never);
      await connection.close();
      return "trusted";
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      assert.notEqual(error.remedy, "");
      return error.code;
    }
  }

  const NAMES: readonly (readonly [what: string, name: () => string])[] = [
    ["its own name and port", () => `[127.0.0.1]:${port}`],
    ["a hashed name", () => hashed(`[127.0.0.1]:${port}`)],
    ["a list of names", () => `lab,[127.0.0.1]:${port},[::1]:${port}`],
    ["a wildcard", () => `[127.0.*.?]:${port}`],
  ];

  for (const [what, name] of NAMES)
    describe(`under ${what}`, () => {
      it("is trusted when it is this one", async () => {
        assert.equal(await outcome([`${name()} ${own}`]), "trusted");
      });

      it("is refused when it is another", async () => {
        assert.equal(await outcome([`${name()} ${other}`]), "ssh-host-key-changed");
      });

      it("is refused when it is revoked there, though it is known as well", async () => {
        assert.equal(
          await outcome([`[127.0.0.1]:${port} ${own}`, `@revoked ${name()} ${own}`]),
          "ssh-host-key-revoked",
        );
      });

      it("is refused when only an authority is known, its own or a wrong one", async () => {
        for (const authority of [own, other])
          assert.equal(await outcome([`@cert-authority ${name()} ${authority}`], "nobody"), "ssh-host-key-unknown");
      });
    });

  for (const [what, name] of [
    ["another port's", () => `[127.0.0.1]:${port === 1 ? 2 : port - 1}`],
    ["another host's", () => `[127.0.0.2]:${port}`],
    ["another host's, hashed", () => hashed(`[127.0.0.2]:${port}`)],
    ["of a wildcard that excludes it", () => `[127.0.0.*]:${port},![127.0.0.1]:${port}`],
    ["of a marker that nobody knows", () => `@trusted [127.0.0.1]:${port}`],
    ["of a line that is commented out", () => `#[127.0.0.1]:${port}`],
  ] as const)
    it(`is unknown, and with nobody to ask refused, where the only entry is ${what}`, async () => {
      assert.equal(await outcome([`${name()} ${own}`], "nobody"), "ssh-host-key-unknown");
    });

  it("is unknown where there is no entry at all, and of another type than it says", async () => {
    assert.equal(await outcome([], "nobody"), "ssh-host-key-unknown");
    const lying = `[127.0.0.1]:${port} ssh-rsa ${own.split(" ")[1]}`;
    assert.equal(await outcome([lying], "nobody"), "ssh-host-key-unknown");
  });

  it("is revoked by an entry without a port, and by one for all hosts", async () => {
    for (const name of ["127.0.0.1", "*"])
      assert.equal(await outcome([`[127.0.0.1]:${port} ${own}`, `@revoked ${name} ${own}`]), "ssh-host-key-revoked");
  });

  it("is trusted where one of several entries is it, and none revokes it", async () => {
    const at = `[127.0.0.1]:${port}`;
    assert.equal(await outcome([`${at} ${other}`, `${at} ${own}`, `@revoked ${at} ${other}`]), "trusted");
  });
});
