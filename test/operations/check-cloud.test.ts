import assert from "node:assert/strict";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import type { CloudConfig } from "../../src/formats/cloud-config";
import type { CloudReport, Finding } from "../../src/model";
import { checkCloud } from "../../src/operations/check-cloud";
import { all, cloudAt, credentialOf, never, ORIGINS, PASSWORD, userError } from "../openstack/support";

let demo: DemoOpenStack | undefined;

function closeAfterEach(): void {
  afterEach(async () => {
    await demo?.close();
    demo = undefined;
  });
}

async function start(options: DemoOpenStackOptions = {}): Promise<DemoOpenStack> {
  demo = await startDemoOpenStack({ password: PASSWORD, ...options });
  return demo;
}

async function reportOf(cloud: CloudConfig): Promise<CloudReport> {
  const last = (await all(checkCloud(cloud, never))).at(-1);
  assert.ok(last?.type === "report");
  return last.report;
}

/** What the report of a simulated cloud says. */
async function report(options: DemoOpenStackOptions = {}, change: Partial<CloudConfig> = {}): Promise<CloudReport> {
  return reportOf(cloudAt((await start(options)).url, change));
}

const of = (report: CloudReport, rule: Finding["rule"]): readonly Finding[] =>
  report.findings.filter((finding) => finding.rule === rule);

const verdicts = (findings: readonly Finding[]): string => findings.map((finding) => finding.verdict[0]).join("");

describe("Check Cloud", () => {
  closeAfterEach();

  it("judges every flavor and every image", async () => {
    const { findings, verdict, source, observations } = await report();
    assert.equal(verdicts(findings), "ppppppffffff" + "pppppfff");
    assert.ok(findings.every((finding) => finding.severity === "warning"));
    // warnings alone do not fail a report
    assert.equal(verdict, "pass");
    assert.equal(source.region, "RegionOne");
    assert.ok(observations.flavors.status === "measured" && observations.images.status === "measured");
    assert.match(observations.flavors.raw, /^\{"flavors":\[/);
    assert.equal(observations.images.provenance.asked, "GET /v2/images");
  });

  it("works with an application credential", async () => {
    const cloud = await start();
    const { findings } = await reportOf(cloudAt(cloud.url, { auth: credentialOf(cloud) }));
    assert.equal(findings.length, 20);
  });

  it("tells what it is doing, and then reports exactly once", async () => {
    const { url } = await start({ pageSize: 5 });
    const events = await all(checkCloud(cloudAt(url), never));
    assert.deepEqual(
      events.map((event) => (event.type === "progress" ? event.message : event.type)),
      [
        "Logging in to north",
        ...["Listing flavors", "Listing flavors: 5", "Listing flavors: 10", "Listing flavors: 12"],
        ...["Listing images", "Listing images: 5", "Listing images: 8"],
        "report",
      ],
    );
  });

  it("warns that a certificate is not verified, while it is asked and in the report, for as long as that stands", async () => {
    const { url } = await start();
    const tls = { verify: false, cacert: null, cert: null, key: null };
    for (const [kind, ...words] of [
      ["clouds.yaml", "verify: false", "/etc/openstack/clouds.yaml"],
      ["environment", "Unset OS_INSECURE"],
      ["openrc", "OS_INSECURE", "/home/me/north-openrc.sh"],
    ] as const) {
      const events = await all(checkCloud(cloudAt(url, { tls, origin: ORIGINS[kind] }), never));
      const [first, last] = [events[0], events.at(-1)];
      assert.match(first.type === "progress" ? first.message : "", /without verifying its certificate/);
      assert.ok(last?.type === "report");
      const [warning, ...others] = of(last.report, "cloud-certificate");
      assert.deepEqual([warning.verdict, warning.severity, others], ["fail", "warning", []]);
      assert.match(warning.message, /"north" is not verified: anybody on the way/);
      for (const word of words) assert.ok(warning.remedy?.includes(word), warning.remedy ?? "");
    }
  });

  it("is inconclusive about flavors, once, when the role may not read extra specs; images are judged all the same", async () => {
    const judged = await report({ extraSpecsReadable: false });
    const [flavors, ...others] = of(judged, "scs-0101-flavor-property");
    assert.equal(others.length, 0);
    assert.equal(flavors.verdict, "inconclusive");
    assert.match(flavors.message, /^0 of 12 flavors .* no permission to read extra specs/);
    assert.equal(verdicts(of(judged, "scs-0101-image-property")), "pppppfff");
    assert.equal(judged.verdict, "inconclusive");
  });

  for (const [service, failed, other, count] of [
    ["image", "scs-0101-image-property", "scs-0101-flavor-property", 12],
    ["compute", "scs-0101-flavor-property", "scs-0101-image-property", 8],
  ] as const) {
    it(`judges the rest, and is inconclusive with the reason, when ${service} is not available`, async () => {
      const judged = await report({ unavailable: { [service]: Infinity } }, { timeout: 20 });
      const [finding, ...more] = of(judged, failed);
      assert.equal(more.length, 0);
      assert.equal(finding.verdict, "inconclusive");
      assert.match(finding.message, /not available at the moment \(503\)/);
      assert.match(finding.remedy ?? "", /later/);
      assert.equal(of(judged, other).length, count);
      assert.equal(judged.verdict, "inconclusive");
    }).timeout(0);
  }

  it("does not notice a service that is busy for a moment", async () => {
    const { findings } = await report({ unavailable: { compute: 1 } });
    assert.equal(findings.length, 20);
  });

  it("is inconclusive about a service that does not answer in time", async () => {
    const judged = await report({ silent: ["image"] }, { timeout: 2 });
    assert.match(of(judged, "scs-0101-image-property")[0].message, /did not answer within 2 s/);
    assert.equal(of(judged, "scs-0101-flavor-property").length, 12);
  });

  it("is inconclusive about a cloud that has nothing", async () => {
    const { findings, verdict } = await report({ flavors: [], images: [] });
    assert.equal(verdicts(findings), "ii");
    assert.equal(verdict, "inconclusive");
  });

  it("never has a secret in its report", async () => {
    const judged = await report();
    assert.ok(!JSON.stringify(judged).includes(PASSWORD));
  });

  it("stops in mid-flight when it is cancelled", async () => {
    const { url } = await start({ silent: ["compute"] });
    const stop = new AbortController();
    const run = async (): Promise<void> => {
      for await (const event of checkCloud(cloudAt(url), stop.signal)) {
        assert.ok(event.type === "progress");
        if (event.message === "Listing flavors") setImmediate(() => stop.abort());
      }
    };
    await assert.rejects(run(), { name: "AbortError" });
  });
});

describe("Check Cloud cannot run", () => {
  closeAfterEach();

  it("with a wrong password", async () => {
    const attempt = report({ password: "another" });
    await assert.rejects(attempt, userError("openstack-unauthorized", '"north"', "password"));
  });

  it("with a wrong or an expired application credential", async () => {
    const cloud = await start({ credentialExpiresAt: new Date(0) });
    for (const secret of ["wrong", undefined]) {
      const attempt = reportOf(cloudAt(cloud.url, { auth: credentialOf(cloud, secret) }));
      await assert.rejects(attempt, userError("openstack-unauthorized", "expired"));
    }
  });

  it("when the cloud cannot be reached", async () => {
    const gone = await startDemoOpenStack();
    await gone.close();
    await assert.rejects(reportOf(cloudAt(gone.url)), userError("openstack-unreachable", "auth_url"));
  });

  it("when Keystone is not available", async () => {
    const attempt = report({ unavailable: { identity: Infinity } }, {});
    await assert.rejects(attempt, userError("openstack-unavailable", "later"));
  });

  it("in a region that the catalog does not have", async () => {
    const attempt = report({}, { region: "Atlantis" });
    await assert.rejects(attempt, userError("openstack-no-endpoint", "Atlantis", "compute public RegionOne"));
  });
});
