import { RULES } from "../compliance/rules";
import { escapeMarkdown } from "./markdown";
import type { OutlineTable } from "./outline/details";
import type { Outline, OutlineFinding } from "./outline/outline";
import { countsInWords, setAside, standingOf } from "./words";

/** A report as Markdown (CommonMark with GitHub's tables): what needs attention first, then what was read. */
export function outlineToMarkdown(outline: Outline): string {
  const { title, verdict, findings, facts, tables, tool, finishedAt } = outline;
  const attention = findings.filter((finding) => finding.verdict !== "pass");
  const passed = findings.filter((finding) => finding.verdict === "pass");
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    `**${verdict}**: ${countsInWords(findings)}.`,
    ...(attention.length === 0 ? [] : ["## Needs attention", attention.map(item).join("\n")]),
    ...(passed.length === 0
      ? []
      : ["## Passed", passed.map(({ message }) => `- ${escapeMarkdown(message)}`).join("\n")]),
    "## What was read",
    table({ title: "", columns: ["What", "Value"], rows: facts }),
    ...tables.filter(({ rows }) => rows.length > 0).flatMap((one) => [`### ${escapeMarkdown(one.title)}`, table(one)]),
    `Entropy Check ${escapeMarkdown(tool.version)}, ${escapeMarkdown(finishedAt)}.`,
  ];
  return `${blocks.join("\n\n")}\n`;
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
