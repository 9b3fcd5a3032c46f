import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_CLOUD, DEMO_MARKER } from "../../src/demo/files";
import { DEMO_SAMPLES } from "../../src/demo/samples";
import { prepareDemo, startDemoServers } from "../../src/demo/workspace";
import { findCloudsYaml, readCloudsYaml, resolveCloud } from "../../src/formats/clouds-yaml";
import { defaultMachineServices } from "../../src/machine/services";
import { parseMachineAddress } from "../../src/machine/target";
import type { OperationEvent, Report } from "../../src/model";
import { checkCloud } from "../../src/operations/check-cloud";
import { checkMachine } from "../../src/operations/check-machine";
import { parseMachines } from "../../src/vscode/settings-model";

const signal = new AbortController().signal;
let folder: string;

/** Gives each test of a suite a folder to make. */
function useFolder(): void {
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "entropy-check-demo-")), "demo");
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true }));
}

async function reportOf<R extends Report>(events: AsyncIterable<OperationEvent<R>>): Promise<R> {
  for await (const event of events) if (event.type === "report") return event.report;
  throw new Error("no report");
}

/** The demo's cloud, as its files describe it. */
async function cloud() {
  const files = findCloudsYaml({ folders: [folder], env: {}, home: folder });
  return resolveCloud(await readCloudsYaml(files), DEMO_CLOUD);
}

/** The demo's machines, as its settings describe them. */
async function machines() {
  const settings = JSON.parse(await readFile(join(folder, ".vscode/settings.json"), "utf8")) as Record<string, unknown>;
  return parseMachines(settings["entropyCheck.machines"], { folder, home: folder });
}

describe("the demo folder", () => {
  useFolder();

  it("holds samples that are the same everywhere, a million each", async () => {
    await prepareDemo(folder);
    for (const { name, make } of DEMO_SAMPLES) {
      const samples = await readFile(join(folder, "samples", name));
      assert.equal(samples.length, 1_000_000);
      assert.ok(samples.equals(make()), name);
    }
  });

  it("says first of all that everything is simulated", async () => {
    await prepareDemo(folder);
    assert.match(await readFile(join(folder, "README.md"), "utf8"), /^#.*\n\n\*\*Everything here is simulated\.\*\*/);
  });

  it("keeps keys and passwords from other users", async () => {
    await prepareDemo(folder);
    for (const path of ["secure.yaml", "keys/id_ecdsa", DEMO_MARKER])
      assert.equal((await stat(join(folder, path))).mode & 0o777, 0o600, path);
  });

  it("is completed, not made anew, when it is prepared again", async () => {
    await prepareDemo(folder);
    const before = await readFile(join(folder, "secure.yaml"), "utf8");
    await rm(join(folder, "clouds.yaml"));
    await prepareDemo(folder);
    assert.equal(await readFile(join(folder, "secure.yaml"), "utf8"), before);
    assert.ok((await readFile(join(folder, "clouds.yaml"))).length > 0);
  });

  it("is made anew when what it remembers cannot be read", async () => {
    await prepareDemo(folder);
    await writeFile(join(folder, DEMO_MARKER), "{");
    await prepareDemo(folder);
    const servers = await startDemoServers(folder);
    await servers.close();
  });
});

describe("the demo's servers", () => {
  useFolder();

  it("let the cloud of clouds.yaml be checked, which has something to find", async () => {
    await prepareDemo(folder);
    const servers = await startDemoServers(folder);
    try {
      const { findings, source } = await reportOf(checkCloud(await cloud(), signal));
      assert.equal(source.definedAt?.file, join(folder, "clouds.yaml"));
      for (const kind of ["flavor", "image"])
        for (const verdict of ["pass", "fail"])
          assert.ok(
            findings.some((f) => f.subject.kind === kind && f.verdict === verdict),
            `${kind} ${verdict}`,
          );
    } finally {
      await servers.close();
    }
  });

  it("let both machines of the settings be checked: one passes, one fails", async () => {
    await prepareDemo(folder);
    const servers = await startDemoServers(folder);
    try {
      const verdicts: Record<string, string[]> = {};
      for (const { name, address, identityFile, knownHostsFile } of await machines()) {
        const services = {
          ...defaultMachineServices({}, folder),
          identityFiles: [identityFile ?? ""],
          knownHostsFiles: [knownHostsFile ?? ""],
        };
        const report = await reportOf(checkMachine(parseMachineAddress(address), services, signal));
        verdicts[name] = report.findings.filter((f) => f.rule !== "scs-0101-fips-test").map((f) => f.verdict);
      }
      assert.deepEqual(verdicts, { "demo-healthy": ["pass", "pass"], "demo-weak": ["fail", "fail"] });
    } finally {
      await servers.close();
    }
  });

  it("move to another port when theirs is taken, and the files follow", async () => {
    await prepareDemo(folder);
    const before = new URL((await cloud()).authUrl).port;
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(Number(before), "127.0.0.1", resolve));
    const servers = await startDemoServers(folder);
    try {
      const config = await cloud();
      assert.notEqual(new URL(config.authUrl).port, before);
      await reportOf(checkCloud(config, signal));
    } finally {
      await servers.close();
      squatter.close();
    }
  });

  it("take the files back from another window's servers", async () => {
    await prepareDemo(folder);
    const ours = await startDemoServers(folder);
    const before = (await cloud()).authUrl;
    const theirs = await startDemoServers(folder);
    assert.notEqual((await cloud()).authUrl, before);
    await theirs.close();
    await ours.publish();
    assert.equal((await cloud()).authUrl, before);
    await ours.close();
  });

  it("do not start in a folder that holds no demo", async () => {
    await assert.rejects(startDemoServers(folder), /holds no demo/);
  });
});
