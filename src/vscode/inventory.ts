import { commands, type LogOutputChannel } from "vscode";
import type { Checks } from "./checks";
import type { InventoryPages } from "./documents/inventory-pages";
import type { MachineItem } from "./items";
import { showError } from "./notices";
import type { Results } from "./results";
import type { Runner } from "./run";
import { STARTING } from "./states";

interface Parts {
  readonly results: Results;
  readonly runner: Runner;
  readonly checks: Checks;
  readonly pages: InventoryPages;
  readonly log: LogOutputChannel;
}

/** Asks a machine what randomness it has, and shows the answer as a page. */
export async function takeInventory(machine: MachineItem, parts: Parts): Promise<void> {
  const { results, runner, checks, pages, log } = parts;
  const page = await runner.occupy(machine, "Taking the inventory of", async (signal, tell) => {
    try {
      const taking = checks.takeInventory(machine, signal);
      let step = await taking.next();
      for (; step.done !== true; step = await taking.next()) tell({ ...STARTING, ...step.value });
      const [{ inventoryPage }, { pageToMarkdown }] = await Promise.all([
        import("../report/inventory-page"),
        import("../report/page"),
      ]);
      return pageToMarkdown(inventoryPage(step.value));
    } catch (error) {
      const again = { label: "Try Again", act: () => takeInventory(machine, parts) };
      // not awaited: the machine is busy until this is done
      if (!signal.aborted) void showError(error, log, [again]);
      return null;
    } finally {
      // what its node shows is of the live checks, which did not run
      results.cancelled(machine);
    }
  });
  if (page !== null) await commands.executeCommand("markdown.showPreview", await pages.write(machine, page));
}
