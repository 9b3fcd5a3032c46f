/**
 * Commands through an account's login shell. An SSH server hands the command line to whatever shell the account has, and
 * the shell's start-up files may write something first. So the line is read alike by sh, bash, zsh, fish and csh, and
 * what the command writes begins after a mark.
 */
import { shellAnswersOtherwise } from "./errors";

const MARK = "entropy-check-output-follows";

/** In single quotes fish reads the backslash, csh the exclamation mark and the line's end, and all of them the quote. */
const READ_DIFFERENTLY = /['\\!\n\r\0]/;

/** The line that runs a POSIX shell command through any login shell. */
export function throughLoginShell(command: string): string {
  if (READ_DIFFERENTLY.test(command)) throw new Error(`login shells read this differently: ${command}`);
  return `exec sh -c 'echo ${MARK}; ${command}'`;
}

/** What the mark looks like on standard output. */
export const OUTPUT_FOLLOWS = Buffer.from(`${MARK}\n`);

/** Of what start-up files write, no more is looked through. */
const MOST_NOISE = 64 * 1024;

/**
 * What the command wrote, without what came before.
 * @param machine its name, for people
 * @throws UserError if the mark does not come
 */
export async function* afterMark(output: AsyncIterable<Uint8Array>, machine: string): AsyncGenerator<Uint8Array> {
  let noise: Buffer | null = Buffer.alloc(0);
  for await (const chunk of output) {
    if (noise === null) {
      yield chunk;
      continue;
    }
    noise = Buffer.concat([noise, chunk]);
    const at = noise.indexOf(OUTPUT_FOLLOWS);
    if (at >= 0) {
      const rest = noise.subarray(at + OUTPUT_FOLLOWS.length);
      noise = null;
      if (rest.length > 0) yield rest;
    } else if (noise.length > MOST_NOISE) {
      break;
    }
  }
  if (noise !== null) throw shellAnswersOtherwise(machine, noise.toString("utf8", 0, MOST_NOISE));
}
