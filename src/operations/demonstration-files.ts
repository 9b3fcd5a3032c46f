import { createCipheriv, createHash } from "node:crypto";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Encryption } from "../model/raw-against-processed";
import { demonstrationExists, demonstrationNotWritten } from "./errors";

const SIZE = 1_000_000;
const PASSWORD = "password";
const NAMES = { raw: "zero.bin", processed: "random.bin" } as const;

/** The two files of the demonstration. */
export interface DemonstrationFiles {
  readonly raw: string;
  readonly processed: string;
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();

/** OpenSSL's EVP_BytesToKey, one round of SHA-256 without salt: each block is the digest of the one before and the password. */
function derive(password: Uint8Array): { readonly key: Buffer; readonly iv: Buffer } {
  const key = sha256(password);
  return { key, iv: sha256(key, password).subarray(0, 16) };
}

const { key: KEY, iv: IV } = derive(Buffer.from(PASSWORD));

/** How the processed file is made of the raw one. */
export const ENCRYPTION: Encryption = {
  cipher: "aes-256-ctr",
  password: PASSWORD,
  key: KEY.toString("hex"),
  iv: IV.toString("hex"),
  commands: [
    `head -c ${SIZE} /dev/zero > ${NAMES.raw}`,
    `openssl enc -aes-256-ctr -in ${NAMES.raw} -out ${NAMES.processed} -nosalt -k "${PASSWORD}"`,
  ],
};

/** The paths of the two files in a folder. */
function demonstrationFiles(folder: string): DemonstrationFiles {
  return { raw: join(folder, NAMES.raw), processed: join(folder, NAMES.processed) };
}

/** Those of the two that would be overwritten. */
export async function filesInTheWay(folder: string): Promise<readonly string[]> {
  const { raw, processed } = demonstrationFiles(folder);
  const there = await Promise.all(
    [raw, processed].map((file) =>
      access(file).then(
        () => [file],
        () => [],
      ),
    ),
  );
  return there.flat();
}

/**
 * Writes both files; the folder need not exist yet.
 * @param overwrite whether files of these names may go
 * @throws UserError if one is in the way, or cannot be written
 */
export async function writeDemonstration(folder: string, overwrite: boolean): Promise<DemonstrationFiles> {
  const files = demonstrationFiles(folder);
  const inTheWay = overwrite ? [] : await filesInTheWay(folder);
  if (inTheWay.length > 0) throw demonstrationExists(inTheWay);
  const zeros = new Uint8Array(SIZE);
  // should one appear meanwhile, it stays
  const flag = overwrite ? "w" : "wx";
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(files.raw, zeros, { flag });
    await writeFile(files.processed, createCipheriv("aes-256-ctr", KEY, IV).update(zeros), { flag });
  } catch (cause) {
    throw demonstrationNotWritten(folder, cause);
  }
  return files;
}
