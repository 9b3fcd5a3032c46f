import { parseSubset } from "../formats/subset";
import type { SamplesReport, Track } from "../model";
import { assessSamples, type AssessSamplesRequest } from "../operations/assess-samples";
import { estimateWords, findEstimate } from "../report/estimate-words";
import { explainEstimate } from "../report/explain-estimate";
import { ESTIMATOR_TEXTS } from "../report/explain-texts";
import { reportToText } from "../report/text";
import { TRUNCATED_BITS } from "../sp800-90b/assessment";
import { exitCodeOf, parseCommandLine, runToEnd, theOnly, usageError, type Command } from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { withPool } from "./pool";
import { parseReading, READING_OPTIONS, READING_USAGE } from "./reading";
import { putOut } from "./report-output";

const NAME = "samples";

export const samplesCommand: Command = {
  usage: `entropy-check samples FILE [--track T] [--conditioned] [--truncate] [--bits N] [--format F] [--mask M]
                      [--subset INDEX,COUNT] [--seed N] [--all-permutations] [--explain E] [--json FILE|-]

Assesses a file of samples with the estimators of NIST SP 800-90B, section 6.3, and on the IID track with the tests of
section 5. Without --bits and --format the format is guessed by content; the report says what was guessed, and what was
done to the data. Exit codes: 1 if the samples fail the IID tests of --track iid, which then gives no figure.

  --track T             non-iid, the default: all ten estimators
                        iid: the IID tests, and the most common value alone; the standard takes this track only if the
                        submitter claims it as well (3.1.2)
                        both: iid, and if its tests fail, non-iid
  --seed N              of the permutations of the IID tests, to get their verdict again; without it, a random one
  --all-permutations    count all 10,000 permutations, also for statistics that are decided before
  --conditioned         assess the bits of a conditioned output for h' (3.1.5.2)
  --truncate            assess no more than the first ${TRUNCATED_BITS.toLocaleString("en")} bits of the bitstring
  --explain E           after the report, a page on one estimate: what it looks for, what decided it, and where; E is an
                        estimator as the report names it, if need be with its scope: lag, lag:bitstring
${READING_USAGE}  --subset INDEX,COUNT  the COUNT samples that INDEX others of the same size come before
${outputUsage(false)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: {
        ...OUTPUT_OPTIONS,
        ...READING_OPTIONS,
        subset: { type: "string" },
        track: { type: "string", default: "non-iid" },
        seed: { type: "string" },
        "all-permutations": { type: "boolean", default: false },
        conditioned: { type: "boolean", default: false },
        truncate: { type: "boolean", default: false },
        explain: { type: "string" },
      },
    });
    const request: AssessSamplesRequest = {
      file: theOnly(positionals, "file", NAME),
      ...parseReading(values, NAME),
      subset: values.subset === undefined ? null : parseSubset(values.subset),
      track: parseTrack(values.track),
      seed: values.seed === undefined ? null : parseSeed(values.seed),
      allPermutations: values["all-permutations"],
      purpose: values.conditioned ? "conditioned" : "initial",
      mostBits: values.truncate ? TRUNCATED_BITS : null,
    };
    const { explain } = values;
    if (explain !== undefined) requireEstimator(explain);
    const of = { command: NAME, kind: "samples", files: [request.file] } as const;
    const outputs = await prepareOutputs(values, of, terminal);
    return withPool(async (pool) => {
      const report = await runToEnd(assessSamples(request, { pool }, terminal.signal), terminal);
      const page = explain === undefined ? "" : `\n${explanation(report, explain)}`;
      const toText = (put: SamplesReport): string => reportToText(put) + page;
      return exitCodeOf((await putOut(report, toText, outputs, terminal)).verdict);
    });
  },
};

function requireEstimator(word: string): void {
  const [estimator] = word.split(":");
  const known = Object.keys(ESTIMATOR_TEXTS);
  if (!known.includes(estimator)) throw usageError(`--explain ${word} is none of ${known.join(", ")}.`, NAME);
}

function explanation(report: SamplesReport, word: string): string {
  const estimate = findEstimate(report, word);
  return estimate === null
    ? `There is no estimate ${word} of these samples; there are ${estimateWords(report).join(", ")}.\n`
    : explainEstimate(report, estimate);
}

function parseTrack(text: string): Track | "both" {
  if (text === "iid" || text === "non-iid" || text === "both") return text;
  throw usageError(`--track ${text} is none of iid, non-iid, both.`, NAME);
}

function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw usageError(`--seed ${text} is not an integer from 0 to ${Number.MAX_SAFE_INTEGER}.`, NAME);
}
