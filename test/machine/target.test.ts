import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { machineAddress, machineSource, parseMachineAddress } from "../../src/machine/target";

const ssh = (name: string, user: string | null, host: string, port: number | null): unknown => ({
  kind: "ssh",
  name,
  user,
  host,
  port,
});

describe("a machine's address", () => {
  it("is local, or ssh:// with a host, perhaps a user, perhaps a port", () => {
    assert.deepEqual(parseMachineAddress(" local "), { kind: "local", name: "this machine" });
    assert.deepEqual(parseMachineAddress("ssh://host"), ssh("host", null, "host", null));
    assert.deepEqual(parseMachineAddress("ssh://host:22"), ssh("host", null, "host", 22));
    assert.deepEqual(
      parseMachineAddress("ssh://debian@203.0.113.7"),
      ssh("203.0.113.7", "debian", "203.0.113.7", null),
    );
    assert.deepEqual(
      parseMachineAddress("SSH://u@Host.example.org:2222/"),
      ssh("Host.example.org:2222", "u", "Host.example.org", 2222),
    );
    assert.deepEqual(
      parseMachineAddress("ssh://u@[2001:db8::1]:2222"),
      ssh("[2001:db8::1]:2222", "u", "2001:db8::1", 2222),
    );
    assert.deepEqual(parseMachineAddress("ssh://u@[fe80::1%eth0]"), ssh("fe80::1%eth0", "u", "fe80::1%eth0", null));
    assert.deepEqual(parseMachineAddress("ssh://first.last@host"), ssh("host", "first.last", "host", null));
  });

  for (const address of [
    "",
    "host",
    "user@host",
    "http://host",
    "ssh://",
    "ssh://user@",
    "ssh://@host",
    "ssh://user@host:",
    "ssh://user@host:0",
    "ssh://user@host:65536",
    "ssh://user@host:22x",
    "ssh://user@host/path",
    "ssh://user@ho st",
    "ssh://user@-oProxyCommand=x",
    "ssh://-l@host",
    "ssh://user@$(id)",
    "ssh://user@2001:db8::1",
    "ssh://user@[not-ipv6]",
    "ssh://user@host\u001b[2J",
  ]) {
    it(`is not ${JSON.stringify(address)}`, () => {
      assert.throws(
        () => parseMachineAddress(address),
        (error) => error instanceof UserError && error.code === "machine-address-invalid" && error.remedy !== "",
      );
    });
  }

  it("holds no password, and an error never repeats one", () => {
    assert.throws(
      () => parseMachineAddress("ssh://user:hunter2@host"),
      (error) => error instanceof UserError && /password/.test(error.message) && !/hunter2/.test(String(error)),
    );
  });

  it("is refused by a UserError or read, whatever it is, and reads the same once it was written", () => {
    const parts = fc.constantFrom("ssh://", "local", "@", ":", "[", "]", "::1", "host", "22", "%", "/", "user", ".");
    const anything = fc.oneof(
      fc.string(),
      fc.array(parts).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(anything, (address) => {
        try {
          const target = parseMachineAddress(address);
          assert.deepEqual(parseMachineAddress(machineAddress(target)), target);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
    );
  });

  it("names its source, by the name that people gave it if they did", () => {
    const target = parseMachineAddress("ssh://u@host:2222");
    assert.deepEqual(machineSource(target), { kind: "machine", name: "host:2222", address: "ssh://u@host:2222" });
    assert.deepEqual(machineSource({ ...target, name: "web server" }).name, "web server");
  });
});
