import type { LogOutputChannel } from "vscode";
import type { Checks } from "./checks";
import { idOf, type MachineItem } from "./items";
import { showError } from "./notices";
import type { ReportPanels } from "./report-panels";
import type { Results } from "./results";
import type { Runner } from "./run";
import { STARTING } from "./states";

interface Parts {
  readonly results: Results;
  readonly runner: Runner;
  readonly checks: Checks;
  readonly panels: ReportPanels;
  readonly log: LogOutputChannel;
}

/** Asks a machine what randomness it has, and shows the answer in its panel. */
export async function takeInventory(machine: MachineItem, parts: Parts): Promise<void> {
  const { results, runner, checks, panels, log } = parts;
  const taken = await runner.occupy(machine, "Taking the inventory of", async (signal, tell) => {
    try {
      const taking = checks.takeInventory(machine, signal);
      let step = await taking.next();
      for (; step.done !== true; step = await taking.next()) tell({ ...STARTING, ...step.value });
      await results.inventoried(machine, step.value);
      return step.value;
    } catch (error) {
      const again = { label: "Try Again", act: () => takeInventory(machine, parts) };
      // not awaited: the machine is busy until this is done
      if (!signal.aborted) void showError(error, log, [again]);
      results.cancelled(machine);
      return null;
    }
  });
  if (taken !== null) panels.open(idOf(machine), machine, "inventory");
}
