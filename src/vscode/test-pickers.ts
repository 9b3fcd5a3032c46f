import { FileType, Uri, workspace } from "vscode";
import { numberWidth, parseSampleFormat } from "../formats/sample-format";
import { idOf, type HealthTestsItem, type RestartItem } from "./items";
import { askNumber, pick } from "./quick-pick";
import { bitsInUse, bitsInUseOfRestarts, pickPath, pickReading, type Reading } from "./reading-picker";
import type { Results } from "./results";
import { alphaChoices, ruleChoices, suggestEntropy, trackChoices, type Suggestion } from "./test-choices";

const RESTART = "Run Restart Tests";
const HEALTH = "Run Health Tests";
/** Symbols that the estimators take, and samples that doubles tell apart. */
const WIDEST_SYMBOL = 8;
const WIDEST_SAMPLE = 53;

/**
 * Asks which restart data, unless they are given, how they are to be read, and against which entropy.
 * @param given a file or a folder, from the explorer's menu
 * @returns null when the person gave up
 * @throws UserError when they cannot be read as samples
 */
export async function pickRestart(given: Uri | null, results: Results): Promise<RestartItem | null> {
  const path = await restartPath(given);
  if (path === null) return null;
  await results.ready;
  const { report } = results.state(idOf({ kind: "restart", path, bits: null, format: null, hI: 0, track: "non-iid" }));
  const earlier = report?.kind === "restart" ? report : null;
  const last = earlier === null || earlier.input.bitsInferred ? null : earlier.input.bits;
  const reading = await readingOfRestarts(path, last);
  if (reading === null) return null;
  const widest = reading.width ?? WIDEST_SYMBOL;
  const suggestion = suggestEntropy(earlier?.restart.sanity.hI ?? null, results.reports(), path, widest);
  const hI = await askNumber({
    title: RESTART,
    prompt: entropyPrompt("H_I, the initial entropy estimate in bits per sample", suggestion),
    suggested: suggestion?.value ?? null,
    valid: (value) => value > 0 && value <= widest,
    range: `a number greater than 0 and at most ${widest}: what one long recording of the source was assessed at`,
  });
  if (hI === null) return null;
  const track = await pick(RESTART, "By which track was that found?", trackChoices(earlier?.track ?? "non-iid"));
  return track === null ? null : { kind: "restart", path, bits: reading.bits, format: reading.format, hI, track };
}

async function restartPath(given: Uri | null): Promise<string | null> {
  if (given !== null) return pickPath(given, RESTART, "Test");
  const what = await pick(RESTART, "How were the restarts recorded?", [
    { value: "file" as const, label: "$(file-binary) One file", description: "restart after restart", group: "" },
    { value: "folder" as const, label: "$(folder) A folder", description: "with a file per restart", group: "" },
  ]);
  return what === null ? null : pickPath(null, RESTART, "Test", what);
}

async function readingOfRestarts(path: string, last: number | null): Promise<Reading | null> {
  const { type } = await workspace.fs.stat(Uri.file(path));
  if ((type & FileType.Directory) === 0) return pickReading(RESTART, path, (format) => bitsInUse(path, format), last);
  const { firstRestart } = await import("../operations/read-restarts");
  const first = await firstRestart(path);
  return pickReading(RESTART, first, (format) => bitsInUseOfRestarts(path, format), last);
}

/**
 * Asks which file, unless it is given, how it is to be read, and what the tests are set to.
 * @param given from the explorer's menu
 * @returns null when the person gave up
 * @throws UserError when the file cannot be read as samples
 */
export async function pickHealthTests(given: Uri | null, results: Results): Promise<HealthTestsItem | null> {
  const { HEALTH_TEST_DEFAULTS } = await import("../operations/health-tests");
  const file = await pickPath(given, HEALTH, "Test");
  if (file === null) return null;
  await results.ready;
  const item = { ...HEALTH_TEST_DEFAULTS, kind: "health-tests" as const, file, bits: 8, format: null, minEntropy: 0 };
  const { report } = results.state(idOf(item));
  const earlier = report?.kind === "health-tests" ? report : null;
  const last = earlier?.healthTests.parameters ?? null;
  const reading = await pickReading(HEALTH, file, (format) => bitsInUse(file, format), earlier?.input.bits ?? null);
  if (reading === null) return null;
  const bits = reading.width ?? (await askWidth(reading.format, earlier?.input.bits ?? null));
  if (bits === null) return null;
  const suggestion = suggestEntropy(last?.minEntropy ?? null, results.reports(), file, bits);
  const minEntropy = await askNumber({
    title: HEALTH,
    prompt: entropyPrompt("H, the entropy that the source is claimed to give, in bits per sample", suggestion),
    suggested: suggestion?.value ?? null,
    valid: (value) => value > 0 && value <= bits,
    range: `a number greater than 0 and at most ${bits}, the bits per sample`,
  });
  if (minEntropy === null) return null;
  const alphas = alphaChoices(HEALTH_TEST_DEFAULTS.alpha, last?.alpha ?? null);
  const alpha = await pick(HEALTH, "How often may a good source fail by chance (alpha)?", alphas);
  if (alpha === null) return null;
  const rules = ruleChoices(last?.rule ?? HEALTH_TEST_DEFAULTS.rule);
  const rule = await pick(HEALTH, "How is the cutoff of the adaptive proportion test found?", rules);
  if (rule === null) return null;
  const startUpSamples = last?.startUpSamples ?? HEALTH_TEST_DEFAULTS.startUpSamples;
  return { ...item, bits, format: reading.format, minEntropy, alpha, rule, startUpSamples };
}

/** Of samples that are not one per byte: whether they are binary decides the window, and wider ones are refused. */
async function askWidth(format: string, last: number | null): Promise<number | null> {
  const parsed = parseSampleFormat(format);
  if (parsed.kind === "packed-bits" || (parsed.kind === "digits" && parsed.radix === 2)) return 1;
  return askNumber({
    title: HEALTH,
    prompt: "How many bits has a sample?",
    suggested: last ?? Math.min(WIDEST_SAMPLE, numberWidth(parsed)),
    valid: (value) => Number.isInteger(value) && value >= 1 && value <= WIDEST_SAMPLE,
    range: `a whole number from 1 (a binary source) to ${WIDEST_SAMPLE}`,
  });
}

function entropyPrompt(what: string, suggestion: Suggestion | null): string {
  return suggestion === null ? `${what}.` : `${what}: ${suggestion.from}.`;
}
