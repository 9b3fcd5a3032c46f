import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseSampleFormat } from "../formats/sample-format";
import { metaFileOf } from "../formats/samples-origin";
import type { CollectionReport, RunningEstimates } from "../model/collection";
import { assessSamples } from "../operations/assess-samples";
import { collectSamples, type CollectEvent } from "../operations/collect-samples";
import { collectionToText, runningInWords } from "../report/collection-text";
import { toJson } from "../report/json";
import { reportToText } from "../report/text";
import { HEALTH_TEST_DEFAULTS } from "../sp800-90b/health-tests";
import {
  EXIT,
  exitCodeOf,
  parseCommandLine,
  requiredNumber,
  runToEnd,
  usageError,
  writeResult,
  type Command,
  type Terminal,
} from "./command";
import { MACHINE_OPTIONS, MACHINE_USAGE, machineServices } from "./machine-services";
import { OUTPUT_OPTIONS, OUTPUTS, outputUsage, prepareOutputs, type Outputs, type OutputValues } from "./outputs";
import { withPool } from "./pool";
import { putOut } from "./report-output";
import { CAPTURE_OPTIONS, FORMAT_USAGE, parseCapture, parseSource, wholeNumber } from "./capture-options";

const NAME = "collect";

export const collectCommand: Command = {
  usage: `entropy-check collect local|ssh://[user@]host[:port] --source S --count N [--width W] [--format F]
       [--bits N] [--entropy H] [--out FILE] [--resume] [--no-assess] [--json FILE|-] [--sarif FILE|-] ...

Streams samples into a new file, with a .meta file beside it once all have come, as Zircon's boot-time tests have it.
While they come, it tells the most common value and the collision estimate of all so far, and the health tests if --entropy
claims something; at the end all estimates of SP 800-90B (non-IID track). A lost connection is made again: a command or a
file that gives the same bytes again goes on where it was, of other sources a new segment begins, and both are told.
Exit codes: 0 collected (and assessed), 1 no entropy, 2 could not, 3 the source ended early: what came is kept.

  --source S           hwrng, random or urandom: the machine's /dev/...
                       jitter-kernel: raw timestamps of the kernel's jitterentropy (CRYPTO_JITTERENTROPY_TESTINTERFACE)
                       jitter-recorder: raw deltas of jitterentropy-hashtime, which must be in the machine's PATH
                       file:PATH or command:"COMMAND": a file there, or what a command of yours writes there
  --count N            samples
${FORMAT_USAGE}  --bits N             bits of each sample that are tested while they come, the low ones, 1 to 8; without it, 8
  --entropy H          what the source is claimed to give, bits per sample: runs the health tests (4.4)
  --out FILE           where to; without it, the next entropy.%09d.bin in this folder; never overwrites
  --resume             go on with a FILE that was not finished, by the command that began it
  --no-assess          only collect
${MACHINE_USAGE}
--json writes what was collected; the other formats, and the baseline, are of the assessment:

${outputUsage(false)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: {
        ...OUTPUT_OPTIONS,
        ...MACHINE_OPTIONS,
        ...CAPTURE_OPTIONS,
        count: { type: "string" },
        bits: { type: "string" },
        entropy: { type: "string" },
        "no-assess": { type: "boolean", default: false },
      },
    });
    if (values.resume && values.out === undefined)
      throw usageError("--resume needs --out, the file to go on with.", NAME);
    if (values["no-assess"]) requireNothingOfAssessment(values);
    const bits = values.bits === undefined ? 8 : wholeNumber(values.bits, "bits", 8, NAME);
    const request = {
      ...parseCapture(positionals, values, NAME),
      source: parseSource(values.source, NAME),
      count: wholeNumber(values.count, "count", Number.MAX_SAFE_INTEGER, NAME),
      bits,
      claim:
        values.entropy === undefined
          ? null
          : {
              ...HEALTH_TEST_DEFAULTS,
              minEntropy: requiredNumber(values.entropy, "entropy", NAME),
              binary: bits === 1,
            },
      file: values.out === undefined ? await nextFile(terminal.cwd) : resolve(terminal.cwd, values.out),
    };
    const of = { command: NAME, kind: "samples", files: [request.file, metaFileOf(request.file)] } as const;
    const { files, ...outputs } = await prepareOutputs(values, of, terminal);
    const events = collectSamples(request, machineServices(values, terminal), terminal.signal);
    const report = await toReport(events, terminal);
    await writeResult({ json: () => toJson(report), text: () => collectionToText(report) }, values.json, terminal);
    if (report.short !== null) return EXIT.inconclusive;
    // the JSON is of the collection
    const ofAssessment = { ...outputs, files: { ...files, json: undefined } };
    return values["no-assess"] ? EXIT.passed : assess(report, ofAssessment, values.json !== "-", terminal);
  },
};

/** Shows how far it is, with what can be said of the samples so far. */
async function toReport(events: AsyncIterable<CollectEvent>, { progress }: Terminal): Promise<CollectionReport> {
  let running: RunningEstimates | null = null;
  let report: CollectionReport | null = null;
  for await (const event of events) {
    if (event.type === "running") running = event.running;
    else if (event.type === "report") report = event.report;
    else progress(running === null ? event.message : `${event.message}; ${runningInWords(running)}`, event.fraction);
  }
  if (report === null) throw new Error("the collection ended without a report");
  return report;
}

function requireNothingOfAssessment(values: OutputValues): void {
  const first = [...OUTPUTS, "baseline" as const].find((id) => id !== "json" && values[id] !== undefined);
  if (first !== undefined) throw usageError(`--${first} is of the assessment, which --no-assess leaves out.`, NAME);
}

/** @param print the text; not where standard output holds JSON */
async function assess(
  { file, format }: CollectionReport,
  outputs: Outputs,
  print: boolean,
  terminal: Terminal,
): Promise<number> {
  const request = {
    file,
    format: parseSampleFormat(format),
    bits: null,
    reduction: { kind: "automatic" as const },
    subset: null,
    track: "non-iid" as const,
    seed: null,
    allPermutations: false,
    purpose: "initial" as const,
    mostBits: null,
  };
  const report = await withPool((pool) => runToEnd(assessSamples(request, { pool }, terminal.signal), terminal));
  const put = await putOut(report, (found) => (print ? `\n${reportToText(found)}` : ""), outputs, terminal);
  return exitCodeOf(put.verdict);
}

/** One more than the greatest number in use, as Zircon's run-boot-test counts. */
async function nextFile(folder: string): Promise<string> {
  const numbers = (await readdir(folder)).flatMap((name) => {
    const digits = /^entropy\.(\d{1,15})\.bin$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
  const next = Math.max(-1, ...numbers) + 1;
  return join(folder, `entropy.${String(next).padStart(9, "0")}.bin`);
}
