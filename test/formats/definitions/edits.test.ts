import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "../../../src/formats/definitions/edits";
import { lintFile } from "../../../src/operations/lint-definitions";

const never = new AbortController().signal;

/** Lints a single file. */
function lint(file: string, text: string) {
  const texts = { read: () => Promise.resolve(text), list: () => Promise.resolve([file.slice(1)]) };
  return lintFile(file, texts, { mappings: [], off: new Set() }, never);
}

/** Every quick fix, made; after that there must be nothing to mend, and as many definitions as before. */
async function assertMends(file: string, text: string): Promise<string> {
  const before = await lint(file, text);
  const after = applyEdits(
    text,
    before.findings.flatMap(({ edits }) => edits),
  );
  const again = await lint(file, after);
  assert.deepEqual(
    again.findings.filter(({ verdict }) => verdict !== "pass").map(({ message }) => message),
    [],
    after,
  );
  assert.deepEqual(again.files, before.files);
  return after;
}

const blank = fc.constantFrom("", "", "\n", "# a comment\n");
const trailing = fc.constantFrom("", "", "  # why");
const lineBreak = fc.constantFrom("\n", "\r\n");
const quote = fc.constantFrom('"', "'");
const present = fc.constantFrom(null, null, "True", "true", "False", "1", "no");

describe("Mending definitions", () => {
  it("leaves nothing to mend in any YAML block style", async () => {
    const flavor = fc
      .record({
        present,
        trailing,
        blank,
        quote,
        indent: fc.constantFrom(2, 4),
        map: fc.boolean(),
        order: fc.boolean(),
      })
      .map(({ present, trailing, blank, quote, indent, map, order }) => {
        const step = " ".repeat(indent);
        const spec = present === null ? [] : [`${quote}hw_rng:allowed${quote}: ${quote}${present}${quote}${trailing}`];
        const other = `${quote}hw:cpu_policy${quote}: shared${trailing}`;
        const specs = order ? [...spec, other] : [other, ...spec];
        const below = map || present !== null ? [`extra_specs:${trailing}`, ...specs.map((s) => step + s)] : [];
        const lines = [
          `- openstack.cloud.compute_flavor:`,
          ...["name: x", "ram: 1", ...below].map((l) => `${step}  ${l}`),
        ];
        return `${lines.join("\n")}\n${blank}`;
      });
    const file = fc.tuple(fc.array(flavor, { minLength: 1, maxLength: 4 }), lineBreak, fc.boolean());
    await fc.assert(
      fc.asyncProperty(file, async ([flavors, nl, ends]) => {
        const text = flavors.join("").replaceAll("\n", nl);
        await assertMends("/tasks.yml", ends ? text : text.trimEnd());
      }),
      { numRuns: 150 },
    );
  });

  it("leaves nothing to mend in any YAML flow style", async () => {
    const flavor = fc
      .record({ present, pad: fc.constantFrom("", " "), comma: fc.constantFrom("", ","), specs: fc.boolean() })
      .map(({ present, pad, comma, specs }) => {
        const spec = present === null ? [] : [`"hw_rng:allowed": "${present}"`];
        const inner = [...(specs ? ['"hw:cpu_policy": shared'] : []), ...spec].join(", ");
        const map = `{${inner === "" ? "" : pad + inner + comma + pad}}`;
        return `- os_nova_flavor: { name: x, ram: 1, extra_specs: ${map} }\n`;
      });
    await fc.assert(
      fc.asyncProperty(fc.array(flavor, { minLength: 1, maxLength: 4 }), async (flavors) => {
        await assertMends("/tasks.yml", flavors.join(""));
      }),
      { numRuns: 150 },
    );
  });

  it("leaves nothing to mend in any style of Terraform", async () => {
    const flavor = fc
      .record({
        present,
        trailing,
        shape: fc.constantFrom("lines", "one line", "empty", "none", "null"),
        comma: fc.constantFrom("", ","),
        separator: fc.constantFrom("=", ":"),
        merge: fc.boolean(),
      })
      .map(({ present, trailing, shape, comma, separator, merge }) => {
        const entry = (key: string, value: string): string => `"${key}" ${separator} "${value}"`;
        const spec = present === null ? [] : [entry("hw_rng:allowed", present)];
        const entries = [entry("hw:cpu_policy", "shared"), ...spec];
        const object = {
          lines: `{\n${entries.map((e) => `    ${e}${comma}${trailing}\n`).join("")}  }`,
          "one line": `{ ${entries.join(", ")}${comma} }`,
          empty: "{}",
          none: null,
          null: "null",
        }[shape];
        const value = merge && object !== null && object !== "null" ? `merge({ x = "y" }, ${object})` : object;
        const specs = value === null ? "" : `  extra_specs = ${value}${trailing}\n`;
        return (label: number) =>
          `resource "openstack_compute_flavor_v2" "f${label}" {\n  name = "x${label}"${trailing}\n${specs}}\n\n`;
      });
    const file = fc.tuple(fc.array(flavor, { minLength: 1, maxLength: 4 }), lineBreak);
    await fc.assert(
      fc.asyncProperty(file, async ([flavors, nl]) => {
        await assertMends(
          "/main.tf",
          flavors
            .map((f, i) => f(i))
            .join("")
            .replaceAll("\n", nl),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("gives a map that is there by name only its first entry", async () => {
    const text = "- os_nova_flavor:\n    name: x\n    extra_specs: # none yet\n    ram: 1\n";
    assert.equal(
      await assertMends("/t.yml", text),
      '- os_nova_flavor:\n    name: x\n    extra_specs: # none yet\n      hw_rng:allowed: "True"\n    ram: 1\n',
    );
    await assertMends("/t.yml", text.replace("extra_specs:", "extra_specs: null"));
    await assertMends("/t.yml", text.replace("extra_specs: # none yet", 'extra_specs:\n      "hw_rng:allowed":'));
  });

  it("adds to the map that holds the entries, once for all that share it", async () => {
    const text = `- vars:
    openstack_flavors:
      - &small
        name: a
        ram: 1
        vcpus: 1
        extra_specs: &specs
          hw:cpu_policy: shared
      - <<: *small
        name: b
      - name: c
        ram: 1
        vcpus: 1
        extra_specs: *specs
      - name: d
        ram: 1
        vcpus: 1
        extra_specs:
          <<: *specs
          hw:mem_page_size: large
`;
    const after = await assertMends("/v.yml", text);
    assert.equal(after.match(/hw_rng:allowed/g)?.length, 2);
  });

  it("makes an edit once that several findings ask for", () => {
    const at = { file: "/x", start: 1, end: 1 };
    const edit = { at, text: "-" };
    assert.equal(applyEdits("ab", [edit, edit, { at: { ...at, start: 2, end: 2 }, text: "c" }]), "a-bc");
  });
});
