import { createHmac } from "node:crypto";

/** Seconds that a passcode holds, and its digits: RFC 6238 4.1 and 5.3, as Keystone has them. */
const PERIOD = 30;
const DIGITS = 6;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The passcode that an authenticator shows: TOTP with HMAC-SHA-1 (RFC 6238).
 * @param secret Base32 (RFC 4648), as Keystone keeps it
 * @param time milliseconds since 1970
 */
export function passcodeAt(secret: string, time: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 1000 / PERIOD)));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  // RFC 4226 5.3: the last four bits say where the number stands
  const number = digest.readUInt32BE(digest[digest.length - 1] & 0xf) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The passcodes that Keystone takes at a time: that of the time, and the one before it. */
export function passcodesAt(secret: string, time: number): readonly string[] {
  return [time, time - 1000 * PERIOD].map((moment) => passcodeAt(secret, moment));
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replace(/=+$/, ""), (char) => BASE32.indexOf(char).toString(2).padStart(5, "0")).join(
    "",
  );
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
