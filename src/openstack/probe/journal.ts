/**
 * What a run has asked the cloud to make, written down before it is asked, so that whatever happens to the process,
 * somebody can find it and clean it up: one file a run, a line of JSON an event, removed when nothing is left.
 */
import { hostname } from "node:os";
import { mkdir, open, readdir, readFile, rm, type FileHandle } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { isObject, numberIn, textIn, type JsonObject } from "../../formats/json";
import { journalUnwritable } from "../errors";

/** What a run may make; in the order in which it has to be deleted. */
export const RESOURCE_KINDS = [
  "floating-ip",
  "server",
  "volume",
  "keypair",
  "router",
  "subnet",
  "network",
  "security-group",
] as const;

export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Whose run it is, and where. */
export interface RunHeader {
  /** 12 hexadecimal digits; every name that the run gives holds them. */
  readonly run: string;
  /** The entry of clouds.yaml. */
  readonly cloud: string;
  readonly authUrl: string;
  readonly region: string | null;
  readonly project: string | null;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly host: string;
  readonly pid: number;
}

/** Something that was asked for, and may be there. */
export interface JournalEntry {
  readonly kind: ResourceKind;
  readonly name: string;
  /** null: the cloud has not answered what it made, if it made it. */
  readonly id: string | null;
}

/** Makes the id of a run. */
export const newRunId = (): string => randomBytes(6).toString("hex");

/** A run's journal, on disk before anything it speaks of is in the cloud. */
export class Journal {
  readonly #entries = new Map<string, JournalEntry>();

  private constructor(
    readonly header: RunHeader,
    readonly file: string,
  ) {}

  /** Begins a run's journal. @throws UserError if the folder cannot be written: without a journal nothing is made */
  static async begin(folder: string, header: Omit<RunHeader, "host" | "pid">): Promise<Journal> {
    const whole = { ...header, host: hostname(), pid: process.pid };
    const journal = new Journal(whole, join(folder, `${header.run}.jsonl`));
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw journalUnwritable(folder, cause);
    });
    await journal.#write({ event: "run", ...whole });
    return journal;
  }

  /** The journals of every run that has not come to its end; what cannot be read is no journal. */
  static async all(folder: string): Promise<readonly Journal[]> {
    const files = await readdir(folder).catch(() => []);
    const read = files.filter((name) => name.endsWith(".jsonl")).map((name) => Journal.#read(join(folder, name)));
    return (await Promise.all(read)).filter((journal) => journal !== null);
  }

  static async #read(file: string): Promise<Journal | null> {
    const text = await readFile(file, "utf8").catch(() => "");
    const events = text.split("\n").flatMap(parseEvent);
    const header = events.map(parseHeader).find((found) => found !== null);
    if (header === undefined) return null;
    const journal = new Journal(header, file);
    for (const event of events) journal.#apply(event);
    return journal;
  }

  /** What may still be there. */
  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /** Whether the process that writes it may still be at work; of one on another computer nobody here knows. */
  get isRunning(): boolean {
    const { host, pid, startedAt } = this.header;
    // numbers of processes are given again; no run takes a day
    if (!(Date.now() - Date.parse(startedAt) < DAY)) return false;
    if (host !== hostname()) return true;
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && "code" in error && error.code === "EPERM";
    }
  }

  /** To be called, and awaited, before the cloud is asked. */
  asking(kind: ResourceKind, name: string): Promise<void> {
    return this.#add({ event: "asking", kind, name });
  }

  made(kind: ResourceKind, name: string, id: string): Promise<void> {
    return this.#add({ event: "made", kind, name, id });
  }

  gone(kind: ResourceKind, name: string): Promise<void> {
    return this.#add({ event: "gone", kind, name });
  }

  /** Removes the file, when nothing is left. */
  async end(): Promise<void> {
    await rm(this.file, { force: true });
  }

  async #add(event: JsonObject): Promise<void> {
    this.#apply(event);
    await this.#write(event);
  }

  #apply(event: JsonObject): void {
    const [kind, name] = [kindIn(event), textIn(event, "name")];
    if (kind === null || name === null) return;
    const key = `${kind} ${name}`;
    if (textIn(event, "event") === "gone") this.#entries.delete(key);
    else this.#entries.set(key, { kind, name, id: textIn(event, "id") });
  }

  async #write(event: JsonObject): Promise<void> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.file, "a", 0o600);
      await file.write(`${JSON.stringify(event)}\n`);
      await file.datasync();
    } catch (cause) {
      throw journalUnwritable(this.file, cause);
    } finally {
      await file?.close();
    }
  }
}

const DAY = 86_400_000;
/** More than any system gives. */
const NO_PROCESS = 2 ** 31 - 1;

/** A line that was being written when the process was killed may be cut. */
function parseEvent(line: string): JsonObject[] {
  try {
    const event: unknown = JSON.parse(line);
    return isObject(event) ? [event] : [];
  } catch {
    return [];
  }
}

function parseHeader(event: JsonObject): RunHeader | null {
  const text = (key: string): string => textIn(event, key) ?? "";
  if (text("event") !== "run" || !/^[0-9a-f]{12}$/.test(text("run"))) return null;
  return {
    run: text("run"),
    cloud: text("cloud"),
    authUrl: text("authUrl"),
    region: textIn(event, "region"),
    project: textIn(event, "project"),
    startedAt: text("startedAt"),
    host: text("host"),
    pid: numberIn(event, "pid") ?? NO_PROCESS,
  };
}

function kindIn(event: JsonObject): ResourceKind | null {
  const kind = textIn(event, "kind");
  return RESOURCE_KINDS.find((known) => known === kind) ?? null;
}
