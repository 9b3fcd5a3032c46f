import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import {
  ANSIBLE_VARS,
  FLAVOR_MANAGER,
  OWN_YAML,
  TERRAFORM_FLAVORS,
  TERRAFORM_LOCALS,
} from "../formats/definitions/samples";
import { runCli } from "./bundle";

const ONE_WARNING = "openstack_flavors:\n  - name: small\n    ram: 1\n    vcpus: 1\n";
const GOOD = `${ONE_WARNING}    extra_specs:\n      hw_rng:allowed: "True"\n`;

const schema: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../src/report/definitions.schema.json"), "utf8"),
);

describe("entropy-check lint", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "entropy-check-lint-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const lint = (...args: readonly string[]) => runCli(["lint", ...args], { cwd: folder });
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");

  it("tells every shortcoming as file, line and column, and exits with 0 for warnings, 1 if they are to count", async () => {
    await put({ "flavors.yml": ONE_WARNING });
    const { code, stdout } = await lint(".");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^flavors\.yml:2:11: warning: Flavor "small" lacks hw_rng:allowed=True\. \[scs-0101-flavor-definition\]$/m,
    );
    assert.equal((await lint("--strict", ".")).code, 1);
  });

  it("looks into folders, leaving out what tools put there, and exits with 3 where something is known only later", async () => {
    await put({
      "tf/locals.tf": TERRAFORM_LOCALS,
      "tf/flavors.tf": TERRAFORM_FLAVORS,
      "vars/main.yml": ANSIBLE_VARS,
      "tf/.terraform/modules/x.tf": TERRAFORM_FLAVORS,
      "node_modules/x/flavors.yaml": FLAVOR_MANAGER,
    });
    const { code, stdout } = await lint(".");
    assert.equal(code, 3);
    assert.match(stdout, /^Inconclusive: 7 definitions in 2 files, 5 warnings, 1 inconclusive, 2 passed\.$/m);
  });

  it("mends the files when asked to, and tells what is left", async () => {
    await put({ "f.yaml": FLAVOR_MANAGER });
    const { code, stdout, stderr } = await lint("f.yaml", "--fix", "--strict");
    assert.equal(code, 0);
    assert.match(stderr, /1 file mended/);
    assert.match(stdout, /^Passed: 3 definitions in 1 file, 3 passed\.$/m);
    assert.equal((await read("f.yaml")).match(/hw_rng:allowed/g)?.length, 3);
  });

  it("leaves every other byte as it is, in a file of another encoding, too", async () => {
    const latin = Buffer.from(`# caf\xe9\n${ONE_WARNING}`, "latin1");
    await writeFile(join(folder, "f.yaml"), latin);
    assert.equal((await lint("f.yaml", "--fix", "--strict")).code, 0);
    const mended = await readFile(join(folder, "f.yaml"));
    assert.deepEqual(mended.subarray(0, latin.length), latin);
    assert.match(mended.toString("latin1"), /hw_rng:allowed: "True"\n$/);
  });

  it("writes JSON that keeps to its schema, what is set aside included", async () => {
    await put({
      "flavors.yml": ONE_WARNING,
      "f.yaml": FLAVOR_MANAGER,
      ".entropy-check.yaml": "suppress:\n  - rule: '*'\n    subject: small\n    reason: x\n",
    });
    assert.ok(typeof schema === "object" && schema !== null);
    const validate = new Ajv().compile(schema);
    const report: unknown = JSON.parse((await lint(".", "--json", "-")).stdout);
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.match(JSON.stringify(report), /"suppressed":\{"reason":"x","expires":null\}/);
  });

  it("writes the formats that are asked for, one of them to standard output", async () => {
    await put({ "flavors.yml": ONE_WARNING });
    const { stdout } = await lint(".", "--sarif", "-", "--junit", "out.xml", "--csv", "out.csv", "--html", "out.html");
    const log: unknown = JSON.parse(stdout);
    assert.ok(typeof log === "object" && log !== null && "version" in log && log.version === "2.1.0");
    assert.match(await read("out.xml"), /<testsuite name="Definitions in /);
    assert.match(await read("out.csv"), /scs-0101-flavor-definition,fail,warning/);
    assert.match(await read("out.html"), /^<!doctype html>/);
    assert.equal((await lint(".", "--sarif", "-", "--csv", "-")).code, 2);
  });

  it("counts only what is new against a baseline", async () => {
    await put({ "flavors.yml": ONE_WARNING });
    await lint(".", "--json", "before.json");
    const known = await lint(".", "--baseline", "before.json", "--strict");
    assert.equal(known.code, 0);
    assert.match(known.stdout, /: known: Flavor "small"/);
    await put({
      "flavors.yml": ONE_WARNING + ONE_WARNING.replace("openstack_flavors:\n", "").replace("small", "large"),
    });
    const more = await lint(".", "--baseline", "before.json", "--strict");
    assert.equal(more.code, 1);
    assert.match(more.stdout, /1 warning, 1 known\./);
    assert.equal((await lint(".", "--baseline", "flavors.yml")).code, 2);
  });

  it("sets aside what the project file suppresses, as long as it has a reason and has not expired", async () => {
    const suppress = (more: string): string =>
      `suppress:\n  - rule: scs-0101-flavor-definition\n    subject: s*l\n${more}`;
    await put({
      "flavors.yml": ONE_WARNING,
      ".entropy-check.yaml": suppress("    reason: one customer\n    expires: 2999-01-01\n"),
    });
    const { code, stdout } = await lint(".", "--strict");
    assert.equal(code, 0);
    assert.match(stdout, /: suppressed: Flavor "small"/);
    assert.match(stdout, /Suppressed until 2999-01-01: one customer/);
    for (const [more, told] of [
      ["    reason: one customer\n    expires: 2020-01-01\n", /expired on 2020-01-01, so the finding counts/],
      ["", /has no reason, so the finding counts/],
    ] as const) {
      await put({ ".entropy-check.yaml": suppress(more) });
      const again = await lint(".", "--strict");
      assert.equal(again.code, 1);
      assert.match(again.stdout, told);
    }
  });

  const UNKNOWN_RULE = "  - rule: scs-0101-flavour-definition\n    subject: '*'\n    reason: ours\n";
  it("tells what is wrong in the project file, with its line", async () => {
    await put({ "flavors.yml": GOOD, ".entropy-check.yaml": `suppress:\n  - rule: x\n${UNKNOWN_RULE}ignore: []\n` });
    const { code, stderr } = await lint(".");
    assert.equal(code, 0);
    assert.match(stderr, /^\.entropy-check\.yaml:2: A suppression names a rule and a subject\.$/m);
    assert.match(
      stderr,
      /^\.entropy-check\.yaml:3: There is no such rule: a report names each finding's in brackets\.$/m,
    );
    assert.match(stderr, /^\.entropy-check\.yaml:6: Known here are suppress: and definitions:\.$/m);
  });

  it("reads YAML of one's own as the project file maps it", async () => {
    const mapping =
      'definitions:\n  - files: "config/**/*.yaml"\n    resource: flavor\n    items: "m1.*"\n    properties: "$.properties"\n';
    await put({ "config/flavors/m1.yaml": OWN_YAML, ".entropy-check.yaml": mapping });
    assert.match((await lint("config")).stdout, /hw_rng:rate_period=60 is 60 ms/);
  });

  it("says when there is nothing to check, or a path is not there", async () => {
    await put({ "compose.yaml": "services:\n  web:\n    image: nginx\n" });
    const nothing = await lint(".");
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /No definition of a flavor or image was found/);
    assert.equal((await lint("absent")).code, 2);
    assert.equal((await lint()).code, 2);
  });
});
