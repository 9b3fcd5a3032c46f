import assert from "node:assert/strict";
import { dirname } from "node:path";
import { applyEdits } from "../../src/formats/definitions/edits";
import type { DefinitionSystem, LintFinding } from "../../src/model/definitions";
import { lintFile, type FileMapping, type Linted } from "../../src/operations/lint-definitions";
import * as samples from "../formats/definitions/samples";

type Files = Readonly<Record<string, string>>;

const never = new AbortController().signal;

/** Lints a file among others that there are. */
function lint(files: Files, file: string, mappings: readonly FileMapping[] = [], off: DefinitionSystem[] = []) {
  const texts = {
    read: (path: string) => Promise.resolve(files[path] ?? ""),
    list: (folder: string) =>
      Promise.resolve(
        Object.keys(files)
          .filter((path) => dirname(path) === folder)
          .map((path) => path.slice(folder.length + 1)),
      ),
  };
  return lintFile(file, texts, { mappings, off: new Set(off) }, never);
}

/** What was found, shortly: the verdict, the rule, the subject, and the text that it is told at. */
function told(files: Files, { findings }: Linted): string[] {
  return findings.map(
    ({ verdict, rule, subject, region }) =>
      `${verdict} ${rule} ${subject.name}: ${(files[region.file] ?? "").slice(region.start, region.end)}`,
  );
}

/** The files after every quick fix. */
function mended(files: Files, findings: readonly LintFinding[]): Files {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      applyEdits(
        text,
        findings.flatMap(({ edits }) => edits).filter(({ at }) => at.file === file),
      ),
    ]),
  );
}

/** Mends a file and its neighbours, and makes sure that nothing is left to mend. */
async function mend(files: Files, file: string, mappings: readonly FileMapping[] = []): Promise<Files> {
  const after = mended(files, (await lint(files, file, mappings)).findings);
  const again = await lint(after, file, mappings);
  assert.deepEqual(
    again.findings.filter(({ verdict }) => verdict === "fail").map(({ message }) => message),
    [],
  );
  return after;
}

describe("A file of YAML", () => {
  const flavor = "mandatory:\n  - name: a\n    cpus: 1\n";

  it("may begin with a byte order mark, which stays", async () => {
    const files = { "/f.yaml": `\ufeff${flavor}` };
    assert.deepEqual(told(files, await lint(files, "/f.yaml")), ["fail scs-0101-flavor-definition a: a"]);
    assert.deepEqual(await mend(files, "/f.yaml"), { "/f.yaml": `\ufeff${flavor}    hw_rng:allowed: "True"\n` });
  });

  it("is read as PyYAML reads it where a key stands twice: the last one counts", async () => {
    const files = { "/f.yaml": `${flavor}    hw_rng:allowed: "True"\n    hw_rng:allowed: "False"\n` };
    assert.deepEqual(told(files, await lint(files, "/f.yaml")), ['fail scs-0101-flavor-definition a: "False"']);
    assert.match((await mend(files, "/f.yaml"))["/f.yaml"] ?? "", /"True"\n.*"True"\n$/);
  });

  it("keeps the line after a value that is a block", async () => {
    const value = (text: string): string => `${flavor}    hw_rng:allowed: ${text}\n    ram: 1\n`;
    for (const block of [">-\n      false", "|\n      False", ">+\n      no\n\n"]) {
      const after = await mend({ "/f.yaml": value(block) }, "/f.yaml");
      assert.equal(after["/f.yaml"], value(`"True"${block.endsWith("\n") ? "\n\n" : ""}`));
    }
  });

  it("is refused where it is longer than any that people write, if it may define something of ours", async () => {
    const comment = `# ${"x".repeat(8_000_000)}\n`;
    await assert.rejects(lint({ "/f.yaml": comment + flavor }, "/f.yaml"), { code: "lint-too-large" });
    assert.deepEqual((await lint({ "/f.yaml": comment }, "/f.yaml")).findings, []);
  });
});

describe("Definitions of Terraform", () => {
  const files = { "/infra/locals.tf": samples.TERRAFORM_LOCALS, "/infra/flavors.tf": samples.TERRAFORM_FLAVORS };

  it("are judged with the folder's locals, at the value where there is one, else at the argument or the head", async () => {
    assert.deepEqual(told(files, await lint(files, "/infra/flavors.tf")), [
      'fail scs-0101-flavor-definition c2.small: "true"',
      'fail nova-rng-rate-period c2.small: "1"',
      "fail scs-0101-flavor-definition g2.small: extra_specs",
      'fail scs-0101-flavor-definition bare: resource "openstack_compute_flavor_v2" "bare"',
      'pass scs-0101-flavor-definition good: "True"',
      "inconclusive scs-0101-flavor-definition later: extra_specs",
    ]);
  });

  it("count locals of the folder above where the folder has none of the name", async () => {
    const apart = {
      "/infra/locals.tf": samples.TERRAFORM_LOCALS,
      "/infra/flavors/c2.tf":
        'resource "openstack_compute_flavor_v2" "x" {\n  name = "x"\n  extra_specs = local.flavor_c2_extra_specs\n}\n',
    };
    assert.deepEqual(told(apart, await lint(apart, "/infra/flavors/c2.tf")), [
      'fail scs-0101-flavor-definition x: "true"',
      'fail nova-rng-rate-period x: "1"',
    ]);
  });

  it("are mended where the entry stands or belongs, aligned as its neighbours are, comments untouched", async () => {
    const after = await mend(files, "/infra/flavors.tf");
    assert.equal(
      after["/infra/locals.tf"],
      samples.TERRAFORM_LOCALS.replace('"true"', '"True"')
        .replace('"hw_rng:rate_period" = "1"', '"hw_rng:rate_period" = "1000"')
        .replace('"g2",\n', '"g2",\n    "hw_rng:allowed" = "True",\n'),
    );
    assert.equal(
      after["/infra/flavors.tf"],
      samples.TERRAFORM_FLAVORS.replace(
        "  vcpus = 1\n}",
        '  vcpus = 1\n\n  extra_specs = {\n    "hw_rng:allowed" = "True"\n  }\n}',
      ),
    );
  });

  it("are images too, in the block syntax of Terraform 0.11 as well; data sources are not ours", async () => {
    const images = { "/i/images.tf": samples.TERRAFORM_IMAGES };
    assert.deepEqual(told(images, await lint(images, "/i/images.tf")), [
      'pass scs-0101-image-definition SLES 15: "virtio"',
      'fail scs-0101-image-definition Debian 12: "qemu-virtio"',
      "fail scs-0101-image-definition Alpine: properties",
    ]);
    const after = await mend(images, "/i/images.tf");
    assert.equal(
      after["/i/images.tf"],
      samples.TERRAFORM_IMAGES.replace('"qemu-virtio" #', '"virtio" #').replace(
        "= {}",
        '= { "hw_rng_model" = "virtio" }',
      ),
    );
  });

  it("are told for each instance of a for_each over a map", async () => {
    const each = {
      "/e/main.tf": `locals {
  common = { "hw_rng:allowed" = "True" }
  flavors = {
    small = { ram = 1024, extra_specs = { "hw_rng:allowed" = "False" } }
    large = { ram = 8192 }
  }
}
resource "openstack_compute_flavor_v2" "all" {
  for_each    = local.flavors
  name        = "x-\${each.key}"
  extra_specs = merge(local.common, try(each.value.extra_specs, {}))
}
`,
    };
    assert.deepEqual(told(each, await lint(each, "/e/main.tf")), [
      'fail scs-0101-flavor-definition x-small: "False"',
      'pass scs-0101-flavor-definition x-large: "True"',
    ]);
  });

  it("say nothing wrong of what is merged with a variable or made by a for expression", async () => {
    const unknown = {
      "/u/main.tf": `resource "openstack_compute_flavor_v2" "a" {
  name        = "a"
  extra_specs = merge({ "hw_rng:allowed" = "False" }, var.more)
}
resource "openstack_compute_flavor_v2" "b" {
  name        = "b"
  extra_specs = { for k, v in local.x : k => v }
}
resource "openstack_compute_flavor_v2" "c" {
  name = "c"
  extra_specs = {
    "hw_rng:allowed" = var.rng ? "True" : "False"
  }
}
resource "openstack_compute_flavor_v2" "d" {
  name        = "d"
  extra_specs = merge(var.more, { "hw_rng:allowed" = "True" })
}
`,
    };
    assert.deepEqual(
      (await lint(unknown, "/u/main.tf")).findings.map(({ verdict, edits }) => [verdict, edits.length]),
      [
        ["inconclusive", 0],
        ["inconclusive", 0],
        ["inconclusive", 0],
        ["pass", 0],
      ],
    );
  });

  it("may have the key without its quotation marks, which Terraform itself refuses", async () => {
    const flavor = (specs: string): string =>
      `resource "openstack_compute_flavor_v2" "x" {\n  name = "x"\n  extra_specs = {${specs}}\n}\n`;
    for (const [before, after] of [
      [' hw_rng:allowed = "False" ', ' hw_rng:allowed = "True" '],
      ['\n    hw_rng:allowed = "1"\n    "a:b" = "c"\n  ', '\n    hw_rng:allowed = "True"\n    "a:b" = "c"\n  '],
    ] as const)
      assert.deepEqual(await mend({ "/infra/f.tf": flavor(before) }, "/infra/f.tf"), { "/infra/f.tf": flavor(after) });
  });

  it("are left alone when Terraform is switched off", async () => {
    assert.deepEqual((await lint(files, "/infra/flavors.tf", [], ["terraform"])).findings, []);
  });
});

describe("Definitions of openstack-flavor-manager", () => {
  const files = { "/f.yaml": samples.FLAVOR_MANAGER };

  it("are its lists; a bare True is a boolean, and a missing extra spec is told at the name", async () => {
    assert.deepEqual(told(files, await lint(files, "/f.yaml")), [
      'pass scs-0101-flavor-definition SCS-1V-4: "True"',
      'fail scs-0101-flavor-definition SCS-2V-8: "SCS-2V-8"',
      "fail nova-extra-spec-text SCS-4V-16: True",
    ]);
  });

  it("are mended in the file's own style", async () => {
    const after = await mend(files, "/f.yaml");
    assert.equal(
      after["/f.yaml"],
      samples.FLAVOR_MANAGER.replace(
        "# no hyperthreading",
        '# no hyperthreading\n    "hw_rng:allowed": "True"',
      ).replace("allowed: True\n", 'allowed: "True"\n'),
    );
  });
});

describe("Definitions of openstack-image-manager", () => {
  const files = { "/i.yml": samples.IMAGE_MANAGER };

  it("are its images, and the versions that say otherwise", async () => {
    assert.deepEqual(told(files, await lint(files, "/i.yml")), [
      "pass scs-0101-image-definition Debian 12: virtio",
      "fail scs-0101-image-definition Debian 12: bochs",
      "fail scs-0101-image-definition CirrOS: meta",
    ]);
  });

  it("are mended without quotation marks where the file has none", async () => {
    const after = await mend(files, "/i.yml");
    assert.equal(
      after["/i.yml"],
      samples.IMAGE_MANAGER.replace("bochs", "virtio").replace(
        "cirros\n    versions",
        "cirros\n      hw_rng_model: virtio\n    versions",
      ),
    );
  });
});

describe("Definitions of Ansible", () => {
  it("are tasks of the flavor and image modules, within blocks too, but not what shall be absent", async () => {
    const files = { "/p.yml": samples.ANSIBLE_PLAYBOOK };
    assert.deepEqual(told(files, await lint(files, "/p.yml")), [
      'pass scs-0101-flavor-definition SCS-4V-8: "True"',
      "fail scs-0101-flavor-definition bare: bare",
      "inconclusive scs-0101-flavor-definition ?: extra_specs",
      "fail scs-0101-image-definition rocky: properties",
    ]);
    const after = await mend(files, "/p.yml");
    assert.equal(
      after["/p.yml"],
      samples.ANSIBLE_PLAYBOOK.replace(
        "        vcpus: 1\n",
        '        vcpus: 1\n        extra_specs:\n          hw_rng:allowed: "True"\n',
      ).replace("{ os_distro: rocky }", '{ os_distro: rocky, "hw_rng_model": virtio }'),
    );
  });

  it("are the variables of roles", async () => {
    const files = { "/v.yml": samples.ANSIBLE_VARS };
    assert.deepEqual(told(files, await lint(files, "/v.yml")), [
      'fail scs-0101-flavor-definition m1.tiny: "m1.tiny"',
      'pass scs-0101-image-definition Rocky9: "virtio"',
    ]);
    await mend(files, "/v.yml");
  });
});

describe("Definitions of Heat", () => {
  it("are the resources of a template; functions are known only when it runs", async () => {
    const files = { "/h.yaml": samples.HEAT };
    assert.deepEqual(told(files, await lint(files, "/h.yaml")), [
      "fail scs-0101-flavor-definition small: extra_specs",
      "inconclusive scs-0101-flavor-definition wanted: { get_param: rng }",
      "fail scs-0101-image-definition cirros: cirros",
    ]);
    const after = await mend(files, "/h.yaml");
    assert.equal(
      after["/h.yaml"],
      samples.HEAT.replace(
        '"hw:cpu_policy": dedicated }',
        '"hw:cpu_policy": dedicated, "hw_rng:allowed": "True" }',
      ).replace("cirros.img\n", "cirros.img\n      extra_properties:\n        hw_rng_model: virtio\n"),
    );
  });
});

describe("Definitions in YAML of one's own", () => {
  const mapping = {
    folder: "/own",
    files: "flavors/*.yaml",
    resource: "flavor",
    items: "m1.*",
    properties: "$.properties",
  } as const;
  const files = { "/own/flavors/m1.yaml": samples.OWN_YAML, "/own/other.yaml": samples.OWN_YAML };

  it("are found where the mapping says, in the files that it says", async () => {
    assert.deepEqual(told(files, await lint(files, "/own/flavors/m1.yaml", [mapping])), [
      "fail scs-0101-flavor-definition m1.tiny: 1",
      "fail nova-rng-rate-period m1.tiny: 60",
    ]);
    assert.deepEqual((await lint(files, "/own/other.yaml", [mapping])).findings, []);
  });

  it("are mended", async () => {
    const after = await mend(files, "/own/flavors/m1.yaml", [mapping]);
    assert.equal(
      after["/own/flavors/m1.yaml"],
      samples.OWN_YAML.replace("allowed: 1\n", 'allowed: "True"\n').replace("rate_period: 60", "rate_period: 60000"),
    );
  });

  it("may be the document itself, with aligned values", async () => {
    const image = { "/own/i.yaml": "name: cirros\nproperties:\n  os_type:   linux\n  os_distro: cirros\n" };
    const whole = { folder: "/own", files: "*.yaml", resource: "image", items: "", properties: "properties" } as const;
    const after = await mend(image, "/own/i.yaml", [whole]);
    assert.equal(after["/own/i.yaml"], `${image["/own/i.yaml"]}  hw_rng_model: virtio\n`);
  });
});

describe("Files that define nothing of ours", () => {
  for (const [what, text] of [
    ["a compose file", "services:\n  web:\n    image: nginx\nimages:\n  - name: x\n    url: y\n"],
    ["a Kubernetes manifest", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: b\n"],
    ["an empty file", ""],
    ["no YAML at all", "images: [\n  {{ oh }\n\t- no: :\n"],
  ]) {
    it(`${what} is not told anything of`, async () => {
      assert.deepEqual((await lint({ "/x.yaml": text }, "/x.yaml")).findings, []);
    });
  }
});
