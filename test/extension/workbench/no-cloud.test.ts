import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { out } from "../../../src/dev/paths";
import { vsixPath } from "../../../src/dev/vsix";
import { Workbench } from "../../../src/dev/workbench";
import { workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "no-cloud");
const PASSWORD = /The password of ada on the cloud elsewhere-openrc\.sh/;
const OPENRC = join(FOLDER, "elsewhere-openrc.sh");

describe("Check Cloud in a window without a cloud", () => {
  const code = workbenchFor(async () => {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(OPENRC, "export OS_AUTH_URL=http://127.0.0.1:1/v3 OS_USERNAME=ada\nread -sr OS_PASSWORD\n");
    return Workbench.open({ vsix: await vsixPath() });
  });

  const checkOpenrc = async (): Promise<void> => {
    await code().runCommand("Entropy: Check Cloud...");
    await code().page.getByPlaceholder("No clouds.yaml names a cloud in ~/.config/openstack").waitFor();
    await code().pick("From an openrc file...");
    await code().enterPath(OPENRC);
  };

  it("says where clouds.yaml was looked for, and takes an openrc file that lies anywhere", async () => {
    await checkOpenrc();
    await code().answer(PASSWORD, "secret");
    await code().notifications.filter({ hasText: "127.0.0.1:1" }).waitFor();
  });

  it("takes a closed question for the password as a cancel, which is no error", async () => {
    for (let times = 0; times < 2; times++) {
      await checkOpenrc();
      await code().quickInput.getByText(PASSWORD).waitFor();
      assert.equal(await code().notifications.filter({ hasText: "OS_PASSWORD" }).count(), 0);
      await code().quickInput.locator("input[type=password]").press("Escape");
    }
  });

  it("leads to the setting that names one", async () => {
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("Name a clouds.yaml in the settings...");
    await code().page.locator(".settings-editor").getByText("Clouds Files").first().waitFor();
  });
});
