import { workspace, type Uri } from "vscode";
import { Turns } from "../operations/turns";
import { isConditionedDataset, NOTHING_ENTERED, parseCalculatorInput, type CalculatorState } from "./calculator-model";
import { field } from "./field";

/** What outlives the window. */
type Kept = Pick<CalculatorState, "input" | "conditioned">;

/**
 * Keeps what was entered in a file of its own: VS Code's memory is written seconds later, and a window that is loaded anew
 * before that forgets it.
 */
export class CalculatorMemory {
  private readonly turns = new Turns();

  constructor(private readonly file: Uri) {}

  /** What was kept last; nothing when there is none, or it cannot be read. */
  async read(): Promise<Kept> {
    const kept = await this.content();
    const conditioned = field(kept, "conditioned");
    return {
      input: parseCalculatorInput(field(kept, "input")) ?? NOTHING_ENTERED,
      conditioned: isConditionedDataset(conditioned) ? conditioned : null,
    };
  }

  /** Keeps this instead of what was kept before. */
  write({ input, conditioned }: Kept): Promise<void> {
    const bytes = Buffer.from(JSON.stringify({ input, conditioned }));
    // one after the other, so that the last is the last
    return this.turns.take(async () => workspace.fs.writeFile(this.file, bytes));
  }

  private async content(): Promise<unknown> {
    try {
      return JSON.parse(Buffer.from(await workspace.fs.readFile(this.file)).toString("utf8"));
    } catch {
      return null;
    }
  }
}
