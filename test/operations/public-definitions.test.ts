import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseProjectFile } from "../../src/formats/project-file";
import { PROJECT_FILE } from "../../src/formats/project-file-name";
import type { LintReport } from "../../src/model/definitions";
import { lintPaths, mend } from "../../src/operations/lint";

const GOLDEN = join(import.meta.dirname, "../golden/definitions");

/** What is found in the definitions as a person wrote them: where it is told, the text there, and of what. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  "ansible-playbook": [
    'flavors.yml:18 pass scs-0101-flavor-definition SCS-1V-2: "True"',
    "flavors.yml:29 fail scs-0101-flavor-definition SCS-1V-2-5: extra_specs",
    "flavors.yml:41 fail nova-extra-spec-text SCS-1L-1: yes",
  ],
  "ansible-variables": [
    'flavors.yml:11 fail scs-0101-flavor-definition m1.tiny: "m1.tiny"',
    'flavors.yml:17 fail scs-0101-flavor-definition m1.small: "m1.small"',
    'images.yml:19 pass scs-0101-image-definition cirros-0.6: "virtio"',
    "images.yml:29 fail scs-0101-image-definition Rocky9: properties",
    "tasks/flavors.yml:9 inconclusive scs-0101-flavor-definition Flavors: extra_specs",
  ],
  "flavor-manager": [
    'flavors.yaml:16 fail scs-0101-flavor-definition SCS-1L-1: "true"',
    "flavors.yaml:23 fail nova-extra-spec-text SCS-1V-4: True",
    "flavors.yaml:24 fail scs-0101-flavor-definition SCS-2V-8: SCS-2V-8",
    'flavors.yaml:36 pass scs-0101-flavor-definition SCS-4V-16: "True"',
    "mandatory.yaml:7 fail scs-0101-flavor-definition SCS-1V-2: SCS-1V-2",
    "mandatory.yaml:12 fail scs-0101-flavor-definition SCS-8V-16: SCS-8V-16",
    "mandatory.yaml:18 fail scs-0101-flavor-definition SCS-1V-2-5: SCS-1V-2-5",
  ],
  heat: [
    "sizes.yaml:21 fail scs-0101-flavor-definition lab.small: extra_specs",
    'sizes.yaml:32 pass scs-0101-flavor-definition lab.large: "True"',
    "sizes.yaml:34 fail nova-rng-rate-period lab.large: 1",
    "sizes.yaml:42 inconclusive scs-0101-flavor-definition lab_asked: { get_param: rng }",
    "sizes.yaml:47 fail scs-0101-image-definition lab: lab",
  ],
  "image-manager": [
    "linux.yml:14 pass scs-0101-image-definition Debian 12: virtio",
    "linux.yml:28 fail scs-0101-image-definition Debian 12: none",
    "linux.yml:40 fail scs-0101-image-definition CirrOS: meta",
  ],
  "k-orc": [
    "images.yaml:17 pass scs-0101-image-definition node-v1.33: virtio",
    "images.yaml:30 fail scs-0101-image-definition node-v1.34: hardware",
    "images.yaml:38 fail scs-0101-image-definition node-v1.35: node-v1.35",
    "images.yaml:48 fail scs-0101-image-definition bare: bare",
  ],
  "mapped-flavors": [
    "flavors/m1.yaml:4 fail scs-0101-flavor-definition m1.tiny, m1.small: 1",
    "flavors/m1.yaml:6 fail nova-rng-rate-period m1.tiny, m1.small: 60",
  ],
  "mapped-image": [
    "images/cirros.yaml:10 pass scs-0101-image-definition cirros-0-x86_64: virtio",
    "images/plain.yaml:4 fail scs-0101-image-definition plain-x86_64: properties",
  ],
  packer: [
    'images.pkr.hcl:19 pass scs-0101-image-definition base.2026: "virtio"',
    "images.pkr.hcl:28 fail scs-0101-image-definition database.2026: metadata",
    'images.pkr.hcl:34 fail scs-0101-image-definition web: source "openstack" "web_image"',
  ],
  "terraform-flavors": [
    'locals.tf:14 fail scs-0101-flavor-definition c2.1core-2ram, c2.4core-8ram: "true"',
    'locals.tf:16 fail nova-rng-rate-period c2.1core-2ram, c2.4core-8ram: "1"',
    "flavors/g2.tiny.tf:6 fail scs-0101-flavor-definition g2.tiny: extra_specs",
    'flavors/m1.tiny.tf:2 fail scs-0101-flavor-definition m1.tiny: resource "openstack_compute_flavor_v2" "m1_tiny"',
  ],
  "terraform-images": [
    'base/main.tf:12 pass scs-0101-image-definition openstack_images_image_v2.leap_image: "virtio"',
    "base/main.tf:21 fail scs-0101-image-definition openstack_images_image_v2.sles_image: properties",
    'today/images.tf:9 pass scs-0101-image-definition cirros-0.6: "virtio"',
    "today/images.tf:20 fail scs-0101-image-definition Debian 12: properties",
    "today/images.tf:30 inconclusive scs-0101-image-definition Windows: properties",
  ],
};

const never = new AbortController().signal;

/** Lints a folder as the command does that is called in it. */
async function lint(folder: string): Promise<LintReport> {
  const own = await readFile(join(folder, PROJECT_FILE), "utf8").catch(() => "");
  const mappings = parseProjectFile(own).definitions.map((mapping) => ({ ...mapping, folder }));
  const events = lintPaths([folder], { mappings, off: new Set() }, never);
  for (;;) {
    const { done, value } = await events.next();
    if (done === true) return value;
  }
}

async function told(folder: string): Promise<string[]> {
  const { findings } = await lint(folder);
  return Promise.all(
    findings.map(async ({ verdict, rule, subject, region, evidence }) => {
      const text = (await readFile(region.file, "utf8")).slice(region.start, region.end);
      const also = evidence.filter(({ label }) => label === "also").map(({ value }) => `, ${value}`);
      const place = `${relative(folder, region.file)}:${region.startLine + 1}`;
      return `${place} ${verdict} ${rule} ${subject.name}${also.join("")}: ${text}`;
    }),
  );
}

/** Every file below a folder, with its text. */
async function textsIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = files.sort().map(async (file) => [relative(folder, file), await readFile(file, "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

describe("Definitions in the shapes of public repositories", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "entropy-check-definitions-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("are all looked at", async () => {
    const samples = (await readdir(GOLDEN, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    assert.deepEqual(samples.map(({ name }) => name).sort(), Object.keys(FOUND).sort());
  });

  for (const [sample, found] of Object.entries(FOUND)) {
    it(`of ${sample} are judged each at its place`, async () => {
      assert.deepEqual(await told(join(GOLDEN, sample, "given")), found);
    });

    it(`of ${sample} are mended as their neighbours are written, comments kept, and nothing is left to mend`, async () => {
      await cp(join(GOLDEN, sample, "given"), folder, { recursive: true });
      await mend((await lint(folder)).findings);
      assert.deepEqual(await textsIn(folder), await textsIn(join(GOLDEN, sample, "mended")));
      const { findings } = await lint(folder);
      assert.deepEqual(
        findings.filter(({ edits }) => edits.length > 0).map(({ message }) => message),
        [],
      );
    });
  }

  it("are told as definitions of their systems", async () => {
    const systems = Object.keys(FOUND).map(async (sample) => {
      const { files } = await lint(join(GOLDEN, sample, "given"));
      return [...new Set(files.map(({ system }) => system))].join();
    });
    assert.deepEqual([...new Set(await Promise.all(systems))].sort(), [
      "ansible",
      "flavor-manager",
      "heat",
      "image-manager",
      "k-orc",
      "mapped-yaml",
      "packer",
      "terraform",
    ]);
  });
});
