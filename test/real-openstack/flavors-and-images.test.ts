import assert from "node:assert/strict";
import { addressOf } from "../../src/dev/openstack/addresses";
import type { Api } from "../../src/dev/openstack/api";
import { MOST_A_PAGE } from "../../src/dev/openstack/configuration";
import { PROJECTS, USERS } from "../../src/dev/openstack/population";
import type { Finding } from "../../src/model";
import { listFlavors } from "../../src/openstack/compute";
import { listImages } from "../../src/openstack/image";
import { Session } from "../../src/openstack/session";
import { all, never } from "../openstack/support";
import {
  administrator,
  asAdministrator,
  begins,
  cloudOf,
  entryOf,
  findingOf,
  inParallel,
  Made,
  memberOf,
  reportOf,
  Workplace,
} from "./support";

describe("The flavors and images of a real cloud", () => {
  let admin: Api;
  let made: Made;

  before(async () => {
    admin = await administrator();
    made = new Made(admin);
  });
  afterEach(() => made.unmake());

  it("are judged by the letter of the standard, and what Nova makes of it is told beside", async () => {
    const yes = "Nova takes it as true";
    // Nova's names differ in more than their case
    const spellings = [
      ["lacks", {}, "fail", "lacks"],
      ["right", { "hw_rng:allowed": "True" }, "pass", "has"],
      ["small", { "hw_rng:allowed": "true" }, "fail", yes],
      ["one", { "hw_rng:allowed": "1" }, "fail", yes],
      ["loud", { "hw_rng:allowed": "YES" }, "fail", yes],
      ["not", { "hw_rng:allowed": "False" }, "fail", "instead of True"],
      ["maybe", { "hw_rng:allowed": "maybe" }, "fail", "instead of True"],
    ] as const;
    for (const [name, specs] of spellings) await made.flavor(`spelt.${name}`, specs);
    await made.flavor("spelt.rate", { "hw_rng:allowed": "True", "hw_rng:rate_bytes": "2048" });
    await made.image("model.virtio", { hw_rng_model: "virtio", visibility: "public" });
    await made.image("model.other", { hw_rng_model: "bogus", visibility: "public" });
    await made.image("model.lacks", { visibility: "public" });
    const report = await reportOf(cloudOf());
    for (const [name, , verdict, word] of spellings) {
      const finding = findingOf(report, `spelt.${name}`);
      assert.equal(finding.verdict, verdict, name);
      assert.ok(finding.message.includes(word), finding.message);
    }
    assert.equal(findingOf(report, "spelt.rate").verdict, "pass");
    assert.deepEqual(
      ["virtio", "other", "lacks"].map((name) => findingOf(report, `model.${name}`).verdict),
      ["pass", "fail", "fail"],
    );
  });

  it("are those that the project may see: private ones for whom they are", async () => {
    const own = new Made(await memberOf(PROJECTS.demo));
    const hidden = { "os-flavor-access:is_public": false };
    const shared = await made.flavor("private.shared", { "hw_rng:allowed": "True" }, hidden);
    await made.flavor("private.hidden", {}, hidden);
    const { project } = await memberOf(PROJECTS.demo);
    await admin.post("compute", `/flavors/${shared}/action`, { addTenantAccess: { tenant: project } });
    await made.image("private.image", {});
    await own.image("private.own", { visibility: "private" });
    const names = async (cloud = cloudOf()): Promise<readonly string[]> =>
      (await reportOf(cloud)).findings
        .map(({ subject }) => subject)
        .filter(begins("private."))
        .map(({ name }) => name)
        .toSorted();
    try {
      assert.deepEqual(await names(), ["private.own", "private.shared"]);
      assert.deepEqual(await names(cloudOf(USERS.reader)), ["private.own", "private.shared"]);
      assert.deepEqual(await names(asAdministrator()), [
        "private.hidden",
        "private.image",
        "private.own",
        "private.shared",
      ]);
    } finally {
      await own.unmake();
    }
  });

  it("are inconclusive, and not lacking, where the role may not see extra specs", async () => {
    await made.flavor("secret.true", { "hw_rng:allowed": "True" });
    await made.flavor("secret.lacks");
    const { findings, observations } = await reportOf(cloudOf(USERS.restricted));
    const flavors = findings.filter(({ rule }) => rule === "scs-0101-flavor-property");
    assert.deepEqual(
      flavors.map(({ verdict, subject }) => [verdict, subject.kind]),
      [["inconclusive", "cloud"]],
    );
    assert.match(flavors[0].message, /0 of \d+ flavors .* no permission to read extra specs/);
    assert.ok(observations.flavors.status === "measured");
    assert.deepEqual(new Set(observations.flavors.value.map(({ extraSpecs }) => extraSpecs)), new Set([null]));
  });

  it("are the same where Nova has no microversions, and each flavor is asked for by itself", async () => {
    await made.flavor("old.true", { "hw_rng:allowed": "True" });
    await made.flavor("old.lacks");
    const compute = addressOf("compute").replace("/v2.1", "/v2");
    const override = { compute_endpoint_override: compute };
    for (const user of [USERS.member, USERS.reader]) {
      const report = await reportOf(cloudOf(user, override));
      assert.deepEqual(
        ["old.true", "old.lacks"].map((name) => findingOf(report, name).verdict),
        ["pass", "fail"],
      );
    }
    const { findings } = await reportOf(cloudOf(USERS.restricted, override));
    assert.match(findings[0].message, /no permission to read extra specs/);
  });

  describe("of which there are hundreds", () => {
    const FLAVORS = 6 * MOST_A_PAGE;
    const IMAGES = 3 * MOST_A_PAGE;
    let many: Made;

    before(async function () {
      this.timeout(600_000);
      many = new Made(admin);
      const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
      const specs = (index: number) => (index % 2 === 0 ? { "hw_rng:allowed": "True" } : {});
      await inParallel(numbers(FLAVORS), (index) => many.flavor(`many.${index}`, specs(index)));
      await inParallel(numbers(IMAGES), (index) => many.image(`many.${index}`, { visibility: "public" }));
    });
    after(async function () {
      this.timeout(600_000);
      await many.unmake();
    });

    it("are all listed, once each, over as many pages as the cloud makes of them", async () => {
      const session = await Session.open(await cloudOf(), never);
      const flavorPages = await all(listFlavors(session.compute));
      const imagePages = await all(listImages(session.image));
      for (const [items, pages, count] of [
        [flavorPages.flatMap(({ flavors }) => flavors), flavorPages.length, FLAVORS],
        [imagePages.flatMap(({ images }) => images), imagePages.length, IMAGES],
      ] as const) {
        const names = items.filter(begins("many.")).map(({ name }) => name);
        assert.equal(names.length, count);
        assert.equal(new Set(names).size, count);
        assert.ok(pages >= count / MOST_A_PAGE, `${pages} pages`);
      }
    });

    it("are all judged by the command line, and its exit code says that some lack", async () => {
      const place = new Workplace({ north: entryOf() });
      const { code, stdout, stderr } = await place.run(["cloud", "north", "--json", "-"]);
      place.remove();
      assert.equal(code, 0, stderr);
      const report: unknown = JSON.parse(stdout);
      assert.ok(typeof report === "object" && report !== null && "findings" in report);
      assert.ok(Array.isArray(report.findings));
      const findings: readonly Finding[] = report.findings;
      const verdicts = findings.filter(({ subject }) => begins("many.")(subject)).map(({ verdict }) => verdict);
      assert.equal(verdicts.filter((verdict) => verdict === "pass").length, FLAVORS / 2);
      assert.equal(verdicts.filter((verdict) => verdict === "fail").length, FLAVORS / 2 + IMAGES);
    });
  });
});
