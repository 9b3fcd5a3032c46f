import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  fingerprintOf,
  knownHostsLine,
  knownKeyTypes,
  lookUpHostKey,
  parseKnownHosts,
} from "../../src/ssh/known-hosts";
import { generateKey, runProgram, publicKey, temporaryFolder } from "./sshd";

/** A public key of a type, with random content. */
function makeKey(type = "ssh-ed25519", seed = randomBytes(32)): Buffer {
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([field(Buffer.from(type)), field(seed)]);
}

const KEY = makeKey();
const OTHER = makeKey();
const RSA = makeKey("ssh-rsa");
const line = (hosts: string, key = KEY, type = "ssh-ed25519"): string => `${hosts} ${type} ${key.toString("base64")}\n`;
const look = (text: string, host: string, port = 22, key = KEY): string =>
  lookUpHostKey(parseKnownHosts(text, "known_hosts"), host, port, key).status;

function hashed(name: string, salt = randomBytes(20)): string {
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

describe("known_hosts", () => {
  it("knows a host by its key", () => {
    assert.equal(look(line("host"), "host"), "known");
    assert.equal(look(line("host"), "HOST"), "known");
    assert.equal(look(line("host"), "other"), "unknown");
    assert.equal(look("", "host"), "unknown");
  });

  it("tells a changed key from an unknown host, whatever the type of the new key", () => {
    assert.equal(look(line("host", OTHER), "host"), "changed");
    assert.equal(look(line("host", RSA, "ssh-rsa"), "host"), "changed");
  });

  it("knows a host by any of several keys, in several lines and files", () => {
    assert.equal(look(line("host", OTHER) + line("host"), "host"), "known");
    const entries = [
      ...parseKnownHosts(line("host", RSA, "ssh-rsa"), "first"),
      ...parseKnownHosts(`\n${line("host")}`, "second"),
    ];
    const lookup = lookUpHostKey(entries, "host", 22, KEY);
    assert.ok(lookup.status === "known");
    assert.deepEqual([lookup.entry.file, lookup.entry.line], ["second", 2]);
    assert.deepEqual(knownKeyTypes(entries, "host", 22), ["ssh-rsa", "ssh-ed25519"]);
    assert.deepEqual(knownKeyTypes(entries, "other", 22), []);
  });

  it("parts hosts by their port, when that is not 22", () => {
    assert.equal(look(line("[host]:2222"), "host", 2222), "known");
    assert.equal(look(line("[host]:2222"), "host"), "unknown");
    assert.equal(look(line("[host]:2222"), "host", 2223), "unknown");
    assert.equal(look(line("[host]:2222", OTHER), "host", 2222), "changed");
  });

  it("takes an entry without a port for every port if it has this very key, else for none", () => {
    assert.equal(look(line("host"), "host", 2222), "known");
    assert.equal(look(line("host", OTHER), "host", 2222), "unknown");
  });

  it("reads lists and wildcards, and an exclamation mark that excludes", () => {
    assert.equal(look(line("a,host,192.0.2.1"), "192.0.2.1"), "known");
    assert.equal(look(line("*.example.org"), "a.b.example.org"), "known");
    assert.equal(look(line("*.example.org"), "example.org"), "unknown");
    assert.equal(look(line("host?"), "host1"), "known");
    assert.equal(look(line("host?"), "host"), "unknown");
    assert.equal(look(line("192.0.2.*,!192.0.2.7"), "192.0.2.6"), "known");
    assert.equal(look(line("192.0.2.*,!192.0.2.7"), "192.0.2.7"), "unknown");
    assert.equal(look(line("!192.0.2.7,192.0.2.*"), "192.0.2.7"), "unknown");
    assert.equal(look(line("!host"), "other"), "unknown");
    assert.equal(look(line("[*.example.org]:2222"), "a.example.org", 2222), "known");
  });

  it("knows IPv6 addresses", () => {
    assert.equal(look(line("2001:db8::1"), "2001:db8::1"), "known");
    assert.equal(look(line("[2001:db8::1]:2222"), "2001:db8::1", 2222), "known");
  });

  it("revokes a key, wherever else it is listed", () => {
    assert.equal(look(line("host") + `@revoked ${line("*")}`, "host"), "revoked");
    assert.equal(look(`@revoked ${line("host")}` + line("[host]:2222"), "host", 2222), "revoked");
    assert.equal(look(line("host") + `@revoked ${line("host", OTHER)}`, "host"), "known");
    assert.equal(look(`@revoked ${line("host", OTHER)}`, "host"), "unknown");
  });

  it("does not take a certificate authority's key for a host's, and tells that there is one", () => {
    const text = `@cert-authority ${line("*.example.org")}`;
    const lookup = lookUpHostKey(parseKnownHosts(text, "f"), "a.example.org", 22, KEY);
    assert.ok(lookup.status === "unknown");
    assert.equal(lookup.authority?.line, 1);
    assert.deepEqual(knownKeyTypes(parseKnownHosts(text, "f"), "a.example.org", 22), []);
  });

  it("knows hashed names, with their port", () => {
    assert.equal(look(line(hashed("host")), "Host"), "known");
    assert.equal(look(line(hashed("host")), "other"), "unknown");
    assert.equal(look(line(hashed("[host]:2222")), "host", 2222), "known");
    assert.equal(look(line(hashed("host"), OTHER), "host"), "changed");
    assert.equal(look(`@revoked ${line(hashed("host"))}`, "host"), "revoked");
  });

  it("skips comments, empty lines, unknown markers, and lines whose key is not of the type they say", () => {
    const text =
      `# ${line("host")}\n\n@other ${line("host")}host ssh-rsa ${KEY.toString("base64")}\n` +
      "host ssh-ed25519\nhost 1024 35 1234567890\nhost ssh-ed25519 AAAA\n|1|| ssh-ed25519 AAAA\n";
    assert.deepEqual(parseKnownHosts(text, "f"), []);
  });

  it("reads comments behind a key, tabs, and Windows' line ends", () => {
    assert.equal(look(line("host").trim() + " who@where # why\r\n", "host"), "known");
    assert.equal(look(line("host").replaceAll(" ", "\t"), "host"), "known");
  });

  it("never throws, whatever the file holds", () => {
    const words = fc.constantFrom(
      "@revoked ",
      "@cert-authority ",
      "|1|",
      "|",
      "*",
      "!",
      ",",
      "[",
      "]:22",
      " ",
      "\n",
      "AAAA",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(words, fc.string({ maxLength: 4 }))).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, fc.string(), fc.nat(65_535), (content, host, port) => {
        assert.ok(["unknown", "changed"].includes(look(content, host, port, KEY)));
      }),
    );
  });

  it("finds again what it wrote, under that name only", () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,30}$/);
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1, max: 65_535 }), (host, other, port) => {
        const text = `${knownHostsLine(host, port, KEY)}\n`;
        assert.equal(look(text, host, port), "known");
        assert.equal(look(text, host, port, OTHER), "changed");
        if (other !== host) assert.equal(look(text, other, port), "unknown");
      }),
    );
  });

  it("finds any name under its hash, and no other name", () => {
    const name = fc.stringMatching(/^[a-z0-9.:-]{1,40}$/);
    fc.assert(
      fc.property(name, name, fc.uint8Array({ minLength: 1, maxLength: 40 }), (host, other, salt) => {
        const text = line(hashed(host, Buffer.from(salt)));
        assert.equal(look(text, host), "known");
        if (other !== host) assert.equal(look(text, other), "unknown");
      }),
    );
  });

  it("takes no longer for a wildcard that almost matches than for one that does", () => {
    assert.equal(look(line("*a".repeat(500) + "b"), "a".repeat(5000)), "unknown");
  });

  describe("as ssh-keygen has it", () => {
    const folder = temporaryFolder();
    after(() => folder.remove());

    it("reads the file that ssh-keygen -H hashed, and prints the fingerprint that ssh-keygen -l prints", () => {
      const file = join(folder.path, "known_hosts");
      const paths = ["ed25519", "ecdsa", "rsa"].map((type) => generateKey(folder.path, type, type));
      writeFileSync(file, paths.map((path) => `host,[host]:2222 ${publicKey(path)}\n`).join(""));
      runProgram("ssh-keygen", ["-q", "-H", "-f", file], { stdio: "ignore" });
      const text = readFileSync(file, "utf8");
      assert.match(text, /^(?:\|1\|\S+ \S+ \S+\n)+$/);
      for (const path of paths) {
        const key = Buffer.from(publicKey(path).split(" ")[1], "base64");
        assert.equal(look(text, "host", 22, key), "known");
        assert.equal(look(text, "host", 2222, key), "known");
        assert.equal(look(text, "host", 22), "changed");
        const said = execFileSync("ssh-keygen", ["-lf", `${path}.pub`], { encoding: "utf8" });
        assert.ok(said.includes(` ${fingerprintOf(key)} `), said);
      }
    });
  });
});
