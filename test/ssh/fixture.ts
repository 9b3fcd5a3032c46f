import { join } from "node:path";
import { generateKey, publicKey, startSshd, temporaryFolder, type Sshd } from "./sshd";

/** Clients' private keys: servers take the first two, of which one has the passphrase "open sesame". */
export type ClientKeys = Readonly<Record<"client" | "locked" | "stranger", string>>;

export interface SshSuite {
  readonly folder: string;
  /** A file of the folder. */
  readonly path: (...names: readonly string[]) => string;
  /** There while the suite runs. */
  readonly keys: ClientKeys;
  /** Starts a server, which ends with the suite. */
  readonly serve: (hostKeys: readonly string[], more?: readonly string[]) => Promise<Sshd>;
}

/** Gives a suite a folder with the keys of clients, and servers that know them. */
export function useSsh(): SshSuite {
  const folder = temporaryFolder();
  const servers: Sshd[] = [];
  let keys: ClientKeys;
  before(() => {
    keys = {
      client: generateKey(folder.path, "client", "ecdsa"),
      locked: generateKey(folder.path, "locked", "ed25519", "open sesame"),
      stranger: generateKey(folder.path, "stranger"),
    };
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    folder.remove();
  });
  return {
    folder: folder.path,
    path: (...names) => join(folder.path, ...names),
    get keys() {
      return keys;
    },
    serve: async (hostKeys, more = []) => {
      const authorizedKeys = [publicKey(keys.client), publicKey(keys.locked)];
      const server = await startSshd(folder.path, { hostKeys: [...hostKeys], authorizedKeys, more: [...more] });
      servers.push(server);
      return server;
    },
  };
}
