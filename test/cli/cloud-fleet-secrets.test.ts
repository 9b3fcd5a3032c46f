import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudCommand } from "../../src/cli/cloud";
import type { Terminal } from "../../src/cli/command";
import { passcodeAt } from "../../src/demo/cloud/totp";
import { startDemoOpenStack } from "../../src/demo/openstack";
import { PASSWORD } from "../openstack/support";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("entropy-check cloud, of several clouds with a second factor", () => {
  it("asks for a password once, for a passcode once a login, one question at a time, and says when it must be the next", async () => {
    const folder = mkdtempSync(join(tmpdir(), "entropy-check-fleet-"));
    let time = 0;
    const rules = [["password", "totp"]];
    const demo = await startDemoOpenStack({
      password: PASSWORD,
      secondFactor: { secret: SECRET, now: () => time, rules },
    });
    const login = { auth_url: demo.url, username: "demo", user_domain_id: "default" };
    const project = { ...login, project_name: "demo", project_domain_id: "default" };
    const clouds = {
      north: { regions: ["RegionOne", "Atlantis"], auth: project },
      system: { auth: { ...login, password: PASSWORD, system_scope: "all" } },
    };
    writeFileSync(join(folder, "clouds.yaml"), JSON.stringify({ clouds }));
    const asked: string[] = [];
    let asking = 0;
    const nothing = (): void => undefined;
    const terminal: Terminal = {
      ...{ env: { XDG_CONFIG_DIRS: folder }, home: folder, cwd: folder, signal: new AbortController().signal },
      ...{ print: nothing, warn: nothing, progress: nothing, write: () => Promise.resolve() },
      input: () => assert.fail("standard input was read"),
      ask: async ({ prompt }) => {
        assert.equal(asking++, 0);
        asked.push(prompt);
        await new Promise((resolve) => setImmediate(resolve));
        asking--;
        return prompt.startsWith("password") ? PASSWORD : passcodeAt(SECRET, (time += 30_000));
      },
    };
    try {
      // Atlantis is not in the catalog
      assert.equal(await cloudCommand.run(["--all", "--all-regions"], terminal), 2);
      assert.equal(asked.length, 3, asked.join("\n"));
      assert.equal(asked[0], "password for cloud north:");
      assert.match(asked[1], /^passcode for cloud (north|system):$/);
      assert.match(asked[2], /^next passcode for cloud (north|system) \(.*one before is used up\):$/);
    } finally {
      await demo.close();
      rmSync(folder, { recursive: true });
    }
  });
});
