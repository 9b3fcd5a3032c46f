import { printable } from "./text";

/** A page of plain words, which can be written in more than one shape. Texts may hold names that came from outside. */
export type Block =
  | { readonly kind: "title" | "heading" | "paragraph"; readonly text: string }
  /** Shown as it is, line by line. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** The columns after the first hold figures. */
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

const WIDTH = 100;

/** A page as plain text of at most about 100 columns. */
export function pageToText(page: readonly Block[]): string {
  return `${page.map(blockToText).join("\n\n")}\n`;
}

function blockToText(block: Block): string {
  switch (block.kind) {
    case "title":
      return underlined(printable(block.text), "=");
    case "heading":
      return underlined(printable(block.text), "-");
    case "paragraph":
      return wrap(block.text, "");
    case "list":
      return block.items.map((item) => `- ${wrap(item, "  ")}`).join("\n");
    case "code":
      return linesOf(block.text)
        .map((line) => `    ${line}`)
        .join("\n");
    case "table":
      return tableToText([block.head, ...block.rows].map((row) => row.map(printable)));
  }
}

const underlined = (text: string, by: string): string => `${text}\n${by.repeat(text.length)}`;

function wrap(text: string, indent: string): string {
  const lines = [""];
  for (const word of printable(text).split(" ")) {
    const line = `${lines[lines.length - 1]}${lines[lines.length - 1] === "" ? "" : " "}${word}`;
    if (line.length + indent.length > WIDTH && lines[lines.length - 1] !== "") lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join(`\n${indent}`);
}

function tableToText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A page as Markdown; whatever a name holds, it is shown and never acts. */
export function pageToMarkdown(page: readonly Block[]): string {
  return `${page.map(blockToMarkdown).join("\n\n")}\n`;
}

function blockToMarkdown(block: Block): string {
  switch (block.kind) {
    case "title":
      return `# ${escaped(block.text)}`;
    case "heading":
      return `## ${escaped(block.text)}`;
    case "paragraph":
      return escaped(block.text);
    case "list":
      return block.items.map((item) => `- ${escaped(item)}`).join("\n");
    case "code":
      return linesOf(block.text)
        .map((line) => `    ${line}`)
        .join("\n");
    case "table": {
      const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
      const rule = block.head.map((_, i) => (i === 0 ? "---" : "---:"));
      return [line(block.head.map(escaped)), line(rule), ...block.rows.map((row) => line(row.map(escaped)))].join("\n");
    }
  }
}

const linesOf = (text: string): readonly string[] => text.split("\n").map(printable);

/** CommonMark lets every ASCII punctuation mark be escaped, so every one is: no markup, no link, no list. */
function escaped(text: string): string {
  return printable(text).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
