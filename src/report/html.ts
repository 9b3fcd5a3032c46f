import { RULES } from "../compliance/rules";
import { escapeMarkup } from "./markup";
import type { OutlineTable } from "./outline/details";
import type { Outline, OutlineFinding } from "./outline/outline";
import { countsInWords, setAside, standingOf } from "./words";

/**
 * A report as one HTML file that needs nothing else: no script, nothing remote, and a policy that allows neither.
 * The colours are those of WCAG AA on both backgrounds.
 */
export function outlineToHtml(outline: Outline): string {
  const { title, verdict, findings, facts, tables, tool, finishedAt } = outline;
  const attention = findings.filter((finding) => finding.verdict !== "pass");
  const passed = findings.filter((finding) => finding.verdict === "pass");
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
<h1>${escapeMarkup(title)}</h1>
<p class="verdict ${verdict}"><strong>${verdict}</strong> ${escapeMarkup(countsInWords(findings))}</p>
${section("Needs attention", attention.length, attention.map(findingItem).join(""))}
${section("Passed", passed.length, passed.map(({ message }) => `<li>${escapeMarkup(message)}</li>`).join(""))}
<h2>What was read</h2>
<table><tbody>${facts.map(([label, value]) => `<tr><th scope="row">${escapeMarkup(label)}</th><td>${escapeMarkup(value)}</td></tr>`).join("\n")}</tbody></table>
${tables
  .filter(({ rows }) => rows.length > 0)
  .map(tableElement)
  .join("\n")}
<footer>Entropy Check ${escapeMarkup(tool.version)}, ${escapeMarkup(finishedAt)}</footer>
</main>
</body>
</html>
`;
}

function section(title: string, count: number, items: string): string {
  return count === 0 ? "" : `<h2>${title}</h2>\n<ul>${items}</ul>`;
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

function tableElement({ title, columns, rows }: OutlineTable): string {
  const row = (cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join("")}</tr>`;
  return `<h3>${escapeMarkup(title)}</h3>
<table><thead><tr>${columns.map((column) => `<th scope="col">${escapeMarkup(column)}</th>`).join("")}</tr></thead>
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
