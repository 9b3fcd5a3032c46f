import assert from "node:assert/strict";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { collectSamples, eventually, openDemo, workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "resume-collection");
/** What is suggested. */
const FILE = "this-machine-command.bin";
/** Gives the same again: half of what is wanted, and the rest once it is allowed to. */
const COMMAND =
  `yes first | head -c 50000; while [ ! -e "${FOLDER}/go-on" ]; do sleep 0.1; done; ` + "yes second | head -c 50000";
const WHOLE = "first\n".repeat(9000).slice(0, 50_000) + "second\n".repeat(9000).slice(0, 50_000);

describe("Resume Collection in the workbench", () => {
  const code = workbenchFor(() => openDemo("resume-collection"));

  it("begins with a collection that was cut", async () => {
    await collectSamples(code(), join(FOLDER, FILE), COMMAND, "");
    await eventually(async () => assert.ok((await readFile(join(FOLDER, FILE))).length > 0));
    await code().page.locator(".notification-toast").getByRole("button", { name: "Cancel" }).click();
    await code().notifications.filter({ hasText: "bytes that came are kept" }).waitFor();
  });

  it("says what would be run, and goes on only with leave", async () => {
    await writeFile(join(FOLDER, "go-on"), "");
    await code().runCommand("Entropy: Resume Collection...");
    await code().pick(FILE);
    await code().dialog.filter({ hasText: "yes second | head -c 50000" }).waitFor();
    await code().dialog.getByRole("button", { name: "Go On" }).click();
    await code().answer(/H, the entropy that the source is claimed to give/, "");
  });

  it("goes on after what came, byte for byte, and assesses the whole, which says where it is from", async () => {
    const report = await code().frameWith(`main.report h1:has-text('${FILE}')`, 50_000);
    assert.equal(await readFile(join(FOLDER, FILE), "latin1"), WHOLE);
    await assert.rejects(access(join(FOLDER, `${FILE}.unfinished`)), { code: "ENOENT" });
    const origin = report.locator(".origin");
    assert.match(await origin.innerText(), /machine\s+local/);
    assert.equal(await origin.locator(".badge").innerText(), "as the samples have it");
  });
});
