/** Where an SSH server listens, and whom it shall let in. */
export interface SshEndpoint {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
}
