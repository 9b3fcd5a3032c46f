import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { acceptPlace, openDemo, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "collect-restarts");
/** What is suggested. */
const FILE = "demo-weak-command-restarts.bin";

describe("Collect Restarts in the workbench", () => {
  const code = workbenchFor(() => openDemo("collect-restarts"));

  it("asks of which process, how many restarts and samples, and whereto, with answers at hand", async () => {
    await code().runCommand("Entropy: Collect Restarts...");
    await code().pick("A process that is started anew");
    await code().pick("demo-weak");
    await code().answer(/The command that starts the source/, "noise-source");
    await code().answer(/How many restarts\?/);
    await code().answer(/How many samples of each\?/);
    await code().pick("8 bits");
    await code().pick("One file");
    await acceptPlace(code(), join(FOLDER, FILE));
  });

  it("ends in the file that the restart tests read, and offers them", async () => {
    const told = code().notifications.filter({ hasText: "1,000 restarts of 1,000 samples each are in" });
    await told.waitFor();
    const matrix = await readFile(join(FOLDER, FILE));
    assert.equal(matrix.length, 1_000_000);
    assert.match(await readFile(join(FOLDER, FILE.replace(".bin", ".meta")), "utf8"), /^command +noise-source$/m);
    await told.getByRole("button", { name: "Run Restart Tests" }).click();
    await code().pick("as the data use");
    await code().answer(/H_I, the initial entropy estimate/, "2");
    await code().pick("Non-IID track");
    // a source that starts the same each time
    const report = await code().frameWith(`main.report h1:has-text('${FILE}')`);
    assert.equal(await report.locator(".verdict").innerText(), "Failed");
  });

  it("names the machine and says how often it is rebooted, before it does", async () => {
    await code().runCommand("Entropy: Collect Restarts...");
    await code().pick("A reboot of a machine");
    await code().pick("demo-weak");
    await code().pick("As usual");
    await code().pick("/dev/random");
    await code().answer(/How many restarts\?/, "7");
    await code().answer(/How many samples of each\?/);
    await code().pick("8 bits");
    await code().pick("One file");
    await acceptPlace(code(), join(FOLDER, "demo-weak-random-restarts.bin"));
    await code().dialog.filter({ hasText: "demo-weak will be rebooted 7 times." }).waitFor();
    await code().dialog.getByRole("button", { name: "Reboot It 7 Times" }).waitFor();
    await code().dialog.getByRole("button", { name: "Cancel" }).click();
    await code().dialog.waitFor({ state: "hidden" });
  });
});
