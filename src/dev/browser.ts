import { chromium as playwright, type Browser } from "playwright-core";
import { which } from "./command";
import { chromium, requireTools } from "./debian";

/** A headless Chromium of the system; ENTROPY_CHECK_CHROMIUM names another. */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env["ENTROPY_CHECK_CHROMIUM"];
  if (named === undefined) await requireTools([chromium], "driving the workbench");
  const executablePath = named ?? (await which(chromium.command));
  if (executablePath === null) throw new Error("chromium was installed, but is not in PATH.");
  return playwright.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
