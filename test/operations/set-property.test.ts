import assert from "node:assert/strict";
import { startDemoOpenStack, type DemoOpenStack, type DemoOpenStackOptions } from "../../src/demo/openstack";
import { DEFAULT_PROFILE, PROFILES } from "../../src/compliance/profiles";
import type { CloudReport, Finding } from "../../src/model";
import { checkCloud } from "../../src/operations/check-cloud";
import { setProperty, type PropertyTarget } from "../../src/operations/set-property";
import { all, cloudAt, never, PASSWORD, userError } from "../openstack/support";

/** Runs against a cloud of its own. */
async function withCloud(
  options: DemoOpenStackOptions,
  act: (report: CloudReport, set: (target: PropertyTarget) => Promise<CloudReport>) => Promise<void>,
  profile = DEFAULT_PROFILE,
): Promise<void> {
  const demo: DemoOpenStack = await startDemoOpenStack({ password: PASSWORD, ...options });
  const cloud = cloudAt(demo.url);
  try {
    const last = (await all(checkCloud(cloud, never, profile))).at(-1);
    assert.ok(last?.type === "report");
    const { report } = last;
    await act(report, (target) => setProperty(cloud, report, target, never));
    const after = (await all(checkCloud(cloud, never))).at(-1);
    assert.ok(after?.type === "report");
  } finally {
    await demo.close();
  }
}

function failing({ findings }: CloudReport, kind: Finding["subject"]["kind"]): Finding {
  const finding = findings.find(({ verdict, subject }) => verdict === "fail" && subject.kind === kind);
  assert.ok(finding);
  return finding;
}

describe("Setting a property", () => {
  for (const resource of ["flavor", "image"] as const) {
    it(`gives the ${resource} what it lacks, reads it back, and judges it anew, and nothing else`, async () => {
      await withCloud({}, async (report, set) => {
        const { id } = failing(report, resource).subject;
        const after = await set({ resource, id });
        const changed = after.findings.filter((finding, index) => finding !== report.findings[index]);
        assert.deepEqual(
          changed.map(({ verdict, subject }) => [verdict, subject.id]),
          [["pass", id]],
        );
        const other = resource === "flavor" ? "images" : "flavors";
        assert.equal(after.observations[other], report.observations[other]);
      });
    });
  }

  it("judges by the version of the standard that judged before", async () => {
    await withCloud(
      {},
      async (report, set) => {
        const { id } = failing(report, "flavor").subject;
        const { findings } = await set({ resource: "flavor", id });
        const now = findings.find(({ subject }) => subject.id === id);
        assert.deepEqual([now?.verdict, now?.basis?.profile], ["pass", "lenient-2025"]);
      },
      PROFILES["lenient-2025"],
    );
  });

  it("keeps what the flavor had", async () => {
    await withCloud({}, async (report, set) => {
      const { flavors } = report.observations;
      assert.ok(flavors.status === "measured");
      const before = flavors.value.find(({ name }) => name === "SCS-4V-16-100s");
      assert.ok(before);
      const after = (await set({ resource: "flavor", id: before.id })).observations.flavors;
      assert.ok(after.status === "measured");
      assert.deepEqual(
        after.value.find(({ id }) => id === before.id),
        { ...before, extraSpecs: { ...before.extraSpecs, "hw_rng:allowed": "True" } },
      );
    });
  });

  it("is told in the cloud's own words where the role may not", async () => {
    await withCloud({ extraSpecsWritable: false }, async (report, set) => {
      const { id } = failing(report, "flavor").subject;
      await assert.rejects(
        set({ resource: "flavor", id }),
        userError("openstack-forbidden", "os_compute_api:os-flavor-extra-specs:create"),
      );
    });
  });
});
