import assert from "node:assert/strict";
import { eventually, openDemoWithLab, workbenchFor } from "./fixture";

const FILE = "lab.boot-test.yaml";
const TEXT = `arch: x86
source: jitterentropy
matrix:
  - kernel.jitterentropy.bs: [64, 128]
boot: { method: command, command: [./machine.sh] }
`;

describe("A boot test's definition in the workbench", () => {
  const code = workbenchFor(() => openDemoWithLab("boot-test-definition", { [FILE]: TEXT }));
  const suggestions = () => code().page.locator(".suggest-widget .monaco-list-row");

  /** Types a place into the picker of files, and goes there: `lab.boot-test.yaml:4:8`. */
  async function goTo(place: string): Promise<void> {
    await code().page.keyboard.press("Control+p");
    const input = code().quickInput.locator("input[type=text]");
    await input.fill(place);
    await code().quickRows.filter({ hasText: FILE }).first().waitFor();
    await input.press("Enter");
    await code().quickInput.waitFor({ state: "hidden" });
    await code().tabs.filter({ hasText: FILE }).waitFor();
  }

  it("explains a kernel option where the cursor is", async () => {
    await goTo(`${FILE}:4:8`);
    await code().runCommand("Show or Focus Hover");
    await code().page.locator(".monaco-hover-content").filter({ hasText: "Bytes of a block of the memory" }).waitFor();
  });

  it("offers the keys that are not there yet, with what each is for", async () => {
    await goTo(`${FILE}:6:1`);
    await code().runCommand("Trigger Suggest");
    await eventually(async () => {
      const labels = await suggestions().locator(".label-name").allInnerTexts();
      assert.ok(labels.includes("iterations") && !labels.includes("arch"), labels.join());
    });
    await suggestions().first().filter({ hasText: "Bits per sample" }).waitFor();
  });

  it("takes a key, and offers what may stand there", async () => {
    await code().page.keyboard.type("exp");
    await suggestions().filter({ hasText: "export" }).waitFor();
    await code().page.keyboard.press("Enter");
    await code().page.keyboard.type("{ way: ");
    await suggestions().filter({ hasText: "virtio-serial" }).waitFor();
    await suggestions().filter({ hasText: "netcp" }).first().click();
    await eventually(async () => assert.match(await code().selectedLine(), /^export: \{ way: netcp/));
  });

  it("offers a kernel option's values from the least on", async () => {
    await goTo(`${FILE}:4:38`);
    await code().page.keyboard.type(", ");
    await eventually(async () =>
      assert.deepEqual(await suggestions().locator(".label-name").allInnerTexts(), ["32", "64", "128"]),
    );
  });
});
