import { RULES } from "../compliance/rules";
import { escapeMarkdown } from "./markdown";
import type { OutlineTable } from "./outline/details";
import type { Outline, OutlineFinding } from "./outline/outline";
import { tableOfAll, titleOfAll } from "./outline/several";
import { countsInWords, setAside, standingOf } from "./words";

/**
 * Reports as Markdown (CommonMark with GitHub's tables): of each what needs attention first, then what was read; before
 * several, which they are.
 */
export function outlinesToMarkdown(outlines: readonly Outline[]): string {
  const [first, ...others] = outlines;
  const several = [`# ${titleOfAll(outlines)}`, table(tableOfAll(outlines))];
  const blocks =
    others.length === 0 ? blocksOf(first, "#") : [...several, ...outlines.flatMap((one) => blocksOf(one, "##"))];
  return `${blocks.join("\n\n")}\n`;
}

/** @param top the mark of its heading */
function blocksOf(outline: Outline, top: string): readonly string[] {
  const { title, verdict, findings, facts, tables, tool, finishedAt } = outline;
  const attention = findings.filter((finding) => finding.verdict !== "pass");
  const passed = findings.filter((finding) => finding.verdict === "pass");
  return [
    `${top} ${escapeMarkdown(title)}`,
    `**${verdict}**: ${countsInWords(findings)}.`,
    ...(attention.length === 0 ? [] : [`${top}# Needs attention`, attention.map(item).join("\n")]),
    ...(passed.length === 0
      ? []
      : [`${top}# Passed`, passed.map(({ message }) => `- ${escapeMarkdown(message)}`).join("\n")]),
    `${top}# What was read`,
    table({ title: "", columns: ["What", "Value"], rows: facts }),
    ...tables
      .filter(({ rows }) => rows.length > 0)
      .flatMap((one) => [`${top}## ${escapeMarkdown(one.title)}`, table(one)]),
    `Entropy Check ${escapeMarkdown(tool.version)}, ${escapeMarkdown(finishedAt)}.`,
  ];
}

function item(finding: OutlineFinding): string {
  const { rule, message, remedy, region } = finding;
  const place = region === null ? "" : ` (${escapeMarkdown(`${region.file}:${region.startLine + 1}`)})`;
  const more = [remedy, setAside(finding)].filter((line) => line !== null);
  return [
    `- **${standingOf(finding)}** ${escapeMarkdown(message)}${place} [${rule}](${RULES[rule].source})`,
    ...more.map((line) => `  ${escapeMarkdown(line)}`),
  ].join("\\\n");
}

function table({ columns, rows }: OutlineTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(columns), `|${" --- |".repeat(columns.length)}`, ...rows.map(line)].join("\n");
}
