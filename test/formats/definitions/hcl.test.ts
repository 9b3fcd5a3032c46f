import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHcl } from "../../../src/formats/definitions/hcl";
import { literalOf, type HclBody, type HclExpression } from "../../../src/formats/definitions/hcl-syntax";
import { TERRAFORM_FLAVORS, TERRAFORM_IMAGES, TERRAFORM_LOCALS } from "./samples";

/** The value of the only attribute. */
function valueOf(text: string): HclExpression {
  const { attributes } = parseHcl(text);
  assert.equal(attributes.length, 1);
  return attributes[0].value;
}

/** Every span in a tree. */
function spansOf(value: unknown): { start: number; end: number }[] {
  if (Array.isArray(value)) return value.flatMap(spansOf);
  if (typeof value !== "object" || value === null) return [];
  const own =
    "start" in value && typeof value.start === "number" && "end" in value && typeof value.end === "number"
      ? [{ start: value.start, end: value.end }]
      : [];
  return [...own, ...Object.values(value).flatMap(spansOf)];
}

function assertWithin(text: string, body: HclBody): void {
  for (const { start, end } of spansOf(body)) assert.ok(start >= 0 && start <= end && end <= text.length);
}

const shape = ({ attributes, blocks }: HclBody): unknown => ({
  attributes: attributes.map(({ name }) => name),
  blocks: blocks.map(({ type, labels, body }) => ({ [[type, ...labels].join(" ")]: shape(body) })),
});

describe("HCL", () => {
  it("is bodies of attributes and blocks, with comments of three kinds", () => {
    const text = `# one
a = 1 // two
block "x" y {
  b = "c" /* three
  still */ d = true
  inner {}
}
`;
    assert.deepEqual(shape(parseHcl(text)), {
      attributes: ["a"],
      blocks: [{ "block x y": { attributes: ["b", "d"], blocks: [{ inner: { attributes: [], blocks: [] } }] } }],
    });
  });

  it("has the place of everything", () => {
    const text = 'resource "t" "n" {\n  name = "x" # why\n}\n';
    const [block] = parseHcl(text).blocks;
    assert.equal(text.slice(block.head.start, block.head.end), 'resource "t" "n"');
    const [{ nameSpan, value }] = block.body.attributes;
    assert.equal(text.slice(nameSpan.start, nameSpan.end), "name");
    assert.equal(text.slice(value.span.start, value.span.end), '"x"');
  });

  for (const [text, literal] of [
    ['a = "plain"', "plain"],
    ['a = "tab\\t \\"quoted\\" \\u00e9 \\\\"', 'tab\t "quoted" é \\'],
    ['a = "$${not} %%{this}"', "${not} %{this}"],
    ["a = <<EOT\none\ntwo\nEOT\n", "one\ntwo\n"],
    ["a = <<-EOT\n  one\n  EOT\n", "  one\n"],
  ]) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(literalOf(valueOf(text)), literal);
    });
  }

  for (const [text, kind] of [
    ["a = -1.5e3", "number"],
    ["a = true", "boolean"],
    ["a = null", "null"],
    ["a = local.b.c", "reference"],
    ['a = each.value["b"]', "reference"],
    ["a = f(1, [2], {})", "call"],
    ["a = (local.b)", "reference"],
    ["a = 1 + 2", "other"],
    ["a = b ? c : d", "other"],
    ["a = b[*].c", "other"],
    ["a = f(b).c", "other"],
    ["a = [for x in y : x]", "other"],
    ["a = { for k, v in y : k => v }", "other"],
    ["a = !b", "other"],
    ['a = "x-${local.b}"', "template"],
  ]) {
    it(`takes ${text} for a ${kind}, to its end`, () => {
      const value = valueOf(`${text} # end\n`);
      assert.equal(value.kind, kind);
      assert.equal(value.span.end, text.endsWith(")") && kind === "reference" ? text.length - 1 : text.length);
    });
  }

  it("reads objects with either separator, with commas and without, with keys in quotes and bare", () => {
    const value = valueOf('a = {\n  "b:c" = 1,\n  d : 2\n  (e) = 3\n  f = { g = 4 }\n}');
    assert.ok(value.kind === "object");
    assert.deepEqual(
      value.items.map(({ key, separator, comma }) => [key, separator, comma]),
      [
        ["b:c", "=", true],
        ["d", ":", false],
        [null, "=", false],
        ["f", "=", false],
      ],
    );
  });

  it("goes on with the next resource after one that is half typed", () => {
    for (const half of [
      'name = "',
      "extra_specs = {",
      "extra_specs = merge(",
      'extra_specs = { "a" = ',
      "name = [",
      "x {",
    ])
      assert.deepEqual(
        parseHcl(`resource "a" "b" {\n  ${half}\n\nresource "c" "d" {\n  name = "x"\n}\n`).blocks.map(
          ({ labels }) => labels,
        ),
        [
          ["a", "b"],
          ["c", "d"],
        ],
        half,
      );
  });

  it("reads any text to its end, with every place within it", () => {
    const piece = fc.constantFrom(
      ...Array.from('{}[]()"=,.:#\n $%\\-'),
      "/*",
      "*/",
      "<<EOT\n",
      "${",
      "resource ",
      'resource "a" "b" {\n',
      "for ",
      "local.x",
      "merge(",
      "1",
      "é",
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (anything) => assertWithin(anything, parseHcl(anything))),
      { numRuns: 3000 },
    );
  });

  it("reads every beginning of a real file, as it is while it is typed", () => {
    const whole = TERRAFORM_LOCALS + TERRAFORM_FLAVORS + TERRAFORM_IMAGES;
    for (let end = 0; end <= whole.length; end++) assertWithin(whole, parseHcl(whole.slice(0, end)));
  });

  it("reads in a moment what opens again and again and closes nothing", () => {
    // each of these would take twice as long as the one before, were what follows read anew for each that is not closed
    for (const open of ['"${ [\n', '"${f(\n', '"${{\na=', '"${ (\n', '("${"', "(["]) {
      const text = `a = [${open.repeat(300)}`;
      assertWithin(text, parseHcl(text));
    }
  });

  it("steps over nesting that no person writes", () => {
    for (const open of ["{", "[", "(", "a = {", "a {\n", 'a = "${', "f("]) parseHcl(`a = ${open.repeat(50_000)}`);
  });
});
