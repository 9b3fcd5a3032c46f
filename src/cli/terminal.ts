import { homedir } from "node:os";
import { createInterface } from "node:readline/promises";
import { addAbortSignal, Writable } from "node:stream";
import type { Terminal } from "./command";

/** The process's own terminal. Questions go to standard error, so that standard output holds results only. */
export function processTerminal(signal: AbortSignal): Terminal {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  let progressShown = false;

  const clearProgress = () => {
    if (progressShown) process.stderr.write("\r\x1b[K");
    progressShown = false;
  };

  const ask: NonNullable<Terminal["ask"]> = async ({ prompt, hidden }) => {
    clearProgress();
    process.stderr.write(`${prompt} `);
    // the secret is typed into a stream that swallows the echo
    const echo = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
    const readline = createInterface({ input: process.stdin, output: echo, terminal: true });
    try {
      return await readline.question("", { signal });
    } finally {
      readline.close();
      if (hidden) process.stderr.write("\n");
    }
  };

  return {
    env: process.env,
    home: homedir(),
    cwd: process.cwd(),
    signal,
    print: (text) => {
      clearProgress();
      process.stdout.write(text);
    },
    write: (bytes) =>
      new Promise((taken, fail) => {
        process.stdout.write(bytes, (error) => (error == null ? taken() : fail(error)));
      }),
    input: () => addAbortSignal(signal, process.stdin),
    warn: (text) => {
      clearProgress();
      process.stderr.write(text);
    },
    progress: (message, fraction) => {
      if (!process.stderr.isTTY) return;
      const percent = fraction === null ? "" : `${Math.floor(fraction * 100).toString()} % `.padStart(6);
      process.stderr.write(`\r\x1b[K${percent}${message}`.slice(0, process.stderr.columns));
      progressShown = true;
    },
    ask: interactive ? ask : null,
  };
}
