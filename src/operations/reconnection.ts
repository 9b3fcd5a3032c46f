import { setTimeout } from "node:timers/promises";
import { UserError } from "../errors";
import type { OperationEvent } from "../model";
import { PROXY_COMMAND_ENDED } from "../ssh/errors";

/** After a lost connection: so many seconds until the next attempt. */
const WAITS = [1, 2, 4, 8, 15, 30];
/** What a lost connection, and an attempt to make it again, may end with. */
const LOSSES = new Set([
  ...["ssh-disconnected", "ssh-unreachable", "ssh-refused", "ssh-timeout", "ssh-handshake"],
  PROXY_COMMAND_ENDED,
]);

/** When to try again after a connection was lost, and when to give up. */
export class Reconnection {
  private attempt = 0;

  constructor(private readonly signal: AbortSignal) {}

  /** Whether an error says that the connection was lost, so that another attempt may help. */
  static isLoss(error: unknown): error is UserError {
    return error instanceof UserError && LOSSES.has(error.code);
  }

  /**
   * Waits until the next attempt.
   * @param gained whether the last attempt brought anything: then the waits begin anew
   * @throws the loss itself after too many attempts in vain, the signal's reason when it aborts
   */
  async *after(loss: UserError, gained: boolean): AsyncGenerator<Extract<OperationEvent, { type: "progress" }>> {
    if (gained) this.attempt = 0;
    const seconds = WAITS.at(this.attempt++);
    if (seconds === undefined) throw loss;
    yield { type: "progress", message: `${loss.message} Trying again in ${seconds} s`, fraction: null };
    await setTimeout(seconds * 1000, undefined, { signal: this.signal }).catch(() => this.signal.throwIfAborted());
  }
}
