import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudEntry } from "../../src/cli/cloud-entry";
import type { Terminal } from "../../src/cli/command";
import { userError } from "../formats/clouds-folder";

const CLOUDS = JSON.stringify({
  clouds: {
    a: { regions: ["north", "south"], auth: { auth_url: "https://a.example/v3", username: "u", password: "p" } },
    b: { auth: { auth_url: "https://b.example/v3", username: "u" } },
  },
});
const OPENRC = "export OS_AUTH_URL=https://rc.example/v3 OS_USERNAME=u OS_PASSWORD=p OS_REGION_NAME=west\n";
const VARIABLES = { OS_AUTH_URL: "https://env.example/v3", OS_USERNAME: "u", OS_PASSWORD: "p" };

describe("The cloud that a command names", () => {
  let folder: string;
  const asked: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "entropy-check-entry-"));
    writeFileSync(join(folder, "clouds.yaml"), CLOUDS);
    writeFileSync(join(folder, "p-openrc.sh"), OPENRC);
    asked.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function terminal(env: Record<string, string> = {}): Terminal {
    const nothing = () => undefined;
    const ask: Terminal["ask"] = ({ prompt, hidden }) => {
      assert.ok(hidden);
      asked.push(prompt);
      return Promise.resolve("typed");
    };
    return {
      ...{ env: { XDG_CONFIG_DIRS: folder, ...env }, home: folder, cwd: folder, ask },
      ...{ print: nothing, warn: nothing, progress: nothing, write: () => Promise.resolve() },
      signal: new AbortController().signal,
      input: () => assert.fail("standard input was read"),
    };
  }
  const urlOf = async (name: string | null, env = {}) => (await cloudEntry(name, terminal(env))).authUrl;

  it("is an entry of clouds.yaml, whose secret is asked for if no file has it", async () => {
    assert.equal(await urlOf("a"), "https://a.example/v3");
    assert.equal(await urlOf("b"), "https://b.example/v3");
    assert.deepEqual(asked, ["password for cloud b:"]);
  });

  it("is that of the environment, by its name or without one", async () => {
    for (const name of ["envvars", null]) assert.equal(await urlOf(name, VARIABLES), "https://env.example/v3");
    assert.equal(await urlOf(null, { ...VARIABLES, OS_CLOUD: "a" }), "https://a.example/v3");
    await assert.rejects(urlOf("envvars"), userError("formats-cloud-unknown", "a, b"));
    await assert.rejects(urlOf(null), userError("formats-cloud-not-chosen", "a, b"));
  });

  it("is an openrc file, by its name or its path", async () => {
    for (const name of ["p-openrc.sh", "./p-openrc.sh", join(folder, "p-openrc.sh")]) {
      assert.equal(await urlOf(name), "https://rc.example/v3");
    }
    await assert.rejects(urlOf("./none.sh"), userError("formats-clouds-yaml-unreadable", "none.sh"));
    await assert.rejects(urlOf("none.sh"), userError("formats-cloud-unknown", "none.sh"));
  });

  it("stands in the region that is asked for, else that of OS_REGION_NAME, else its own", async () => {
    const regionOf = async (name: string, env = {}, region: string | null = null) =>
      (await cloudEntry(name, terminal(env), region)).region;
    assert.equal(await regionOf("a"), "north");
    assert.equal(await regionOf("a", { OS_REGION_NAME: "south" }), "south");
    assert.equal(await regionOf("a", { OS_REGION_NAME: "north" }, "south"), "south");
    assert.equal(await regionOf("p-openrc.sh", { OS_REGION_NAME: "south" }), "west");
    await assert.rejects(regionOf("a", {}, "west"), userError("formats-region-unknown", "Choose one of: north, south"));
    await assert.rejects(
      regionOf("a", { OS_REGION_NAME: "west" }),
      userError("formats-region-unknown", "OS_REGION_NAME"),
    );
  });
});
