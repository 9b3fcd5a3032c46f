import { Disposable, env, window, type LogOutputChannel } from "vscode";
import type { Accepted } from "./accepted";
import { registerCommand, type OnItem } from "./commands";
import { itemGone } from "./errors";
import { exportReport } from "./export-report";
import { field } from "./field";
import { idOf, longTitleOf } from "./items";
import { COMMANDS, QUICK_FIXES } from "./manifest";
import type { Remedies } from "./remedies";
import type { Results } from "./results";

/** Milliseconds that one is told of what was copied. */
const COPIED_FOR = 5000;

interface Parts {
  readonly results: Results;
  readonly accepted: Accepted;
  readonly remedies: Remedies;
  readonly onItem: OnItem;
  readonly log: LogOutputChannel;
}

/** What can be done with a report once it is there, and what its quick fixes do. */
export function registerReportCommands({ results, accepted, remedies, onItem, log }: Parts): Disposable {
  const reportOf = (id: string) => {
    const { report } = results.state(id);
    if (report === null) throw itemGone();
    return report;
  };
  const handlers: readonly (readonly [string, (argument: unknown) => unknown])[] = [
    [COMMANDS.exportReport, onItem((item) => exportReport(item, reportOf(idOf(item))))],
    [
      COMMANDS.takeBaseline,
      onItem(async (item) => {
        await accepted.takeBaseline(item, reportOf(idOf(item)));
        void window.showInformationMessage(`From now on only what is new counts for ${longTitleOf(item)}.`);
      }),
    ],
    [
      COMMANDS.dropBaseline,
      onItem(async (item) => {
        const had = await accepted.dropBaseline(item);
        const told = had ? "Everything counts again for" : "There was no baseline for";
        void window.showInformationMessage(`${told} ${longTitleOf(item)}.`);
      }),
    ],
    [
      QUICK_FIXES.suppress,
      async (argument) => {
        const [rule, subject, source] = ["rule", "subject", "source"].map((name) => field(argument, name));
        if (typeof rule !== "string" || typeof subject !== "string") return;
        await accepted.suppress({ rule, subject, source: typeof source === "string" ? source : null });
      },
    ],
    [
      QUICK_FIXES.copyCommand,
      async (argument) => {
        if (typeof argument !== "string") return;
        await env.clipboard.writeText(argument);
        window.setStatusBarMessage("The command is in the clipboard.", COPIED_FOR);
      },
    ],
    [
      QUICK_FIXES.setProperty,
      async (argument) => {
        const [item, subject] = [field(argument, "item"), field(argument, "subject")];
        if (typeof item === "string" && typeof subject === "string") await remedies.setProperty({ item, subject });
      },
    ],
  ];
  return Disposable.from(...handlers.map(([command, handle]) => registerCommand(command, handle, log)));
}
