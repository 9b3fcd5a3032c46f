import type { RestartCollectionReport } from "../model/restart-collection";
import { printable } from "./text";

/** What was collected of restarts, and what to do with it, as plain text. */
export function restartCollectionToText(report: RestartCollectionReport): string {
  const { source, method, from, command, path, metaFile, format, restarts, samplesPerRestart } = report;
  const lines = [
    `${count(restarts)} restarts of ${count(samplesPerRestart)} samples each, as ${format}`,
    `${WAYS[method]} ${source.name}: ${command ?? from}`,
    `${path}, and ${metaFile}`,
    ...(restarts < NEEDED || samplesPerRestart < NEEDED
      ? [`The restart tests need ${count(NEEDED)} restarts of ${count(NEEDED)} samples each.`]
      : [`Test them: entropy-check restart ${path} --format ${format} --h-initial H`]),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

const WAYS = { process: "by a process started anew on", reboot: "by reboots of", boot: "by boots of" } as const;

/** 3.1.4.1, of both. */
const NEEDED = 1000;

const count = (number: number): string => number.toLocaleString("en");
