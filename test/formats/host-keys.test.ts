import assert from "node:assert/strict";
import fc from "fast-check";
import { utils } from "ssh2";
import { printedHostKeys } from "../../src/formats/host-keys";

const keys = (["ecdsa", "ecdsa"] as const).map((type) => utils.generateKeyPairSync(type, { bits: 256 }).public.trim());
const block = (lines: readonly string[]): string =>
  ["-----BEGIN SSH HOST KEY KEYS-----", ...lines, "-----END SSH HOST KEY KEYS-----"]
    .map((line) => `[   10.2] cloud-init[412]: ${line}\r\n`)
    .join("");
const said = (text: string): string[] => printedHostKeys(text).map(({ type, base64 }) => `${type} ${base64}`);

describe("The host keys on a console", () => {
  it("are those that cloud-init prints, the last time that it does", () => {
    assert.deepEqual(said(`boot\n${block([`${keys[0]} root@a`])}reboot\n${block([`${keys[1]} root@a`])}login:`), [
      keys[1],
    ]);
  });

  it("are none outside of the block", () => {
    assert.deepEqual(said(`${keys[0]}\n`), []);
    assert.deepEqual(said(`${block([])}${keys[0]}\n`), []);
  });

  it("are read in a block whose end is not there yet", () => {
    assert.deepEqual(said(`-----BEGIN SSH HOST KEY KEYS-----\n${keys[0]} root@a\n${keys[1].slice(0, 30)}`), [keys[0]]);
  });

  it("are never found, and never a crash, in any other text", () => {
    fc.assert(fc.property(fc.string(), (text) => printedHostKeys(text).length === 0));
  });
});
