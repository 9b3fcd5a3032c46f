import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import schema from "../../src/report/report.schema.json";
import { runCli, type Outcome } from "./bundle";

const PASSWORD = "correct horse battery staple";
/** The way to a server that takes the fewest waits. */
const QUICK = ["--network", "shared", "--flavor", "SCS-1V-4-10"];

describe("entropy-check instance and clean-up", () => {
  let folder: string;
  let cloud: DemoOpenStack;

  async function start(options: DemoOpenStackOptions = {}): Promise<void> {
    folder = mkdtempSync(join(tmpdir(), "entropy-check-instance-"));
    cloud = await startDemoOpenStack({ password: PASSWORD, ...options });
    const auth = { auth_url: cloud.url, username: "demo", user_domain_id: "default", password: PASSWORD };
    const entry = { auth: { ...auth, project_name: "demo", project_domain_id: "default" } };
    writeFileSync(join(folder, "clouds.yaml"), JSON.stringify({ clouds: { north: entry } }));
  }

  afterEach(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], interruption?: AbortSignal, interruptBy?: NodeJS.Signals): Promise<Outcome> =>
    runCli(args, {
      cwd: folder,
      ...(interruption === undefined ? {} : { interruption }),
      ...(interruptBy === undefined ? {} : { interruptBy }),
    });

  const journals = (): string[] => readdirSync(join(folder, ".local/state/entropy-check/runs"));

  it("checks a sample instance, writes its report, and leaves nothing", async () => {
    await start();
    const { code, stdout, stderr } = await run([
      "instance",
      "north",
      ...QUICK,
      "--json",
      "-",
      "--profile",
      "v1.1-2026",
    ]);
    assert.equal(code, 0, stderr);
    const report: unknown = JSON.parse(stdout);
    const validate = new Ajv().compile<{ kind: string; findings: { basis?: { profile: string } }[] }>(schema);
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.equal(report.kind, "instance");
    assert.equal(report.findings[0].basis?.profile, "v1.1-2026");
    assert.deepEqual([cloud.inventory(), journals()], [[], []]);
  }).timeout(120_000);

  it("cleans up, and exits 130, when it is interrupted", async () => {
    const stop = new AbortController();
    await start({
      fault: ({ path }) => {
        if (path.endsWith("/action")) stop.abort();
        return null;
      },
    });
    const { code, stderr } = await run(["instance", "north", ...QUICK], stop.signal);
    assert.equal(code, 130, stderr);
    assert.deepEqual([cloud.inventory(), journals()], [[], []]);
  }).timeout(120_000);

  it("finishes what a run has left that was killed when the server had just been made", async () => {
    const kill = new AbortController();
    await start({
      fault: ({ method, path }) => {
        if (method !== "POST" || path !== "/v2.1/servers") return null;
        kill.abort();
        return "cut-after";
      },
    });
    assert.equal((await run(["instance", "north", ...QUICK], kill.signal, "SIGKILL")).code, null);
    assert.equal(cloud.inventory().filter((thing) => thing.startsWith("server ")).length, 1);
    assert.equal(journals().length, 1);
    const { code, stdout } = await run(["clean-up"]);
    assert.match(stdout, /^Run [0-9a-f]{12} in cloud north, begun .*: 1 of 1 deleted\.\n$/);
    assert.equal(code, 0);
    assert.deepEqual([cloud.inventory(), journals()], [[], []]);
    assert.equal((await run(["clean-up"])).stdout, "No run has left anything to clean up.\n");
  }).timeout(120_000);

  it("does not touch the things of a run that is still at work", async () => {
    await start();
    const state = join(folder, ".local/state/entropy-check/runs");
    mkdirSync(state, { recursive: true });
    const header = { event: "run", run: "0123456789ab", cloud: "north", authUrl: cloud.url, host: hostname() };
    const event = { ...header, pid: process.pid, startedAt: new Date().toISOString(), region: null, project: null };
    writeFileSync(join(state, "0123456789ab.jsonl"), `${JSON.stringify(event)}\n`);
    const { code, stdout } = await run(["clean-up", "north"]);
    assert.equal(code, 0);
    assert.match(stdout, /Run 0123456789ab in cloud north is still at work .* --run 0123456789ab/);
    assert.equal(journals().length, 1);
  });

  for (const [what, args] of [
    ["an unknown profile", ["instance", "north", "--profile", "v9"]],
    ["an unknown way to ask", ["instance", "north", "--by", "telepathy"]],
    ["an image and all of them", ["instance", "north", "--image", "x", "--all-public"]],
    ["a timeout that is none", ["instance", "north", "--timeout", "0"]],
    ["two clouds to clean up", ["clean-up", "north", "south"]],
  ] as const) {
    it(`cannot run with ${what}`, async () => {
      await start();
      const { code, stderr } = await run(args);
      assert.equal(code, 2);
      assert.match(stderr, /See: entropy-check (instance|clean-up) --help/);
    });
  }
});
