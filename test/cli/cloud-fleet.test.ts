import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoOpenStack, type DemoOpenStack } from "../../src/demo/openstack";
import type { FleetReport } from "../../src/model/fleet";
import { startProxy } from "../openstack/proxy-server";
import { runCli, type Outcome, type RunOptions } from "./bundle";

const PASSWORD = "correct horse battery staple";

describe("entropy-check cloud, of several clouds", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-fleet-"));
  const clouds: DemoOpenStack[] = [];
  const servers: { readonly close: () => Promise<void> }[] = [];

  const entry = (url: string, password = PASSWORD, more = ""): string =>
    `    auth: { auth_url: "${url}", username: demo, password: "${password}", user_domain_id: default,\n` +
    `            project_name: demo, project_domain_id: default }\n${more}`;

  before(async () => {
    const north = await startDemoOpenStack({ password: PASSWORD });
    const south = await startDemoOpenStack({ password: PASSWORD, extraSpecsReadable: false });
    clouds.push(north, south);
    writeFileSync(
      join(folder, "clouds.yaml"),
      `clouds:\n  north:\n${entry(north.url)}` +
        `  south:\n${entry(south.url, PASSWORD, "    regions: [RegionOne, Atlantis]\n")}` +
        `  refusing:\n${entry(north.url, "wrong")}  broken:\n    auth: {}\n`,
    );
  });
  after(async () => {
    for (const server of [...clouds, ...servers]) await server.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], more: Partial<RunOptions> = {}): Promise<Outcome> =>
    runCli(["cloud", ...args], { cwd: folder, ...more });

  const reportOf = ({ stdout, stderr }: Outcome): FleetReport => {
    assert.equal(stderr, "");
    return JSON.parse(stdout) as FleetReport;
  };
  const told = (report: FleetReport): readonly (readonly (string | null)[])[] =>
    report.clouds.map((c) => [c.report.source.name, c.report.verdict, c.failure?.code ?? null]);

  it("checks those that are named, shows a table and then each, and exits with 0 when all passed", async () => {
    const { code, stdout, stderr } = await run(["north", "north", "--all-regions", "--at-once", "1"]);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^Cloud +Region .*\nnorth +RegionOne +12 +8 +0 +9 +0 +passed\n\nCloud north, region RegionOne/,
    );
  });

  it("checks all, tells each that cannot be checked as that, and exits with 2 when nothing worse was found", async () => {
    const outcome = await run(["--all", "--json", "-"]);
    assert.equal(outcome.code, 2);
    assert.deepEqual(told(reportOf(outcome)), [
      ["north", "pass", null],
      ["south", "inconclusive", null],
      ["refusing", "inconclusive", "openstack-unauthorized"],
      ["broken", "inconclusive", "formats-cloud-setting-missing"],
    ]);
  });

  it("exits with 3 when one is inconclusive", async () => {
    const { code, stdout } = await run(["north", "south"]);
    assert.equal(code, 3);
    assert.match(stdout, /^south +RegionOne +12 +8 +0 +\d+ +1 +inconclusive$/m);
  });

  it("checks every region that the entry lists", async () => {
    const { clouds: all } = reportOf(await run(["south", "--all-regions", "--json", "-"]));
    assert.deepEqual(
      all.map(({ report, failure }) => [report.source.region, failure?.code ?? null]),
      [
        ["RegionOne", null],
        ["Atlantis", "openstack-no-endpoint"],
      ],
    );
  });

  it("writes every format, and takes what it wrote as a baseline", async () => {
    const formats = ["json", "sarif", "junit", "csv", "markdown", "html", "scs-yaml", "scs-lines"];
    const args = formats.flatMap((format) => [`--${format}`, `out.${format}`]);
    assert.equal((await run(["north", "south", ...args])).code, 3);
    for (const format of formats) assert.match(readFileSync(join(folder, `out.${format}`), "utf8"), /north[^]*south/);
    const { code, stdout } = await run(["north", "south", "--baseline", "out.json"]);
    assert.equal(code, 0);
    assert.match(stdout, /^Passed: 0 errors, 0 warnings, 0 inconclusive, \d+ known or suppressed\.$/m);
  });

  it("leaves the report of a single cloud as it is", async () => {
    assert.equal((JSON.parse((await run(["north", "--json", "-"])).stdout) as { kind: string }).kind, "cloud");
  });

  for (const args of [
    ["--all", "north"],
    ["north", "south", "--at-once", "0"],
    ["--all", "--at-once", "many"],
  ])
    it(`refuses ${args.join(" ")}`, async () => {
      const { code, stderr, stdout } = await run(args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^entropy-check: .+\n.+/);
    });

  it("says what was done when it is interrupted, and writes nothing", async () => {
    const stop = new AbortController();
    // it is interrupted while it waits for a service that never answers
    const slow = await startProxy({ silent: true });
    servers.push(slow);
    void slow.firstAsked.then(() => stop.abort());
    const cwd = join(folder, "slow");
    mkdirSync(cwd);
    writeFileSync(
      join(cwd, "clouds.yaml"),
      `clouds:\n  quick:\n${entry(clouds[0].url)}  slow:\n${entry(slow.url)}  later:\n${entry(clouds[0].url)}`,
    );
    const running = run(["--all", "--at-once", "1", "--json", "out.json"], { cwd, interruption: stop.signal });
    const { code, stderr } = await running;
    assert.equal(code, 130);
    assert.match(
      stderr,
      /^Done before the interruption: quick in RegionOne \(pass\)\. Not begun, or not finished: slow, later\./m,
    );
    assert.ok(!existsSync(join(cwd, "out.json")));
  });

  it("goes through the proxy that the environment names, and tells its refusal as that", async () => {
    const proxy = await startProxy({ authorization: `Basic ${Buffer.from("alice:x").toString("base64")}` });
    servers.push(proxy);
    const env = { NO_PROXY: "<-loopback>", HTTP_PROXY: proxy.url.replace("//", "//alice:x@") };
    assert.equal((await run(["north"], { env })).code, 0);
    assert.ok(proxy.asked.length > 3);
    const { code, stderr } = await run(["north"], { env: { ...env, HTTP_PROXY: proxy.url } });
    assert.equal(code, 2);
    assert.match(stderr, /\(HTTP_PROXY\) wants a login, or refuses the one that it is given \(407\)/);
  });
});
