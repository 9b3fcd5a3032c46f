import assert from "node:assert/strict";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startDemoOpenStack, type DemoOpenStack } from "../../../src/demo/openstack";
import { out } from "../../../src/dev/paths";
import { vsixPath } from "../../../src/dev/vsix";
import { Workbench } from "../../../src/dev/workbench";
import { eventually, workbenchFor } from "./fixture";

/** Milliseconds: servers take their time, and what asks them waits in between. */
const PATIENCE = 300_000;

describe("Check Sample Instance in the workbench", () => {
  const folder = join(out, "workbench", "sample-instance");
  let cloud: DemoOpenStack;
  /** Whether what a server says on its console is held back. */
  let silent = false;

  before(async () => {
    // a cloud that outlives the editor
    cloud = await startDemoOpenStack({
      password: "correct horse battery staple",
      fault: ({ path }) =>
        silent && path.endsWith("/action") ? { status: 200, body: { output: "[    0.0] Linux version" } } : null,
    });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const auth = { auth_url: cloud.url, username: "demo", user_domain_id: "default", password: cloud.password };
    const entry = { auth: { ...auth, project_name: "demo", project_domain_id: "default" } };
    await writeFile(join(folder, "clouds.yaml"), JSON.stringify({ clouds: { north: entry } }));
  });

  after(() => cloud.close());

  // the way to a server that takes the fewest waits
  const settings = {
    "entropyCheck.sampleInstance.network": "shared",
    "entropyCheck.sampleInstance.flavor": "SCS-1V-4-10",
  };
  const code = workbenchFor(async () => Workbench.open({ vsix: await vsixPath(), folder, settings }));
  const journals = () => join(code().home, ".local/state/entropy-check/runs");

  async function begin(images: string | RegExp, names?: string): Promise<string> {
    await code().runCommand("Entropy: Check Sample Instance...");
    await code().pick("north");
    await code().pick(images);
    if (names !== undefined) await code().answer(/Names or ids of images/, names);
    await code().dialog.waitFor();
    const question = await code().dialog.innerText();
    await code()
      .dialog.getByRole("button", { name: /^Make a? ?Servers?/ })
      .click();
    return question;
  }

  it("asks of which images, names them and the cloud, and leaves nothing", async () => {
    const question = await begin("Images by name", "Debian 1?, Ubuntu*");
    assert.match(question, /Make a server each of Debian 1\?, Ubuntu\* in the cloud north\?/);
    assert.match(question, /It has the flavor SCS-1V-4-10 and the network shared/);
    const report = await code().frameWith("main.report h2.server", PATIENCE);
    assert.ok((await report.locator("h2.server").count()) > 1);
    assert.deepEqual(cloud.inventory(), []);
    assert.deepEqual(await readdir(journals()), []);
  }).timeout(PATIENCE);

  it("offers the clean-up as soon as it wakes in an editor that was killed while a server was asked", async () => {
    silent = true;
    await begin("One public image");
    await eventually(async () => {
      assert.ok(cloud.inventory().some((thing) => thing.startsWith("server ")));
      assert.equal((await readdir(journals())).length, 1);
    });
    const [journal] = await readdir(journals());
    const [header] = (await readFile(join(journals(), journal), "utf8")).split("\n");
    const { pid } = JSON.parse(header) as { readonly pid: number };
    process.kill(pid, "SIGKILL");
    silent = false;
    const left = cloud.inventory();
    assert.ok(left.length > 1, left.join(", "));

    await code().goTo(folder);
    await code().sidePanel();
    const told = code().notifications.filter({ hasText: "ended before it could clean up after itself in north" });
    await told.getByRole("button", { name: "Clean Up" }).click();
    await code()
      .notifications.filter({ hasText: /Nothing is left of run [0-9a-f]{12} in the cloud north/ })
      .waitFor();
    assert.deepEqual(cloud.inventory(), []);
    assert.deepEqual(await readdir(journals()), []);
  }).timeout(PATIENCE);

  it("has nothing more to offer then", async () => {
    await code().runCommand("Entropy: Clean Up After Sample Instances");
    await code().notifications.filter({ hasText: "No run has left anything to clean up." }).waitFor();
  });
});
