/**
 * How a demo machine answers those who collect from it. Nothing of what is asked is run: a command is answered if it is,
 * letter by letter, one that the collections send.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  captureCommand,
  captureOutcomeCommand,
  prefixHashCommand,
  removeCommand,
  restartsCommand,
  type CaptureSource,
} from "../machine/capture";
import { bell, biased, uniform, type Noise } from "./noise";

/** The one program of the demo machines, which can be collected from by its name. */
export const NOISE_PROGRAM = "noise-source";

/** What a demo machine answers to a command. */
export interface DemoAnswer {
  readonly output: Buffer;
  /** On standard error. */
  readonly said: string;
  readonly exitCode: number;
  /** What comes slowly after the output, and how much of it. */
  readonly stream: { readonly noise: Noise; readonly bytes: number } | null;
}

/** An answer that is all output. */
export function says(output: string | Buffer): DemoAnswer {
  return { output: Buffer.from(output), said: "", exitCode: 0, stream: null };
}

const HASHING = { hasSha256sum: true };
const DEVICES = ["hwrng", "random", "urandom", "jitter-kernel", "jitter-recorder"] as const;

/** How a source was answered, until it is asked what the capture came to. */
interface Capture {
  readonly sha256: string | null;
  readonly errors: string;
}

/** What is collected from one demo machine. */
export class DemoCaptures {
  private readonly captures = new Map<string, Capture>();

  /** @param healthy or else: no device, biased random numbers, and a program that starts the same each time */
  constructor(private readonly healthy: boolean) {}

  /** @returns null for what no collection sends */
  answer(command: string): DemoAnswer | null {
    const folder = /\/tmp\/entropy-check-[0-9a-f]{32}/.exec(command)?.[0];
    return folder === undefined ? this.answerRestarts(command) : this.answerCapture(command, folder);
  }

  private answerCapture(command: string, folder: string): DemoAnswer | null {
    if (command === removeCommand(folder)) return says("");
    if (command === captureOutcomeCommand(folder, HASHING)) return says(this.outcome(folder));
    const count = numberAfter("\\| head -[cn] ", command);
    const unit = command.includes("| head -n ") ? "lines" : "bytes";
    const skip = numberAfter("\\| tail -c \\+", command);
    if (count === null) return null;
    const isIt = (source: CaptureSource): boolean =>
      command === captureCommand(source, { unit, count }, count, skip === null ? 0 : skip - 1, folder, HASHING);
    const source = sourcesIn(command).find(isIt);
    return source === undefined ? null : this.capture(source, unit, count, skip === null ? 0 : skip - 1, folder);
  }

  private capture(
    source: CaptureSource,
    unit: "bytes" | "lines",
    count: number,
    skip: number,
    folder: string,
  ): DemoAnswer {
    const noise = this.noiseOf(source);
    if (noise === null || unit === "lines") {
      this.captures.set(folder, { sha256: null, errors: MISSING });
      return says("");
    }
    // what it comes to is asked once all has come: the same is drawn twice
    const hash = createHash("sha256");
    const [drawn, sent] = [noise.start(noise.label), noise.start(noise.label)];
    for (let left = count; left > 0; left -= CHUNK) hash.update(drawn(Math.min(CHUNK, left)));
    this.captures.set(folder, { sha256: hash.digest("hex"), errors: "" });
    sent(skip);
    return { ...says(""), stream: { noise: sent, bytes: count - skip } };
  }

  private outcome(folder: string): string {
    const { sha256, errors } = this.captures.get(folder) ?? { sha256: null, errors: "" };
    this.captures.delete(folder);
    return `${sha256 === null ? "code 127\n" : `sum ${sha256}\n`}errors\n${errors}`;
  }

  private answerRestarts(command: string): DemoAnswer | null {
    const count = numberAfter("head -c ", command);
    if (count === null) return null;
    const restarts = numberAfter("-lt ", command) ?? 0;
    for (const source of sourcesIn(command)) {
      if (command === prefixHashCommand(source, count, count))
        return says(`${createHash("sha256").update(this.firstOf(source, count)).digest("hex")}  -\n`);
      if (command !== restartsCommand(source, { unit: "bytes", count }, count, restarts)) continue;
      const output = Buffer.concat(Array.from({ length: restarts }, () => this.firstOf(source, count)));
      return { ...says(output), said: output.length === 0 ? MISSING : "" };
    }
    return null;
  }

  /** The first bytes of a source that is started anew; none of one that is not there. */
  private firstOf(source: CaptureSource, count: number): Buffer {
    const noise = this.noiseOf(source);
    return noise === null ? Buffer.alloc(0) : noise.start(noise.label)(count);
  }

  /** A source that is started anew; null: this machine has it not. */
  private noiseOf(source: CaptureSource): { readonly start: (label: string) => Noise; readonly label: string } | null {
    const label: string = randomUUID();
    switch (source.kind) {
      case "random":
      case "urandom":
        return { start: this.healthy ? uniform : biased, label };
      case "hwrng":
        return this.healthy ? { start: uniform, label } : null;
      case "command":
        if (source.command.trim() !== NOISE_PROGRAM) return null;
        return { start: bell, label: this.healthy ? label : "the same each time" };
      default:
        return null;
    }
  }
}

const CHUNK = 1 << 16;
const MISSING = "the demo machine has no such source\n";

function numberAfter(pattern: string, command: string): number | null {
  const digits = new RegExp(`${pattern}(\\d{1,15})`).exec(command)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What a command may be collecting from: a device, or what it has encoded. */
function sourcesIn(command: string): readonly CaptureSource[] {
  const encoded = /echo ([A-Za-z0-9+/=]+) \| base64 -d/.exec(command)?.[1];
  const text = encoded === undefined ? null : Buffer.from(encoded, "base64").toString("utf8");
  return [
    ...DEVICES.map((kind) => ({ kind })),
    ...(text === null
      ? []
      : ([
          { kind: "command", command: text },
          { kind: "file", path: text },
        ] as const)),
  ];
}
