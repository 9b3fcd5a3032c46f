/** The live checks of SCS-0101: what they ask of a machine, and the observations that come of it. */
import { BlockTestStream, bytesForBlocks } from "../fips140/stream";
import { readBlockCount } from "../formats/block-count";
import { readRngtest } from "../formats/rngtest";
import type { Fips140Result, MachineObservations, Observation } from "../model";
import {
  HWRNG_TIMEOUT,
  asking,
  given,
  measured,
  notMeasured,
  observation,
  progress,
  readEntropyAvail,
  readHwrngAnswer,
  readKernel,
  readRngdAnswer,
  unmeasured,
  type Outcome,
  type Progress,
} from "./answers";
import { COMMANDS, FIPS_BLOCKS } from "./commands";
import { COUNT_BLOCKS } from "./count-blocks";
import { excerpt } from "../ssh/excerpt";
import type { CommandResult, Machine } from "./machine";

const MAX_OUTPUT = 256 * 1024;
/** A kernel before 5.6 waits in /dev/random for new entropy, so this may take long, or for ever. */
const RANDOM_TIMEOUT = 600_000;
const BLOCKS_PER_PROGRESS = 50;

/**
 * Asks a machine everything that the rules judge. What cannot be measured is told as such, never guessed.
 * @throws the signal's reason when it aborts
 */
export async function* observeMachine(
  machine: Machine,
  signal: AbortSignal,
): AsyncGenerator<Progress, MachineObservations> {
  const { run, observe } = asking(machine, signal, MAX_OUTPUT);

  yield progress("Reading the kernel's version", 0.02);
  const kernel = await observe(COMMANDS.kernel, async () => readKernel(await run(COMMANDS.kernel)));
  if (kernel.status === "measured" && !kernel.value.startsWith("Linux ")) {
    const unmeasured = observation<never>(machine, COMMANDS.kernel, notLinux(kernel.value));
    return { kernel, rngd: unmeasured, hwrng: unmeasured, entropyAvail: unmeasured, fips140: unmeasured };
  }

  yield progress("Looking for rngd", 0.05);
  const rngd = await observe("the processes and units of rngd", async () => readRngdAnswer(await run(COMMANDS.rngd)));

  yield progress("Looking for a random number generator", 0.07);
  const hwrng = await observe("hw_random, /dev/hwrng and the processor's instructions", async () =>
    readHwrngAnswer(await run(COMMANDS.hwrng), await given(() => run(COMMANDS.readHwrng, HWRNG_TIMEOUT))),
  );

  yield progress("Reading entropy_avail", 0.1);
  const entropyAvail = await observe(COMMANDS.entropyAvail, async () =>
    readEntropyAvail(await run(COMMANDS.entropyAvail)),
  );

  yield progress("Testing /dev/random by FIPS 140-2", 0.15);
  const hasRngtest = await observe(COMMANDS.findRngtest, async () => {
    const { exitCode, stdout } = await run(COMMANDS.findRngtest);
    return measured(exitCode === 0, stdout.toString("utf8"));
  });
  const fips140 =
    hasRngtest.status === "measured" && hasRngtest.value
      ? await observe(`rngtest -c ${FIPS_BLOCKS} < /dev/random`, async () =>
          readRngtestAnswer(await run(COMMANDS.rngtest, RANDOM_TIMEOUT)),
        )
      : machine.stream !== null
        ? yield* testStreamedBytes(machine, machine.stream, signal)
        : await observe(`${COMMANDS.randomBytes}, judged by a script because the machine has no rngtest`, async () =>
            readBlockCountAnswer(await run(COUNT_BLOCKS, RANDOM_TIMEOUT)),
          );
  return { kernel, rngd, hwrng, entropyAvail, fips140 };
}

/** Judges the machine's bytes here, for it has no rngtest. */
async function* testStreamedBytes(
  machine: Machine,
  stream: NonNullable<Machine["stream"]>,
  signal: AbortSignal,
): AsyncGenerator<Progress, Observation<Fips140Result>> {
  const asked = `${COMMANDS.randomBytes}, judged by Entropy Check because the machine has no rngtest`;
  const tests = new BlockTestStream(FIPS_BLOCKS);
  const deadline = AbortSignal.timeout(RANDOM_TIMEOUT);
  let received = 0;
  let told = 0;
  try {
    for await (const chunk of stream(COMMANDS.randomBytes, AbortSignal.any([signal, deadline]))) {
      received += chunk.length;
      tests.update(chunk);
      if (tests.blocksTested < told + BLOCKS_PER_PROGRESS) continue;
      told = tests.blocksTested;
      yield progress(`FIPS 140-2: ${told} of ${FIPS_BLOCKS} blocks of /dev/random`, 0.15 + (0.85 * told) / FIPS_BLOCKS);
    }
    return observation(machine, asked, exactly(received, tests.result()));
  } catch (error) {
    signal.throwIfAborted();
    return observation(machine, asked, deadline.aborted ? tooSlow(received) : notMeasured(error));
  }
}

function notLinux(kernel: string): Outcome<never> {
  return unmeasured(
    `the machine runs "${kernel}", not Linux`,
    "SCS-0101 speaks of Linux machines; check one of those, over SSH if need be.",
  );
}

function readRngtestAnswer({ stdout }: CommandResult): Outcome<Fips140Result> {
  const text = stdout.toString("utf8");
  const reading = readRngtest(text, FIPS_BLOCKS);
  if (reading.ok) return measured(reading.result, text.slice(text.indexOf("bits received")));
  return unmeasured(
    `rngtest ${reading.reason}`,
    `Run rngtest -c ${FIPS_BLOCKS} < /dev/random on the machine and look at what it says.`,
  );
}

function readBlockCountAnswer({ stdout, stderr }: CommandResult): Outcome<Fips140Result> {
  const text = stdout.toString("utf8");
  const reading = readBlockCount(text, FIPS_BLOCKS);
  if (reading.ok) return measured(reading.result, text);
  return unmeasured(
    `the script that counts the blocks ${reading.reason}: "${excerpt(stderr)}"`,
    "It needs head, awk, and od or hexdump; or put rngtest into the image, name a mirror to take it from, or check over SSH.",
  );
}

function exactly(received: number, result: Fips140Result): Outcome<Fips140Result> {
  const wanted = bytesForBlocks(FIPS_BLOCKS);
  if (received === wanted) return measured(result, `${received} bytes`);
  return unmeasured(
    `${received} bytes of /dev/random came instead of ${wanted}`,
    "Run the check again; if it comes short again, read /dev/random on the machine to see why.",
  );
}

function tooSlow(received: number): Outcome<never> {
  return unmeasured(
    `/dev/random gave only ${received} bytes in ${RANDOM_TIMEOUT / 60_000} minutes`,
    "Kernels before 5.6 make its readers wait for entropy: update the kernel, or run rngd.",
  );
}
