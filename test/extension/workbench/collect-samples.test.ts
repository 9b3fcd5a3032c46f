import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { collectSamples, eventually, openDemo, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "collect-samples");
/** What is suggested. */
const FILE = "this-machine-command.bin";
/** Gives half of what is wanted, and the rest once it is allowed to. */
const COMMAND = `head -c 50000 /dev/zero; while [ ! -e "${FOLDER}/go-on" ]; do sleep 0.1; done; head -c 50000 /dev/urandom`;

describe("Collect Samples in the workbench", () => {
  const code = workbenchFor(() => openDemo("collect-samples"));

  it("shows in the inspector what can be said of the samples while they come", async () => {
    await collectSamples(code(), join(FOLDER, FILE), COMMAND, "6");
    await (await code().sidePanel()).filter({ hasText: FILE }).waitFor();
    const inspector = await code().inspector();
    const figures = inspector.locator(".so-far dd");
    await eventually(async () => {
      const [, mostCommonValue = "", , repetitionCount = ""] = await figures.allInnerTexts();
      assert.match(mostCommonValue, /^0 bits per sample$/);
      assert.match(repetitionCount, /in a row, \d+ fail: 1 failure$/);
    });
  });

  it("keeps what came when it is cancelled, marks it unfinished, and offers to go on", async () => {
    await code().page.locator(".notification-toast").getByRole("button", { name: "Cancel" }).click();
    const toast = code().page.locator(".notification-toast").filter({ hasText: "The collection was cancelled." });
    await toast.filter({ hasText: "bytes that came are kept" }).waitFor();
    const journal: unknown = JSON.parse(await readFile(join(FOLDER, `${FILE}.unfinished`), "utf8"));
    assert.ok(typeof journal === "object" && journal !== null && "from" in journal);
    assert.equal(journal.from, "command");
  });

  it("says of the log of a console, before it asks for more, that it gives no samples", async () => {
    await code().runCommand("Entropy: Collect Samples...");
    await code().pick("Enter an address...");
    await code().answer(/The address of the machine/, "console:boot.log");
    await code().notifications.filter({ hasText: "no samples can be collected from it" }).waitFor();
    await code().quickInput.waitFor({ state: "hidden" });
  });
});
