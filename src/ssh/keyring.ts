import { readFile } from "node:fs/promises";
import {
  BaseAgent,
  createAgent,
  utils,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from "ssh2";
import type { AuthenticationServices } from "./authentication-services";

/** How a key signs. */
interface Signer {
  readonly publicKey: ParsedKey;
  readonly sign: (data: Buffer, options: SigningRequestOptions) => Promise<Buffer>;
}

/**
 * Every key that there is to offer, each once: the chosen files', the agent's, the account's own files'. To ssh2 it is an agent,
 * which offers the public keys and lets one sign that the server has accepted; so a passphrase is asked for only if its
 * key opens the door, and at most once.
 */
export class Keyring extends BaseAgent {
  /** By file or agent: what was found, and what could not be used, for people. */
  readonly notes = new Map<string, string>();
  private signers: Signer[] = [];

  constructor(private readonly services: AuthenticationServices) {
    super();
  }

  /** Collects the keys. @returns whether there are any */
  async load(): Promise<boolean> {
    const { identityFiles, agentSocket, defaultIdentityFiles, identitiesOnly = false } = this.services;
    this.signers = [];
    for (const file of identityFiles) this.notes.set(file, `key ${file} (cannot be read)`);
    const agents = agentSocket === null ? [] : await this.agentSigners(agentSocket);
    for (const file of identityFiles) this.add(await this.fileSigner(file, agents));
    if (!identitiesOnly) this.add(...agents);
    for (const file of defaultIdentityFiles) this.add(await this.fileSigner(file, agents));
    return this.signers.length > 0;
  }

  private add(...signers: readonly (Signer | null)[]): void {
    for (const signer of signers) {
      if (signer === null || this.signers.some((s) => isSameKey(s.publicKey, signer.publicKey))) continue;
      this.signers.push(signer);
    }
  }

  override getIdentities(done: IdentityCallback): void {
    done(
      null,
      this.signers.map((s) => s.publicKey),
    );
  }

  override sign(
    publicKey: ParsedKey | Buffer | string,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const [hashing, done] = typeof options === "function" ? [{}, options] : [options, callback];
    const wanted = parsePublic(publicKey);
    const signer = this.signers.find((s) => wanted !== null && isSameKey(s.publicKey, wanted));
    const signature = signer?.sign(data, hashing) ?? Promise.reject(new Error("no such key"));
    signature.then(
      (bytes) => done?.(null, bytes),
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private async agentSigners(socket: string): Promise<Signer[]> {
    const agent = createAgent(socket);
    const keys = await new Promise<readonly unknown[] | null>((resolve) => {
      agent.getIdentities((error, identities) => resolve(error ? null : (identities ?? [])));
    });
    if (keys === null) {
      this.notes.set(socket, "SSH agent (no answer)");
      return [];
    }
    const publicKeys = keys.flatMap((key) => parsePublic(key) ?? []);
    this.notes.set(socket, `SSH agent (${publicKeys.length} ${publicKeys.length === 1 ? "key" : "keys"})`);
    return publicKeys.map((publicKey) => ({
      publicKey,
      sign: (data, options) =>
        new Promise((resolve, reject) => {
          agent.sign(publicKey, data, options, (error, signature) => {
            if (signature === undefined) reject(error ?? new Error("the agent gave no signature"));
            else resolve(signature);
          });
        }),
    }));
  }

  /**
   * The key of an identity file; null if there is none, or none that can be used. What the agent holds of a key that is
   * locked, or of which there is the public half alone, is the agent's to sign with.
   */
  private async fileSigner(file: string, agents: readonly Signer[]): Promise<Signer | null> {
    const held = (key: ParsedKey | null): Signer | undefined =>
      key === null ? undefined : agents.find(({ publicKey }) => isSameKey(publicKey, key));
    const bytes = await readFile(file).catch(() => null);
    const key = bytes === null ? await this.publicHalf(file) : parse(bytes);
    if (bytes === null || (key !== null && !(key instanceof Error) && !key.isPrivateKey())) {
      const signer = held(key instanceof Error ? null : key) ?? null;
      if (signer !== null) this.notes.set(file, `key ${file} (in the agent)`);
      else if (bytes !== null) this.notes.set(file, `key ${file} (a public key, and the agent has no private one)`);
      return signer;
    }
    if (key === null) return null;
    if (!(key instanceof Error)) {
      this.notes.set(file, `key ${file}`);
      return { publicKey: key, sign: (data, { hash }) => signWith(key, data, hash) };
    }
    if (!key.message.includes("no passphrase given")) {
      this.notes.set(file, `key ${file} (not a private key that can be read)`);
      return null;
    }
    const publicKey = (await this.publicHalf(file)) ?? parsePublic(publicPart(bytes));
    if (publicKey === null) {
      this.notes.set(file, `key ${file} (encrypted, and ${file}.pub is missing)`);
      return null;
    }
    this.notes.set(file, `key ${file}`);
    return (
      held(publicKey) ?? {
        publicKey,
        sign: async (data, { hash }) => signWith(await this.unlock(file, bytes), data, hash),
      }
    );
  }

  private async publicHalf(file: string): Promise<ParsedKey | null> {
    return parsePublic(await readFile(`${file}.pub`).catch(() => null));
  }

  private async unlock(file: string, bytes: Buffer): Promise<ParsedKey> {
    const unlocked = this.services.unlocked?.get(file);
    if (unlocked !== undefined) return unlocked;
    const prompt = `Passphrase of the key ${file}`;
    const passphrase = (await this.services.askSecret?.({ kind: "passphrase", file, prompt })) ?? null;
    if (passphrase === null) {
      this.notes.set(file, `key ${file} (its passphrase was not given)`);
      throw new Error("no passphrase");
    }
    const key = parse(bytes, passphrase);
    if (key instanceof Error) {
      this.notes.set(file, `key ${file} (its passphrase was wrong)`);
      throw key;
    }
    this.services.unlocked?.set(file, key);
    return key;
  }
}

function parse(bytes: Buffer, passphrase?: string): ParsedKey | Error {
  const parsed: ParsedKey | readonly ParsedKey[] | Error = utils.parseKey(bytes, passphrase);
  // OpenSSH's format may hold several keys; none that exists does
  return Array.isArray(parsed) ? (parsed[0] as ParsedKey) : parsed;
}

/** A public key from whatever an agent or a file gave. */
function parsePublic(key: unknown): ParsedKey | null {
  const inner = typeof key === "object" && key !== null && "pubKey" in key ? key.pubKey : key;
  const parsed = Buffer.isBuffer(inner) || typeof inner === "string" ? parse(Buffer.from(inner)) : inner;
  return isParsedKey(parsed) ? parsed : null;
}

const isParsedKey = (key: unknown): key is ParsedKey =>
  typeof key === "object" && key !== null && "getPublicSSH" in key && typeof key.getPublicSSH === "function";

const isSameKey = (a: ParsedKey, b: ParsedKey): boolean => a.getPublicSSH().equals(b.getPublicSSH());

function signWith(key: ParsedKey, data: Buffer, hash: SigningRequestOptions["hash"]): Promise<Buffer> {
  const signature: Buffer | Error = key.sign(data, hash);
  return signature instanceof Error ? Promise.reject(signature) : Promise.resolve(signature);
}

const MAGIC = "openssh-key-v1\0";

/** The public half that an encrypted key in OpenSSH's own format holds in the clear (openssh's PROTOCOL.key). */
function publicPart(file: Buffer): Buffer | null {
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(file.toString("latin1"))?.[1];
  const bytes = Buffer.from(base64 ?? "", "base64");
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return null;
  let at = MAGIC.length;
  const readString = (): Buffer => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  try {
    readString(); // cipher
    readString(); // key derivation
    readString(); // its options
    at += 4; // number of keys
    return Buffer.from(readString());
  } catch {
    return null;
  }
}
