import assert from "node:assert/strict";
import fc from "fast-check";
import { pageToMarkdown, pageToText, type Block } from "../../src/report/page";

const WORDS = "one word after another ".repeat(8).trim();
const PAGE: readonly Block[] = [
  { kind: "title", text: "A page" },
  { kind: "paragraph", text: WORDS },
  { kind: "heading", text: "Figures" },
  {
    kind: "table",
    head: ["", "raw"],
    rows: [
      ["markov", "0.5"],
      ["lag, bits", "10.25"],
    ],
  },
  { kind: "list", items: ["first", WORDS] },
  { kind: "code", text: "head -c 8 /dev/zero\nls" },
];

describe("a page as text", () => {
  it("wraps words, aligns figures, and shows code as it is", () => {
    assert.equal(
      pageToText(PAGE),
      `A page
======

one word after another one word after another one word after another one word after another one word
after another one word after another one word after another one word after another

Figures
-------

             raw
markov       0.5
lag, bits  10.25

- first
- one word after another one word after another one word after another one word after another one
  word after another one word after another one word after another one word after another

    head -c 8 /dev/zero
    ls
`,
    );
  });

  it("shows a control character instead of obeying it", () => {
    assert.equal(pageToText([{ kind: "list", items: ["a\u001b[2Jb\nc"] }]), "- a\ufffd[2Jb\ufffdc\n");
  });
});

describe("a page as Markdown", () => {
  it("has headings, a table with figures to the right, lists and code", () => {
    const text = pageToMarkdown(PAGE);
    assert.match(text, /^# A page\n\none word/);
    assert.match(text, /\n\n## Figures\n\n\| {2}\| raw \|\n\| --- \| ---: \|\n\| markov \| 0\\\.5 \|\n/);
    assert.match(text, /\n\n- first\n- one word/);
    assert.ok(text.endsWith("\n\n    head -c 8 /dev/zero\n    ls\n"));
  });

  it("never lets a text act: all of its punctuation is escaped, and it stays in its line", () => {
    const hostile = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(hostile, (text) => {
        const [line, ...rest] = pageToMarkdown([{ kind: "paragraph", text }]).split("\n");
        assert.deepEqual(rest, [""]);
        const unescaped = line.replace(/\\[!-/:-@[-`{-~]/g, "");
        assert.doesNotMatch(unescaped, /[!-/:-@[-`{-~\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      }),
    );
  });

  it("never lets a cell end its row", () => {
    const cell = fc.string();
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const table: Block = { kind: "table", head: ["", ""], rows: [[a, b]] };
        const row = pageToMarkdown([table]).split("\n")[2];
        assert.equal(row.replace(/\\[!-/:-@[-`{-~]/g, "").split("|").length, 4);
      }),
    );
  });
});
