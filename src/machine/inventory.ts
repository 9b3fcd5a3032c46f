/** What randomness a machine has: each fact with its provenance; what cannot be read is told as such. */
import type { RngdState } from "../model";
import type {
  CrngInit,
  Inventory,
  JitterEntropyState,
  ProcessorState,
  RngdSources,
  VirtioRngState,
} from "../model/inventory";
import {
  HWRNG_TIMEOUT,
  asking,
  given,
  measured,
  progress,
  readEntropyAvail,
  readHwrngAnswer,
  readKernel,
  readRngdAnswer,
  unmeasured,
  type Outcome,
  type Progress,
} from "./answers";
import { COMMANDS } from "./commands";
import { INVENTORY_COMMANDS } from "./inventory-commands";
import type { CommandResult, Machine } from "./machine";

const MAX_OUTPUT = 64 * 1024;
const INSTRUCTIONS = ["rdrand", "rdseed", "rng"];

/**
 * Asks a machine what randomness it has.
 * @throws the signal's reason when it aborts
 */
export async function* takeInventory(machine: Machine, signal: AbortSignal): AsyncGenerator<Progress, Inventory> {
  const { run, observe } = asking(machine, signal, MAX_OUTPUT);
  const lines = async (command: string): Promise<readonly string[]> =>
    (await run(command)).stdout.toString("utf8").split("\n");

  yield progress("Reading what the kernel and the processor have", 0);
  const kernel = await observe(COMMANDS.kernel, async () => readKernel(await run(COMMANDS.kernel)));
  const processor = await observe("the features of a processor in /proc/cpuinfo", async () =>
    readProcessor(await run(INVENTORY_COMMANDS.processor)),
  );
  yield progress("Looking for random number generators", 0.3);
  const hwrng = await observe("hw_random, /dev/hwrng and the processor's instructions", async () =>
    readHwrngAnswer(await run(COMMANDS.hwrng), await given(() => run(COMMANDS.readHwrng, HWRNG_TIMEOUT))),
  );
  const virtioRng = await observe("the virtio devices of type 4 in /sys/bus/virtio/devices", async () =>
    readVirtioRng(await lines(INVENTORY_COMMANDS.virtioRng)),
  );
  const jitterEntropy = await observe("/proc/crypto, debugfs and the usual places of programs", async () =>
    readJitterEntropy(await lines(INVENTORY_COMMANDS.jitterEntropy)),
  );
  yield progress("Looking for rngd, and at what the kernel says", 0.7);
  const rngd = await observe("the processes and units of rngd", async () =>
    withSources(readRngdAnswer(await run(COMMANDS.rngd))),
  );
  const entropyAvail = await observe(COMMANDS.entropyAvail, async () =>
    readEntropyAvail(await run(COMMANDS.entropyAvail)),
  );
  const crngInit = await observe("dmesg, or else the journal, since the machine started", async () =>
    readCrngInit(await lines(INVENTORY_COMMANDS.crngInit)),
  );
  return { kernel, processor, hwrng, virtioRng, jitterEntropy, rngd, entropyAvail, crngInit };
}

function readProcessor({ stdout, stderr }: CommandResult): Outcome<ProcessorState> {
  const [, name, features] = /^(flags|Features)\s*:(.*)/.exec(stdout.toString("utf8")) ?? [];
  if (!name)
    return unmeasured(
      `/proc/cpuinfo does not tell the processor's features${stderr === "" ? "" : `: ${stderr}`}`,
      "Of x86 and arm64 it does; see what the machine's maker says of its instructions.",
    );
  const words = new Set(features.split(/\s+/));
  const instructions = INSTRUCTIONS.filter((instruction) => words.has(instruction));
  const virtual = name === "flags" ? words.has("hypervisor") : null;
  return measured({ instructions, virtual }, instructions.join(" "));
}

/** Lines of one word and what follows it. */
function said(lines: readonly string[], word: string): readonly string[] {
  return lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1).trim());
}

function readVirtioRng(lines: readonly string[]): Outcome<VirtioRngState> {
  if (!lines.includes("sys")) return unmeasured("/sys cannot be read", "Mount /sys on the machine.");
  const devices = ["driven", "undriven"].flatMap((state) =>
    said(lines, state).map((name) => ({ name, driven: state === "driven" })),
  );
  return measured({ devices }, lines.join("\n"));
}

function readJitterEntropy(lines: readonly string[]): Outcome<JitterEntropyState> {
  if (!lines.includes("crypto"))
    return unmeasured("/proc/crypto cannot be read", "Look at it on the machine, with /proc mounted.");
  const state = {
    inKernel: lines.includes("kernel"),
    testInterface: said(lines, "test").at(0) ?? null,
    programs: said(lines, "program"),
  };
  return measured(state, lines.join("\n"));
}

function withSources(rngd: Outcome<RngdState>): Outcome<RngdSources> {
  if (rngd.status === "unmeasured") return rngd;
  const words = (rngd.value.process ?? "").split(" ");
  return { ...rngd, value: { ...rngd.value, ...rngdSources(words) } };
}

/** rngd(8): `-r FILE` or `--rng-device=FILE`, `-n NAME` or `--include=NAME`, `-x NAME` or `--exclude=NAME`. */
function rngdSources(words: readonly string[]): Pick<RngdSources, "devices" | "included" | "excluded"> {
  const values = (short: string, long: string): readonly string[] =>
    words.flatMap((word, i) => {
      if (word === short || word === long) return words.slice(i + 1, i + 2);
      if (word.startsWith(`${long}=`)) return [word.slice(long.length + 1)];
      return word.startsWith(short) && !word.startsWith("--") ? [word.slice(short.length)] : [];
    });
  return {
    devices: values("-r", "--rng-device"),
    included: values("-n", "--include"),
    excluded: values("-x", "--exclude"),
  };
}

/** The kernel's words have changed: `crng init done`, `crng done (trusting CPU's random seed)`, and before 4.8 a pool's. */
const CRNG_LINE = /^\[\s*(\d+\.\d+)\].*random: (?:crng (?:init )?done|nonblocking pool is initialized)/;

function readCrngInit(lines: readonly string[]): Outcome<CrngInit> {
  for (const line of lines) {
    const [, seconds] = CRNG_LINE.exec(line) ?? [];
    if (seconds) return measured({ seconds: Number(seconds) }, line);
  }
  return said(lines, "log").length > 0
    ? unmeasured(
        "the log no longer holds what the kernel said of its generator when it started",
        "Look for random: crng init done in the machine's own logs, or start it anew and ask soon.",
      )
    : unmeasured(
        "this account may not read the kernel's log",
        "Ask as root, or with an account of the groups adm or systemd-journal, or set kernel.dmesg_restrict to 0.",
      );
}
