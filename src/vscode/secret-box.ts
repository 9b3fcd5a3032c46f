import { ThemeIcon, window } from "vscode";

/** What a person typed, and whether it is to be kept. */
export interface SecretAnswer {
  readonly secret: string;
  readonly keep: boolean;
}

const NOT_KEPT = { iconPath: new ThemeIcon("unlock"), tooltip: "Keep it in VS Code's secret storage" };
const KEPT = { iconPath: new ThemeIcon("lock"), tooltip: "Do not keep it" };

/**
 * Asks for a secret; a button of the box says whether to keep it.
 * @param keepable whether there is such a button
 * @param hidden whether it is hidden while it is typed
 * @param signal closes the box
 * @returns null when the person gives none
 */
export async function askForSecret(
  prompt: string,
  { keepable, hidden }: { readonly keepable: boolean; readonly hidden: boolean },
  signal: AbortSignal,
): Promise<SecretAnswer | null> {
  const box = window.createInputBox();
  box.title = prompt;
  box.password = hidden;
  box.ignoreFocusOut = true;
  let keep = false;
  const show = () => {
    box.buttons = keepable ? [keep ? KEPT : NOT_KEPT] : [];
    box.prompt = keep ? "It is kept in VS Code's secret storage once it has opened the door." : "It is not kept.";
  };
  const close = () => box.hide();
  show();
  box.onDidTriggerButton(() => {
    keep = !keep;
    show();
  });
  signal.addEventListener("abort", close);
  try {
    return await new Promise((resolve) => {
      box.onDidAccept(() => resolve({ secret: box.value, keep }));
      box.onDidHide(() => resolve(null));
      box.show();
    });
  } finally {
    signal.removeEventListener("abort", close);
    box.dispose();
  }
}
