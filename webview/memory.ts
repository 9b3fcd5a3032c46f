import { isFields, readState, writeState } from "./messages";

const DELAY_MS = 200;

/**
 * What the webview remembers across being hidden and reloaded: which item it shows, and the small choices of the user
 * in it (a filter, a sort order, how far it was scrolled) by name. The report itself is the host's to keep.
 */
export class Memory {
  #item: string | null = null;
  #choices = new Map<string, string>();
  #pending: number | undefined;

  constructor() {
    const state = readState();
    if (!isFields(state) || typeof state.item !== "string" || !isFields(state.choices)) return;
    this.#item = state.item;
    for (const [name, value] of Object.entries(state.choices)) {
      if (typeof value === "string") this.#choices.set(name, value);
    }
  }

  /** Says which item is shown; the choices made for another one are forgotten. */
  choose(item: string): void {
    if (item !== this.#item) this.#choices.clear();
    this.#item = item;
    this.#save();
  }

  get(name: string): string | null {
    return this.#choices.get(name) ?? null;
  }

  set(name: string, value: string): void {
    if (this.#choices.get(name) === value) return;
    this.#choices.set(name, value);
    window.clearTimeout(this.#pending);
    this.#pending = window.setTimeout(() => this.#save(), DELAY_MS);
  }

  #save(): void {
    window.clearTimeout(this.#pending);
    writeState({ item: this.#item, choices: Object.fromEntries(this.#choices) });
  }
}

/** The part of a memory that views use. */
export type Choices = Pick<Memory, "get" | "set">;
