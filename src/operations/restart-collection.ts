/** What collections of restarts have in common, however the source is restarted. */
import { formatMeta } from "../formats/meta";
import type { MachineFacts } from "../machine/capture";
import type { OperationEvent } from "../model";
import type { RestartCollectionReport } from "../model/restart-collection";
import { oneLine } from "./collection-meta";
import { timeLeftInWords } from "./time-left";

export type Progress = Extract<OperationEvent, { type: "progress" }>;

export const progress = (message: string, fraction: number | null): Progress => ({
  type: "progress",
  message,
  fraction,
});

/**
 * @param secondsLeft null: not known yet
 * @param doing what comes next
 */
export function howFar(done: number, restarts: number, secondsLeft: number | null, doing = ""): Progress {
  const left = secondsLeft === null ? "" : `, ${timeLeftInWords(secondsLeft)}`;
  const next = doing === "" ? "" : `: ${doing}`;
  return progress(
    `${done.toLocaleString("en")} of ${restarts.toLocaleString("en")} restarts${left}${next}`,
    done / restarts,
  );
}

/** The text of the `.meta` file: run-boot-test's entries, then our own. */
export function restartsMeta(
  report: Omit<RestartCollectionReport, "metaFile">,
  { release, architecture, commandLine }: Pick<MachineFacts, "release" | "architecture" | "commandLine">,
): string {
  const { source, method, from, command, format, restarts, samplesPerRestart, startedAt } = report;
  return formatMeta(
    new Map([
      ["entropy-test", "restarts"],
      ["date", `${startedAt.slice(0, 19).replace("T", " ")} UTC`],
      ["buildid", release],
      ["arch", architecture],
      ["source", from],
      ["len", ""],
      ["cmdline", oneLine(commandLine)],
      ["machine", source.kind === "machine" ? source.address : source.name],
      ["method", method],
      ...(command === null ? [] : [["command", oneLine(command)] as const]),
      ["format", format],
      ["restarts", String(restarts)],
      ["samples-per-restart", String(samplesPerRestart)],
    ]),
  );
}
