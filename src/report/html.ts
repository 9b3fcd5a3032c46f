import { RULES } from "../compliance/rules";
import { escapeMarkup } from "./markup";
import type { OutlineTable } from "./outline/details";
import type { Outline, OutlineFinding } from "./outline/outline";
import { tableOfAll, titleOfAll } from "./outline/several";
import { countsInWords, setAside, standingOf } from "./words";

/**
 * Reports as one HTML file that needs nothing else: no script, nothing remote, and a policy that allows neither; before
 * several, which they are. The colours are those of WCAG AA on both backgrounds.
 */
export function outlinesToHtml(outlines: readonly Outline[]): string {
  const [first, ...others] = outlines;
  if (others.length === 0) return page(first.title, content(first, 1));
  const title = titleOfAll(outlines);
  const each = outlines.map((outline) => `<section>\n${content(outline, 2)}\n</section>`);
  return page(title, [`<h1>${escapeMarkup(title)}</h1>`, tableOf(tableOfAll(outlines)), ...each].join("\n"));
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)} - Entropy Check</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

/** @param level of its heading */
function content(outline: Outline, level: 1 | 2): string {
  const { title, verdict, findings, facts, tables, tool, finishedAt } = outline;
  const attention = findings.filter((finding) => finding.verdict !== "pass");
  const passed = findings.filter((finding) => finding.verdict === "pass");
  const inner = level + 1;
  return `<h${level}>${escapeMarkup(title)}</h${level}>
<p class="verdict ${verdict}"><strong>${verdict}</strong> ${escapeMarkup(countsInWords(findings))}</p>
${section(inner, "Needs attention", attention.length, attention.map(findingItem).join(""))}
${section(inner, "Passed", passed.length, passed.map(({ message }) => `<li>${escapeMarkup(message)}</li>`).join(""))}
<h${inner}>What was read</h${inner}>
<table><tbody>${facts.map(([label, value]) => `<tr><th scope="row">${escapeMarkup(label)}</th><td>${escapeMarkup(value)}</td></tr>`).join("\n")}</tbody></table>
${tables
  .filter(({ rows }) => rows.length > 0)
  .map((table) => `<h${inner + 1}>${escapeMarkup(table.title)}</h${inner + 1}>\n${tableOf(table)}`)
  .join("\n")}
<footer>Entropy Check ${escapeMarkup(tool.version)}, ${escapeMarkup(finishedAt)}</footer>`;
}

function section(level: number, title: string, count: number, items: string): string {
  return count === 0 ? "" : `<h${level}>${title}</h${level}>\n<ul>${items}</ul>`;
}

function findingItem(finding: OutlineFinding): string {
  const { rule, message, remedy, evidence, region } = finding;
  const standing = standingOf(finding);
  const aside = setAside(finding);
  const { title, clause, profile } = RULES[rule];
  return `<li>
<span class="mark ${standing.replaceAll(" ", "-")}">${standing}</span> ${escapeMarkup(message)}
<div class="more"><span title="${escapeMarkup(title)}">${rule}</span>, ${escapeMarkup(`${profile}, ${clause}`)}${
    region === null ? "" : `, ${escapeMarkup(`${region.file}:${region.startLine + 1}`)}`
  }</div>
${aside === null ? "" : `<div>${escapeMarkup(aside)}</div>`}
${remedy === null ? "" : `<div><code>${escapeMarkup(remedy)}</code></div>`}
${evidence.length === 0 ? "" : `<div class="more">${evidence.map(({ label, value }) => escapeMarkup(`${label}: ${value}`)).join("; ")}</div>`}
</li>
`;
}

function tableOf({ columns, rows }: OutlineTable): string {
  const row = (cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join("")}</tr>`;
  return `<table><thead><tr>${columns.map((column) => `<th scope="col">${escapeMarkup(column)}</th>`).join("")}</tr></thead>
<tbody>${rows.map(row).join("\n")}</tbody></table>`;
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { border: 1px solid #8888; padding: 0.2rem 0.6rem; text-align: left; vertical-align: top; }
li { margin: 0.5rem 0; }
.more, footer { opacity: 0.8; font-size: 0.9em; }
.mark { font-weight: bold; }
.error, .fail strong { color: light-dark(#b00020, #ff8a8a); }
.warning, .inconclusive, .inconclusive strong { color: light-dark(#7a4d00, #f0b95a); }
.pass strong { color: light-dark(#0a6b2c, #7bd88f); }
code { font-family: ui-monospace, monospace; white-space: pre-wrap; }
@media print { main { max-width: none; } }
`;
