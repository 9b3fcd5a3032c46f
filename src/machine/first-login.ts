import { UserError } from "../errors";
import type { StreamingMachine } from "./machine";
import type { RunKey } from "./run-key";
import { openSshMachine } from "./ssh";

/** A server that was made a moment ago, and how to wait for it. */
export interface NewMachine {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** What its console shows now; "" where it cannot be read. */
  readonly console: () => Promise<string>;
  /** Milliseconds since some fixed point; the end is on the same clock. */
  readonly now: () => number;
  readonly end: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Milliseconds between two tries, and how long after its first answer a server may take to print its host keys. */
const TRY_AGAIN = 5000;
const PRINTING = 60_000;

/** Somebody else may be answering. */
const FINAL = new Set(["ssh-host-key-changed", "ssh-host-key-revoked"]);

/** How the host key came to be trusted. */
export type HostKeyTrust = "console" | "first-contact";

/**
 * Logs in to a server that is still starting, as soon as it lets us in. Its host key is that which its console has shown;
 * if the console shows none, the first is trusted, for this server alone.
 * @throws UserError if it does not come to a login in time
 */
export async function firstLogin(
  machine: NewMachine,
  key: RunKey,
  signal: AbortSignal,
): Promise<{ readonly machine: StreamingMachine; readonly trust: HostKeyTrust }> {
  const { name, host, port, user } = machine;
  let firstAnswer: number | null = null;
  for (;;) {
    let trust: HostKeyTrust = "console";
    const trustFirst = (): boolean => {
      firstAnswer ??= machine.now();
      trust = "first-contact";
      return machine.now() - firstAnswer >= PRINTING;
    };
    try {
      const services = await key.services({ host, port, user }, await machine.console(), trustFirst);
      const opened = await openSshMachine({ kind: "ssh", name, user, host, port }, services, signal);
      return { machine: opened, trust };
    } catch (error) {
      if (!(error instanceof UserError) || FINAL.has(error.code) || machine.now() >= machine.end) throw error;
    }
    await machine.sleep(TRY_AGAIN);
  }
}
