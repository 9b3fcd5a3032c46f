/** A machine of which things can be asked, wherever it is. */
export interface Machine {
  /** What people call it. */
  readonly name: string;
  /** `local`, `ssh://user@host:port`, or `console:SERVER`, `console:FILE`. */
  readonly address: string;

  /**
   * Runs a command to its end.
   * @param command a POSIX shell script of ours, see `commands.ts`; never made from data
   * @throws UserError if it cannot be run, takes too long or writes too much; the signal's reason when that aborts
   */
  run(command: string, options: RunOptions): Promise<CommandResult>;

  /**
   * Runs a command and hands on what it writes to standard output, as fast as the consumer takes it. The command ends
   * with the loop that consumes it, and its standard input is open until then. null where no bytes come through, as over a console.
   * @throws UserError if it cannot be run or ends with a failure; the signal's reason when that aborts
   */
  readonly stream: ((command: string, signal: AbortSignal) => AsyncIterable<Uint8Array>) | null;

  close(): Promise<void>;
}

/** A machine whose bytes come through. */
export interface StreamingMachine extends Machine {
  readonly stream: NonNullable<Machine["stream"]>;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Bytes of standard output after which the command is stopped. */
  readonly maxOutput: number;
  /** Milliseconds after which the command is stopped. */
  readonly timeout: number;
}

/** What a command left behind. */
export interface CommandResult {
  readonly stdout: Buffer;
  /** Cut to a bounded length. */
  readonly stderr: string;
  /** null when a signal ended it. */
  readonly exitCode: number | null;
}
