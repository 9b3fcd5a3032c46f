import { createCipheriv, createHash } from "node:crypto";

/** AES-256-CTR under SHA-256 of the label, from a zero counter. */
export function keystream(label: string, length: number): Uint8Array {
  const key = createHash("sha256").update(`entropy-check demo: ${label}`).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(new Uint8Array(length));
}
