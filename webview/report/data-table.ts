import { disclosure, type Disclosure } from "../disclosure";
import { h, plainButton, type Child } from "../dom";
import { integer } from "../format";
import { icon } from "../icons";
import { badge, MARKS, type Mark } from "../mark";
import type { Choices } from "../memory";
import { searchField } from "../toolkit";

/** A column of a data table. */
export interface Column<R> {
  readonly id: string;
  readonly title: string;
  /** What rows are sorted by. */
  readonly key: (row: R) => string | number;
  readonly cell: (row: R) => Child;
  readonly number?: true;
  /** Left out where there is little width; the unfolded row says it too. */
  readonly spare?: true;
  /** Left out where there is very little. */
  readonly roomy?: true;
}

/** What a data table shows. Its first columns are the row's mark, if it has one, and its name, which unfolds the details. */
export interface TableContent<R> {
  readonly id: string;
  /** Plural, capitalised. */
  readonly caption: string;
  readonly rows: readonly R[];
  readonly name: (row: R) => string;
  /** The heading over the names, where they are not just that. */
  readonly nameTitle?: string;
  readonly mark?: (row: R) => Mark;
  /** All that the filter looks into. */
  readonly text: (row: R) => string;
  readonly columns: readonly Column<R>[];
  readonly details?: (row: R) => Node;
  /** By which column the rows stand at first, if not by their marks; none of that id: as they come. */
  readonly sortedBy?: string;
  /** So many rows are shown until all are asked for. */
  readonly limit?: number;
}

interface Line<R> {
  readonly row: R;
  readonly mark: Mark | null;
  readonly text: string;
  readonly tr: HTMLTableRowElement;
  readonly fold: Disclosure | null;
}

interface Head {
  readonly cell: HTMLTableCellElement;
  readonly arrow: HTMLElement;
}

const FILTER_WORDS: Readonly<Record<Mark, string>> = {
  error: "Failed",
  warning: "Warnings",
  inconclusive: "Inconclusive",
  info: "Notes",
  pass: "Passed",
  "not-applicable": "Not applicable",
};

const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : names.compare(String(a), String(b));
}

/**
 * A table with a filter, a choice of verdict and columns to sort by. Rows are made once, then hidden or moved, so that
 * a thousand of them stay quick; details are made when a row is first unfolded.
 */
export class DataTable<R> {
  readonly element: HTMLElement;
  private readonly columns: readonly Column<R>[];
  /** In the order in which they stand. */
  private readonly lines: Line<R>[];
  private readonly heads: ReadonlyMap<string, Head>;
  private readonly toggles: ReadonlyMap<Mark | null, HTMLElement>;
  private readonly body = h("tbody");
  private readonly status = h("p", { class: "muted table-status", role: "status" });
  private readonly more = plainButton({ class: "link" }, () => this.showAll(), "Show all");
  private limit: number;
  private query: string;
  private only: Mark | null;
  private sortedBy: string;
  private descending: boolean;

  /** @param choices where the filter, the verdict and the order are kept, under the table's id */
  constructor(
    private readonly content: TableContent<R>,
    private readonly choices: Choices,
  ) {
    const { id, caption, mark, name, nameTitle = "Name" } = content;
    const marks: readonly Column<R>[] =
      mark === undefined
        ? []
        : [{ id: "mark", title: "Verdict", key: (row) => MARKS.indexOf(mark(row)), cell: (row) => badge(mark(row)) }];
    this.columns = [...marks, { id: "name", title: nameTitle, key: name, cell: () => null }, ...content.columns];
    this.limit = content.limit ?? Infinity;
    this.query = choices.get(`${id}.filter`) ?? "";
    this.only = MARKS.find((each) => each === choices.get(`${id}.verdict`)) ?? null;
    const [column, direction] = (choices.get(`${id}.sort`) ?? "").split(" ");
    this.sortedBy = this.columns.some((c) => c.id === column) ? column : (content.sortedBy ?? "mark");
    this.descending = direction === "descending";

    this.lines = content.rows.map((row, i) => this.line(row, `${id}-${i}`));
    this.heads = new Map(this.columns.map((each) => [each.id, this.head(each)]));
    this.toggles = this.makeToggles();
    this.element = h(
      "div",
      { class: "data-table" },
      h(
        "div",
        { class: "toolbar" },
        searchField(`Filter ${caption.toLowerCase()}`, this.query, icon("search"), (query) => this.find(query)),
        h("div", { class: "toggles", role: "group", "aria-label": "Verdict" }, ...this.toggles.values()),
        this.status,
      ),
      h(
        "table",
        { class: "data", id },
        h("caption", { class: "hidden" }, caption),
        h("thead", {}, h("tr", {}, ...[...this.heads.values()].map(({ cell }) => cell))),
        this.body,
      ),
      this.more,
    );
    this.arrange();
  }

  private line(row: R, id: string): Line<R> {
    const { content, columns } = this;
    const { details } = content;
    const name = h("bdi", {}, content.name(row));
    const fold = details === undefined ? null : disclosure(name, id, columns.length, () => details(row));
    const cells = columns.map((column) =>
      column.id === "name"
        ? h("th", { scope: "row" }, fold?.button ?? name)
        : h("td", { class: classOf(column) }, column.cell(row)),
    );
    return {
      row,
      mark: content.mark?.(row) ?? null,
      text: content.text(row).toLowerCase(),
      tr: h("tr", {}, ...cells),
      fold,
    };
  }

  private head(column: Column<R>): Head {
    const arrow = h("span", { class: "arrow" });
    const button = plainButton({ class: "sort" }, () => this.sort(column.id), column.title, arrow);
    return { cell: h("th", { scope: "col", class: classOf(column) }, button), arrow };
  }

  /** A toggle for each mark that occurs, and one for all; none where all rows bear the same. */
  private makeToggles(): ReadonlyMap<Mark | null, HTMLElement> {
    const present = MARKS.filter((mark) => this.lines.some((line) => line.mark === mark));
    if (present.length < 2) return new Map();
    return new Map(
      [null, ...present].map((mark) => {
        const count = this.lines.filter((line) => mark === null || line.mark === mark).length;
        const word = mark === null ? "All" : FILTER_WORDS[mark];
        const counted = h("span", { class: "count" }, integer(count));
        return [mark, plainButton({ class: "toggle" }, () => this.choose(mark), `${word} `, counted)];
      }),
    );
  }

  private find(query: string): void {
    this.query = query;
    this.choices.set(`${this.content.id}.filter`, query);
    this.filter();
  }

  private choose(mark: Mark | null): void {
    this.only = mark;
    this.choices.set(`${this.content.id}.verdict`, mark ?? "");
    this.filter();
  }

  private sort(column: string): void {
    this.descending = this.sortedBy === column && !this.descending;
    this.sortedBy = column;
    this.choices.set(`${this.content.id}.sort`, `${column} ${this.descending ? "descending" : "ascending"}`);
    this.arrange();
  }

  private showAll(): void {
    this.limit = Infinity;
    this.filter();
  }

  /** Hides what the filter and the verdict leave out, and what is beyond the limit. */
  private filter(): void {
    const words = this.query.toLowerCase().split(/\s+/);
    let matching = 0;
    for (const { mark, text, tr, fold } of this.lines) {
      const matches = (this.only === null || mark === this.only) && words.every((word) => text.includes(word));
      if (matches) matching += 1;
      tr.hidden = !matches || matching > this.limit;
      if (tr.hidden) fold?.open(false);
    }
    const all = this.lines.length;
    const shown = Math.min(matching, this.limit);
    this.more.hidden = matching <= this.limit;
    this.status.textContent = shown === all ? "" : `${integer(shown)} of ${integer(all)} shown`;
    for (const [mark, toggle] of this.toggles) toggle.setAttribute("aria-pressed", String(mark === this.only));
  }

  /** Puts the rows in order; rows that are equal in it stand by name. */
  private arrange(): void {
    const { name } = this.content;
    const column = this.columns.find((c) => c.id === this.sortedBy);
    const direction = this.descending ? -1 : 1;
    if (column !== undefined)
      this.lines.sort(
        (a, b) => direction * compare(column.key(a.row), column.key(b.row)) || names.compare(name(a.row), name(b.row)),
      );
    this.body.replaceChildren(...this.lines.flatMap(({ tr, fold }) => (fold === null ? [tr] : [tr, fold.row])));
    this.filter();
    const order = this.descending ? "descending" : "ascending";
    for (const [id, { cell, arrow }] of this.heads) {
      const isSorted = id === this.sortedBy;
      cell.setAttribute("aria-sort", isSorted ? order : "none");
      arrow.replaceChildren(...(isSorted ? [icon(order)] : []));
    }
  }
}

function classOf<R>(column: Column<R>): string | null {
  const names = (["number", "spare", "roomy"] as const).filter((name) => column[name] === true);
  return names.length === 0 ? null : names.join(" ");
}
