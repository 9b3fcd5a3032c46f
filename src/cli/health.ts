import { parseSampleFormat, SAMPLE_FORMAT_IDS } from "../formats/sample-format";
import type { AdaptiveProportionRule } from "../model/health-tests";
import { healthTestsOfFile } from "../operations/health-tests";
import { asideText } from "../report/aside-text";
import { healthTestsToText } from "../report/health-tests-text";
import { HEALTH_TEST_DEFAULTS } from "../sp800-90b/health-tests";
import {
  exitCodeOf,
  parseCommandLine,
  requiredNumber,
  runToEnd,
  theOnly,
  usageError,
  wrapWords,
  type Command,
} from "./command";
import { OUTPUT_OPTIONS, outputUsage, prepareOutputs } from "./outputs";
import { putOut } from "./report-output";

const NAME = "health";

export const healthCommand: Command = {
  usage: `entropy-check health FILE --bits N --entropy H [--alpha A] [--rule R] [--start-up N] [--format F] [--json FILE|-]

Runs the repetition count test, the adaptive proportion test and the start-up test, and tells the place of every failure.
Exit codes: 0 passed, 1 a test failed, 3 too few samples for a test to fail.

  --bits N              bits per sample, 1 to 53; 1 is a binary source, whose window is 1024 samples, otherwise 512
  --entropy H           what the source is claimed to give, bits per sample
  --alpha A             how often a good source may fail, as 2^-20 or 0.000001; without it, 2^-20
  --rule R              the adaptive proportion test's cutoff: sp800-90b, as the standard prints it, or corrected, which
                        does not count a window's first sample as chance; without it, sp800-90b
  --start-up N          samples of the start-up test; without it, 1024
  --format F            how the samples stand in the file; without it, bytes up to 8 bits per sample, else a guess
                        ${wrapWords(SAMPLE_FORMAT_IDS, 90, 24)}
${outputUsage(false)}`,
  run: async (args, terminal) => {
    const { values, positionals } = parseCommandLine(NAME, {
      args: [...args],
      allowPositionals: true,
      options: {
        ...OUTPUT_OPTIONS,
        bits: { type: "string" },
        entropy: { type: "string" },
        alpha: { type: "string" },
        rule: { type: "string" },
        "start-up": { type: "string" },
        format: { type: "string" },
      },
    });
    const request = {
      file: theOnly(positionals, "file", NAME),
      bits: requiredNumber(values.bits, "bits", NAME),
      minEntropy: requiredNumber(values.entropy, "entropy", NAME),
      alpha: values.alpha === undefined ? HEALTH_TEST_DEFAULTS.alpha : parseAlpha(values.alpha),
      rule: values.rule === undefined ? HEALTH_TEST_DEFAULTS.rule : parseRule(values.rule),
      startUpSamples:
        values["start-up"] === undefined
          ? HEALTH_TEST_DEFAULTS.startUpSamples
          : requiredNumber(values["start-up"], "start-up", NAME),
      format: values.format === undefined ? null : parseSampleFormat(values.format),
    };
    const of = { command: NAME, kind: "health-tests", files: [request.file] } as const;
    const outputs = await prepareOutputs(values, of, terminal);
    const report = await runToEnd(healthTestsOfFile(request, terminal.signal), terminal);
    return exitCodeOf(
      (await putOut(report, (put) => healthTestsToText(put) + asideText(put.findings), outputs, terminal)).verdict,
    );
  },
};

/** A probability as a number, or as a power of two: 2^-20. */
function parseAlpha(text: string): number {
  const power = /^2\^(-\d+(?:\.\d+)?)$/.exec(text);
  return power === null ? requiredNumber(text, "alpha", NAME) : 2 ** Number(power[1]);
}

function parseRule(text: string): AdaptiveProportionRule {
  if (text === "sp800-90b" || text === "corrected") return text;
  throw usageError(`--rule ${text} is neither sp800-90b nor corrected.`, NAME);
}
