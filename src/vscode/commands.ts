import { Disposable, Uri, commands, type LogOutputChannel } from "vscode";
import { RULES } from "../compliance/rules";
import type { RuleId } from "../model";
import type { Actions } from "./actions";
import { pickBootTest } from "./boot-tests";
import { pickClouds } from "./cloud-pickers";
import { field } from "./field";
import { idOf, type Item } from "./items";
import { COMMANDS } from "./manifest";
import { showError } from "./notices";
import { pickMachine, pickResult, pickSamples } from "./pickers";
import { pick } from "./quick-pick";
import type { Results } from "./results";
import { isRuleId } from "./rule-ids";
import type { Secrets } from "./secrets";
import type { Sources } from "./sources";
import { pickHealthTests, pickRestart } from "./test-pickers";

interface Parts {
  readonly sources: Sources;
  readonly results: Results;
  readonly actions: Actions;
  readonly secrets: Secrets;
  readonly openDemo: () => Promise<void>;
  readonly openCalculator: () => void;
  readonly demonstrate: () => Promise<void>;
  readonly compare: () => Promise<void>;
  readonly log: LogOutputChannel;
}

/** Registers every command. Whatever one throws is shown. */
export function registerCommands({
  sources,
  results,
  actions,
  secrets,
  openDemo,
  openCalculator,
  demonstrate,
  compare,
  log,
}: Parts): Disposable {
  const onItem = itemCommand(results, actions);
  const run = async (item: Item | null) => {
    if (item !== null) await actions.run(item);
  };
  const handlers: readonly (readonly [string, (argument: unknown) => unknown])[] = [
    [COMMANDS.checkCloud, async () => actions.runAll((await pickClouds("Check Cloud", sources)) ?? [])],
    [COMMANDS.checkMachine, async () => run(await pickMachine("Check Machine", sources, results))],
    [COMMANDS.assessSamples, async (file) => run(await pickSamples(uriIn(file), results))],
    [COMMANDS.runRestartTests, async (place) => run(await pickRestart(uriIn(place), results))],
    [COMMANDS.runHealthTests, async (file) => run(await pickHealthTests(uriIn(file), results))],
    [COMMANDS.runBootTest, async (file) => run(await pickBootTest(uriIn(file), false))],
    [COMMANDS.runMissingBootTests, async (file) => run(await pickBootTest(uriIn(file), true))],
    [COMMANDS.openDemo, openDemo],
    [COMMANDS.openConditioningCalculator, openCalculator],
    [COMMANDS.demonstrateProcessing, demonstrate],
    [COMMANDS.compareRawAndProcessed, compare],
    [COMMANDS.showReport, onItem((item) => actions.showReport(item))],
    [COMMANDS.runAgain, onItem((item) => actions.run(item))],
    [COMMANDS.saveReport, onItem((item) => actions.saveReport(item))],
    [COMMANDS.openSource, onItem((item) => actions.openSource(item))],
    [COMMANDS.removeResult, onItem((item) => results.remove(idOf(item)))],
    [COMMANDS.removeResults, () => results.removeAll()],
    [COMMANDS.forgetSecrets, () => secrets.forgetAll()],
    [
      COMMANDS.openRule,
      async (argument) => {
        const rule = isRuleId(argument) ? argument : await pickRule();
        if (rule !== null) await actions.openRule(rule);
      },
    ],
  ];
  return Disposable.from(...handlers.map(([command, handle]) => registerCommand(command, handle, log)));
}

/** Turns what is done with an item into a command's handler. */
export type OnItem = (act: (item: Item) => unknown) => (argument: unknown) => Promise<void>;

/** An item command works on the tree's node that it is called on, else on a result that is asked for. */
export function itemCommand(results: Results, actions: Actions): OnItem {
  return (act) => async (argument) => {
    const id = idIn(argument);
    const item = id === null ? await pickResult(results) : await actions.find(id);
    if (item !== null) await act(item);
  };
}

/** Registers a command whose errors are shown. */
export function registerCommand(
  command: string,
  handle: (argument: unknown) => unknown,
  log: LogOutputChannel,
): Disposable {
  return commands.registerCommand(command, async (argument: unknown) => {
    try {
      await handle(argument);
    } catch (error) {
      // not awaited: a command is done when its message is shown, not when it is closed
      void showError(error, log);
    }
  });
}

async function pickRule(): Promise<RuleId | null> {
  const choices = Object.values(RULES).map(({ id, title, profile }) => ({
    value: id,
    label: title,
    description: id,
    group: profile,
  }));
  return pick("Open Rule", "Which rule?", choices);
}

/** The file or folder of the explorer's menu. */
function uriIn(argument: unknown): Uri | null {
  return argument instanceof Uri ? argument : null;
}

/** An item's id: itself, or a tree node's. Arguments come from anywhere: keybindings, links, other extensions. */
export function idIn(argument: unknown): string | null {
  const id = typeof argument === "string" ? argument : field(argument, "id");
  return typeof id === "string" ? id : null;
}
