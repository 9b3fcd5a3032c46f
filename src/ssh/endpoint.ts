/** Where an SSH server listens, and whom it shall let in. */
export interface SshEndpoint {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The name under which its key is known, in place of host and port (HostKeyAlias). */
  readonly hostKeyAlias?: string;
}

/** Under which host and port known_hosts has a server's key. */
export function keyPlace({ host, port, hostKeyAlias }: SshEndpoint): { readonly host: string; readonly port: number } {
  return hostKeyAlias === undefined ? { host, port } : { host: hostKeyAlias, port: DEFAULT_SSH_PORT };
}

export const DEFAULT_SSH_PORT = 22;
