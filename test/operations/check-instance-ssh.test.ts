import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { utils } from "ssh2";
import { startDemoMachine, type DemoMachine } from "../../src/demo/machine";
import type { DemoOpenStackOptions } from "../../src/demo/openstack";
import { isObject, objectIn, textIn } from "../../src/formats/json";
import type { InstanceReport } from "../../src/model";
import type { InstanceChoices } from "../../src/operations/instance-choices";
import { freePort, temporaryFolder } from "../ssh/sshd";
import { onStage, type Stage } from "./instance-support";

const HOST_KEY = utils.generateKeyPairSync("ecdsa", { bits: 256 });
const OTHER_KEY = utils.generateKeyPairSync("ecdsa", { bits: 256 });

const consoleWith = (...keys: readonly string[]): string =>
  [
    "[   10.2] cloud-init[412]: -----BEGIN SSH HOST KEY KEYS-----",
    ...keys.map((key) => `[   10.3] cloud-init[412]: ${key} root@probe`),
    "[   10.4] cloud-init[412]: -----END SSH HOST KEY KEYS-----",
    "probe login: ",
  ].join("\n");

/** A cloud whose servers are a machine on loopback, which lets in whoever has the key that the run has made. */
async function overSsh(
  options: DemoOpenStackOptions & { readonly shown: string },
  choices: Partial<InstanceChoices>,
  test: (report: InstanceReport, stage: Stage) => void,
): Promise<void> {
  const port = await freePort();
  const machines: Promise<DemoMachine>[] = [];
  const cloud: DemoOpenStackOptions = {
    floatingAddress: "127.0.0.1",
    servers: { address: () => "127.0.0.1", console: () => Promise.resolve(options.shown) },
    fault: ({ method, path, body }) => {
      if (method !== "POST" || path !== "/v2.1/os-keypairs") return null;
      const authorizedKey = textIn(objectIn(isObject(body) ? body : {}, "keypair"), "public_key") ?? "";
      const machine = { port, healthy: true, hostKey: HOST_KEY.private, user: "debian", authorizedKey };
      machines.push(startDemoMachine(machine));
      return null;
    },
    ...options,
  };
  await onStage(cloud, async (stage) => {
    try {
      test(await stage.report({ askedBy: "ssh", ...choices }, { sshPort: port }), stage);
      stage.nothingIsLeft();
    } finally {
      for (const machine of machines) await (await machine).close();
    }
  });
  const keys = readdirSync(tmpdir(), { recursive: true }).filter((path) => basename(String(path)) === "key");
  assert.deepEqual(keys, [], "the key of the run is gone");
}

describe("A sample instance over SSH", () => {
  const { TMPDIR } = process.env;
  const folder = temporaryFolder();
  before(() => {
    // what other programs leave there is no concern of this run
    process.env["TMPDIR"] = folder.path;
  });
  after(() => {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
    folder.remove();
  });

  it("is reached by a floating address, with a key of the run and the host key of its console", () =>
    overSsh({ shown: consoleWith(HOST_KEY.public) }, {}, (report, stage) => {
      assert.equal(report.verdict, "pass", JSON.stringify(report.findings, null, 1));
      assert.match(report.instances[0].notes.join(), /host key is that which its console shows/);
      const { fips140 } = report.instances[0].observations;
      assert.equal(fips140.status === "measured" && fips140.value.judgedBy, "entropy-check");
      const made = stage.requests.filter((request) => request.startsWith("POST network"));
      assert.deepEqual(
        made.map((request) => request.replace("POST network /v2.0/", "")),
        [
          "security-groups",
          "security-group-rules",
          "security-group-rules",
          "networks",
          "subnets",
          "routers",
          "floatingips",
        ],
      );
    }));

  it("is reached by its own address in a network that was named", () =>
    overSsh({ shown: consoleWith(HOST_KEY.public) }, { network: "shared" }, (report, stage) => {
      assert.equal(report.verdict, "pass");
      assert.ok(!stage.requests.includes("POST network /v2.0/floatingips"));
    }));

  it("is trusted at first contact, for this server alone, when its console shows no host key", () =>
    overSsh({ shown: "probe login: " }, { network: "shared" }, (report, stage) => {
      assert.equal(report.verdict, "pass");
      assert.match(report.instances[0].notes.join(), /the first that answered was trusted, for this server alone/);
      assert.ok(stage.clock.now() >= 60_000, "the console had a minute to show one");
    }));

  it("is not asked when somebody answers with another host key than its console shows", () =>
    overSsh({ shown: consoleWith(OTHER_KEY.public) }, { network: "shared" }, (report) => {
      assert.equal(report.verdict, "inconclusive");
      assert.match(report.findings[0].message, /host key .* has changed/);
    }));

  it("is inconclusive when nobody lets us in in time", () =>
    overSsh({ shown: consoleWith(HOST_KEY.public) }, { network: "shared", user: "nobody", timeout: 30 }, (report) => {
      assert.equal(report.verdict, "inconclusive");
      assert.match(report.findings[0].message, /does not let nobody in/);
    }));

  it("needs an external network, unless one was named", () =>
    overSsh(
      {
        shown: "",
        fault: ({ method, path }) =>
          method === "GET" && path === "/v2.0/networks" ? { status: 200, body: { networks: [] } } : null,
      },
      {},
      (report) => assert.match(report.findings[0].message, /no external network/),
    ));
});
