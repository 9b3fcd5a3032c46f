import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { passcodeAt } from "../../../src/demo/cloud/totp";
import { startDemoOpenStack } from "../../../src/demo/openstack";
import { out } from "../../../src/dev/paths";
import { vsixPath } from "../../../src/dev/vsix";
import { Workbench } from "../../../src/dev/workbench";
import { workbenchFor } from "./fixture";

const FOLDER = join(out, "workbench", "check-clouds");
const PASSWORD = "of the clouds that are checked together";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NOW = Date.UTC(2026, 0, 1);

describe("Check Cloud for several clouds in the workbench", () => {
  let cloud: Awaited<ReturnType<typeof startDemoOpenStack>>;
  before(async () => {
    // its clock stands, so that no passcode is late
    const secondFactor = { secret: SECRET, now: () => NOW, rules: [["password", "totp"]] };
    cloud = await startDemoOpenStack({ password: PASSWORD, secondFactor });
    const auth = { auth_url: cloud.url, username: "demo", password: PASSWORD, user_domain_id: "default" };
    const entry = { auth: { ...auth, project_name: "demo", project_domain_id: "default" } };
    await mkdir(FOLDER, { recursive: true });
    await writeFile(join(FOLDER, "clouds.yaml"), JSON.stringify({ clouds: { north: entry, south: entry } }));
  });
  after(() => cloud.close());
  const code = workbenchFor(async () => Workbench.open({ vsix: await vsixPath(), folder: FOLDER }));

  it("asks for one passcode for entries of one user and project, and shows what each cloud lacks", async () => {
    await code().runCommand("Entropy: Check Cloud...");
    await code().pick("All 2 clouds");
    // another question would hide the results of the cloud that it is for
    await code().answer(/The passcode.* on the cloud (north|south)/, passcodeAt(SECRET, NOW));
    const rows = await code().sidePanel();
    for (const name of ["north", "south"]) await rows.filter({ hasText: new RegExp(`${name}.*warnings`) }).waitFor();
  });
});
