import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utils } from "ssh2";
import { printedHostKeys } from "../formats/host-keys";
import { knownHostsLine } from "../ssh/known-hosts";
import type { MachineServices } from "./services";

/** A key that lets in for one run, in a private folder that goes with it. */
export class RunKey {
  private constructor(
    /** A line of authorized_keys. */
    readonly publicKey: string,
    private readonly folder: string,
  ) {}

  /** Makes a key. Not ed25519: of 2000 keys that ssh2 1.17.0 made, it could not read 7 back. */
  static async make(): Promise<RunKey> {
    const folder = await mkdtemp(join(tmpdir(), "entropy-check-"));
    const pair = utils.generateKeyPairSync("ecdsa", { bits: 256, comment: "entropy-check" });
    await writeFile(join(folder, "key"), pair.private, { mode: 0o600 });
    return new RunKey(pair.public, folder);
  }

  /**
   * With what to log in to one server: this key and no other, and only to the host keys that its console has shown.
   * @param console what the console shows
   * @param trustFirst accepts the first host key that the server shows, if the console has shown none
   */
  async services(
    { host, port, user }: { readonly host: string; readonly port: number; readonly user: string },
    console: string,
    trustFirst: () => boolean,
  ): Promise<MachineServices> {
    const keys = printedHostKeys(console).flatMap(({ type, base64 }) => {
      const key = utils.parseKey(`${type} ${base64}`);
      return key instanceof Error ? [] : [knownHostsLine(host, port, Buffer.from(base64, "base64"))];
    });
    const knownHosts = join(this.folder, "known_hosts");
    await writeFile(knownHosts, keys.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    return {
      user,
      sshConfig: null,
      knownHostsFiles: [knownHosts],
      ownKnownHosts: null,
      identityFiles: [join(this.folder, "key")],
      agentSocket: null,
      defaultIdentityFiles: [],
      askSecret: null,
      confirmHostKey: keys.length > 0 ? null : () => Promise.resolve(trustFirst()),
      confirmCommand: null,
      remark: () => undefined,
    };
  }

  /** Deletes the key and what was known. */
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
