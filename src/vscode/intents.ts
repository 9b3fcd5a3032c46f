import type { LogOutputChannel } from "vscode";
import type { Actions } from "./actions";
import { showError } from "./notices";
import { parseIntent } from "./parse-intent";
import type { Intent } from "./protocol";

/**
 * Does what a webview asks for; what goes wrong is shown to the person.
 * @param message as it came; may be anything
 * @param show sends the webview what it is to show
 */
export async function obey(message: unknown, show: () => void, actions: Actions, log: LogOutputChannel): Promise<void> {
  const intent = parseIntent(message);
  if (intent === null) log.warn("A webview sent a message that is not an intent; it was ignored.");
  else if (intent.type === "ready") show();
  else await act(intent, actions).catch((error: unknown) => showError(error, log));
}

async function act(intent: Exclude<Intent, { type: "ready" }>, actions: Actions): Promise<void> {
  if (intent.type === "open-rule") return actions.openRule(intent.rule);
  if (intent.type === "explain") return actions.explain(intent.item, `${intent.estimator}:${intent.scope}`);
  if (intent.type === "reveal-subject") return actions.revealSubject(intent.item, intent.subject);
  if (intent.type === "open-run") return actions.openRun(intent.item, intent.run);
  const item = await actions.find(intent.item);
  switch (intent.type) {
    case "run":
      return actions.run(item);
    case "run-missing":
      if (item.kind === "boot-test") await actions.run({ ...item, onlyMissing: true });
      return;
    case "open-report":
      actions.showReport(item);
      return;
    case "open-source":
      return actions.openSource(item);
    case "save-json":
      return actions.saveReport(item);
  }
}
