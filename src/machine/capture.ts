/**
 * Samples from a machine: what is run there. The commands are ours but for the user's own; that one travels encoded, so
 * that no shell on the way reads it.
 */
import type { ByteOrder, SampleFormat } from "../formats/sample-format";
import { COMMANDS, SEARCH_PATH } from "./commands";
import { captureAnswerStrange } from "./errors";
import type { Machine } from "./machine";

/** Where samples come from. */
export type CaptureSource =
  /** A device that gives bytes. */
  | { readonly kind: "hwrng" | "random" | "urandom" }
  /** Raw timestamps of the kernel's jitterentropy, where it was built with CRYPTO_JITTERENTROPY_TESTINTERFACE. */
  | { readonly kind: "jitter-kernel" }
  /** Raw deltas of jitterentropy-hashtime, which comes with the library's sources. */
  | { readonly kind: "jitter-recorder" }
  /** A file on the machine. */
  | { readonly kind: "file"; readonly path: string }
  /** What a command of the user's writes. */
  | { readonly kind: "command"; readonly command: string };

/** How much is wanted of a source. */
export interface CaptureLimit {
  readonly unit: "bytes" | "lines";
  readonly count: number;
}

/** What a machine says of itself before samples are collected. */
export interface MachineFacts {
  /** Of the kernel. */
  readonly release: string;
  readonly architecture: string;
  /** The kernel's. */
  readonly commandLine: string;
  readonly hasSha256sum: boolean;
}

const JITTER_TEST = "/sys/kernel/debug/jitterentropy_testing/jent_raw_hires";

/** A source that can be asked for the same bytes again. */
export function isRepeatable({ kind }: CaptureSource): boolean {
  return kind === "file" || kind === "command";
}

/** The samples' usual format: what the source is known to give. */
export function usualFormat({ kind }: CaptureSource, { release, architecture }: MachineFacts): SampleFormat {
  if (kind === "jitter-recorder")
    return { kind: "lines", radix: 10, columns: 1, column: 1, width: 64, values: "samples" };
  if (kind !== "jitter-kernel") return { kind: "bytes" };
  const byteOrder: ByteOrder = /^(?:s390|ppc64$|ppc$|mips64$|mips$|sparc)/.test(architecture) ? "big" : "little";
  return { kind: "words", width: isBefore613(release) ? 32 : 64, byteOrder, values: "timestamps" };
}

/** Timestamps have had 64 bits since Linux 6.13. */
function isBefore613(release: string): boolean {
  const [major, minor] = release.split(".").map(Number);
  return major < 6 || (major === 6 && minor < 13);
}

/** A command of the user's for a POSIX shell, whatever characters are in it. */
export function encodedCommand(command: string): string {
  return `sh -c ${encoded(command)}`;
}

/** A word of the user's for a POSIX shell, through any login shell: in characters that none of them reads. */
function encoded(text: string): string {
  return `"$(echo ${Buffer.from(text).toString("base64")} | base64 -d)"`;
}

/** What writes the source's bytes to standard output. @param count of samples, where the source must be told */
function produce(source: CaptureSource, count: number): string {
  switch (source.kind) {
    case "hwrng":
    case "random":
    case "urandom":
      return `cat /dev/${source.kind}`;
    case "jitter-kernel":
      return `cat ${JITTER_TEST}`;
    case "jitter-recorder":
      return (
        `( ${SEARCH_PATH}; made=$(mktemp -d) || exit 1; trap "rm -rf $made" EXIT; trap "exit 1" HUP INT PIPE TERM; ` +
        `jitterentropy-hashtime ${count} 1 $made/raw >/dev/null && cat $made/raw-0001.data )`
      );
    case "file":
      return `cat -- ${encoded(source.path)}`;
    case "command":
      return encodedCommand(source.command);
  }
}

const upTo = ({ unit, count }: CaptureLimit): string => `head -${unit === "bytes" ? "c" : "n"} ${count}`;

/** Seconds after which what a capture came to is removed if nobody has asked for it. */
const OUTCOME_KEPT = 60;

/**
 * What removes a capture's folder as soon as nobody holds its standard input any more, so that a client that was killed
 * leaves nothing behind. If all was taken, the outcome may still be asked for; else what hangs on a source that gives
 * nothing is ended, unless the shell's process group is not its own. It is nobody's child, so that the capture does not
 * wait for it.
 */
function watchOver(folder: string): string {
  return (
    `exec 3<&0 < /dev/null; ( { trap "" TERM HUP; cat; n=0; ` +
    `while [ -e ${folder}/ended ] && [ $n -lt ${OUTCOME_KEPT} ]; do sleep 1; n=$((n+1)); done; rm -rf ${folder}; ` +
    "read -r pid name state parent group rest < /proc/$$/stat && [ $group = $$ ] && kill -TERM 0; " +
    "} <&3 3<&- >/dev/null 2>&1 & ); exec 3<&-; "
  );
}

/**
 * What streams samples, as long as its standard input is open.
 * @param folder on the machine, which must not exist: what the capture comes to is left there, see `captureOutcome`
 * @param skip bytes at the beginning that are not sent
 * @param samples what the source is told, where it must be
 */
export function captureCommand(
  source: CaptureSource,
  limit: CaptureLimit,
  samples: number,
  skip: number,
  folder: string,
  { hasSha256sum }: Pick<MachineFacts, "hasSha256sum">,
): string {
  const hash = hasSha256sum
    ? {
        begin: `mkfifo ${folder}/pipe || exit 1; { sha256sum < ${folder}/pipe > ${folder}/sum; } & `,
        tee: ` | tee ${folder}/pipe`,
      }
    : { begin: "", tee: "" };
  return (
    `umask 077; mkdir ${folder} || exit 1; ${watchOver(folder)}${hash.begin}` +
    `{ ${produce(source, samples)}; echo $? > ${folder}/code; } 2> ${folder}/errors | ${upTo(limit)}${hash.tee}` +
    `${skip === 0 ? "" : ` | tail -c +${skip + 1}`} && : > ${folder}/ended; wait`
  );
}

/**
 * What gives the samples of restarts, one after the other, and on standard error how each ended.
 * @param limit of each
 */
export function restartsCommand(source: CaptureSource, limit: CaptureLimit, samples: number, restarts: number): string {
  // decoded once, for a restart may take no longer than that
  const [begin, give] =
    source.kind === "command"
      ? [`given=${encoded(source.command)}; `, 'sh -c "$given"']
      : ["", produce(source, samples)];
  return (
    `${begin}n=0; while [ $n -lt ${restarts} ]; do ` +
    `{ ${give}; echo "(exit code $?)" >&2; } | ${upTo(limit)}; n=$((n+1)); done`
  );
}

/** What hashes the first bytes that a repeatable source gives. */
export function prefixHashCommand(source: CaptureSource, samples: number, bytes: number): string {
  return `${produce(source, samples)} 2>/dev/null | head -c ${bytes} | sha256sum`;
}

/** What a capture came to on the machine. */
export interface CaptureOutcome {
  /** Of all that it would have sent without a skip; null where it is not known. */
  readonly sha256: string | null;
  /** How the source ended; null when it was ended, having given enough. */
  readonly exitCode: number | null;
  /** What it said. */
  readonly errors: string;
}

/** Reads the outcome, and removes it. The hash may come a moment after the last byte. */
export function captureOutcomeCommand(folder: string, { hasSha256sum }: Pick<MachineFacts, "hasSha256sum">): string {
  const wait = hasSha256sum ? `for i in 1 2 3 4 5 6 7 8 9 10; do [ -s ${folder}/sum ] && break; sleep 1; done; ` : "";
  return (
    `${wait}for part in sum code; do read -r word rest < ${folder}/$part && echo $part $word; done 2>/dev/null; ` +
    `echo errors; head -c 400 ${folder}/errors; rm -rf ${folder}`
  );
}

/** Removes what a capture left whose connection was lost. */
export const removeCommand = (folder: string): string => `rm -rf ${folder}`;

/** Reads the answer to `captureOutcomeCommand`. */
export function readCaptureOutcome(answer: string): CaptureOutcome {
  const at = answer.indexOf("errors\n");
  const head = at < 0 ? answer : answer.slice(0, at);
  const sha256 = /^sum ([0-9a-f]{64})$/m.exec(head)?.[1] ?? null;
  const code = /^code (\d{1,3})$/m.exec(head)?.[1];
  return {
    sha256,
    exitCode: code === undefined ? null : Number(code),
    errors: at < 0 ? "" : answer.slice(at + "errors\n".length),
  };
}

/** What tells the facts of a machine: lines of the release, the architecture, `sha256sum` or `none`, the command line. */
export const FACTS =
  "uname -r; uname -m; if command -v sha256sum >/dev/null; then echo sha256sum; else echo none; fi; cat /proc/cmdline";

/**
 * Asks a machine what a `.meta` file says of it.
 * @throws UserError if it cannot be asked
 */
export async function readMachineFacts(machine: Machine, signal: AbortSignal): Promise<MachineFacts> {
  const { stdout } = await machine.run(FACTS, { signal, maxOutput: 16 * 1024, timeout: 60_000 });
  const [release, architecture, hash, commandLine] = stdout.toString("utf8").split("\n") as (string | undefined)[];
  if (!release || !architecture || hash === undefined) throw captureAnswerStrange(machine.name, COMMANDS.kernel);
  return { release, architecture, commandLine: commandLine ?? "", hasSha256sum: hash === "sha256sum" };
}
