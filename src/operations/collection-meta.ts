import { formatMeta } from "../formats/meta";
import type { MachineFacts } from "../machine/capture";
import type { CollectionReport } from "../model/collection";

/**
 * The `.meta` file of a collection: run-boot-test's seven entries first, with their words, then our own. Times are UTC.
 */
export function collectionMeta(
  report: Omit<CollectionReport, "metaFile">,
  { release, architecture, commandLine }: MachineFacts,
): string {
  const { source, from, command, format, samples, bytes, sha256, segments, startedAt, bytesPerSecond } = report;
  const there = segments.map((segment) => segment.sha256There ?? "unknown");
  const own: readonly (readonly [string, string])[] = [
    ["machine", source.address],
    ...(command === null ? [] : [["command", oneLine(command)] as const]),
    ["format", format],
    ["samples", String(samples)],
    ["sha256", sha256],
    ["sha256-there", there.join(" ")],
    ["segments", segments.map(({ start }) => start).join(" ")],
    ["bytes-per-second", String(Math.round(bytesPerSecond))],
  ];
  return formatMeta(
    new Map([
      ["entropy-test", "collect"],
      ["date", `${startedAt.slice(0, 19).replace("T", " ")} UTC`],
      ["buildid", release],
      ["arch", architecture],
      ["source", from],
      ["len", String(bytes)],
      ["cmdline", oneLine(commandLine)],
      ...own,
    ]),
  );
}

/** A value of a `.meta` file is one line. */
export const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");
