import assert from "node:assert/strict";
import { parseSampleFormat, SAMPLE_FORMAT_IDS, sampleFormatId } from "../../src/formats/sample-format";
import { NON_IID } from "../../src/vscode/items";
import {
  bitsChoices,
  formatChoices,
  imageChoices,
  imageNames,
  itemChoices,
  machineChoices,
  methodChoices,
} from "../../src/vscode/picker-model";

const local = { kind: "machine", name: "this machine", address: "local" } as const;
const machine = (name: string, address: string) => ({ kind: "machine", name, address }) as const;

describe("the choice of machines", () => {
  it("offers the configured ones, those entered before, this one, and to enter another", () => {
    const earlier = [machine("ssh://me@b", "ssh://me@b"), machine("a", "ssh://me@a"), local];
    const choices = machineChoices(local, [machine("a", "ssh://me@a")], earlier, []);
    assert.deepEqual(
      choices.map(({ label, group }) => [label, group]),
      [
        ["$(vm) a", "configured"],
        ["$(vm) ssh://me@b", "entered before"],
        ["$(vm) this machine", "other"],
        ["$(add) Enter an address...", "other"],
      ],
    );
  });
});

describe("the choice of machines that the SSH configuration names", () => {
  it("says where each leads, and leaves out those that are known by another name", () => {
    const aliased = ["lab", "known", "before"].map((name) => ({
      machine: machine(`ssh://${name}`, `ssh://${name}`),
      leadsTo: `ada@${name}.example.org:22 via gate`,
    }));
    const earlier = [machine("ssh://before", "ssh://before")];
    const choices = machineChoices(local, [machine("mine", "ssh://known")], earlier, aliased);
    const [, , lab] = choices;
    assert.deepEqual(
      choices.map(({ label }) => label),
      ["$(vm) mine", "$(vm) ssh://before", "$(vm) lab", "$(vm) this machine", "$(add) Enter an address..."],
    );
    assert.deepEqual(
      [lab.description, lab.group, lab.value],
      ["ada@lab.example.org:22 via gate", "from your SSH configuration", machine("ssh://lab", "ssh://lab")],
    );
  });
});

describe("the choice of bits per symbol", () => {
  it("offers the width of the data first, and leaves it to the data", () => {
    const [first, ...others] = bitsChoices(3, null);
    assert.deepEqual([first.label, first.description, first.value], ["3 bits", "as the data use", { bits: null }]);
    assert.deepEqual(
      others.map(({ value }) => (value === "other-format" ? value : value.bits)),
      [1, 2, 4, 5, 6, 7, 8, "other-format"],
    );
  });

  it("offers the width that was stated last time first", () => {
    const [first, ...others] = bitsChoices(3, 8);
    assert.deepEqual([first.label, first.description, first.value], ["8 bits", "as last time", { bits: 8 }]);
    assert.ok(others.some(({ label, description }) => label === "3 bits" && description === "as the data use"));
  });

  it("calls one bit one bit", () => {
    assert.equal(bitsChoices(1, null)[0].label, "1 bit");
  });
});

describe("the choice of a format", () => {
  const bytes = { format: parseSampleFormat("bytes"), reason: "nothing speaks against it" };
  const choices = formatChoices({
    ...bytes,
    alternatives: [{ format: parseSampleFormat("u32le"), reason: "by size" }],
  });

  it("offers the guess first, then what else it may be, each with the reason", () => {
    assert.deepEqual(
      choices.slice(0, 2).map(({ value, description }) => [sampleFormatId(value), description]),
      [
        ["bytes", "nothing speaks against it"],
        ["u32le", "by size"],
      ],
    );
  });

  it("offers every format once", () => {
    assert.deepEqual(choices.map(({ value }) => sampleFormatId(value)).toSorted(), [...SAMPLE_FORMAT_IDS].sort());
  });
});

describe("the choice of results", () => {
  it("tells files of the same name apart", () => {
    const choices = itemChoices([
      { kind: "samples", file: "/a/x.bin", bits: null, format: null, method: NON_IID },
      { kind: "samples", file: "/b/x.bin", bits: 8, format: null, method: NON_IID },
    ]);
    assert.deepEqual(
      choices.map(({ label, description }) => [label, description]),
      [
        ["$(file-binary) x.bin", "/a/x.bin"],
        ["$(file-binary) x.bin", "/b/x.bin"],
      ],
    );
  });
});

describe("the choice of a method", () => {
  it("begins with the track that takes any source", () => {
    const [first, ...others] = methodChoices(null);
    assert.deepEqual([first.label, first.value], ["Non-IID track", NON_IID]);
    assert.deepEqual(
      others.map(({ label }) => label),
      ["Both tracks", "IID track", "Conditioned output", "Non-IID track, bitstring truncated"],
    );
  });

  it("begins with that of the last time", () => {
    const last = { ...NON_IID, track: "both" } as const;
    const [first, second] = methodChoices(last);
    assert.deepEqual([first.value, second.value], [last, NON_IID]);
    assert.match(first.description, /^as last time: /);
  });
});

describe("the choice of images for sample instances", () => {
  it("is one by the standard's order, some by name, or every public one", () => {
    assert.deepEqual(
      imageChoices([]).map(({ value }) => (value === "enter" ? value : value.by)),
      ["order", "enter", "all-public"],
    );
  });

  it("begins with those of the last time, by their ids, told by their names", () => {
    const [first, ...others] = imageChoices([
      { id: "1a", name: "Debian 12" },
      { id: "2b", name: "Ubuntu 24.04" },
    ]);
    assert.deepEqual(first.value, { by: "name", names: ["1a", "2b"] });
    assert.equal(first.description, "Debian 12, Ubuntu 24.04");
    assert.equal(others.length, 3);
  });

  it("takes names and patterns with commas between them", () => {
    assert.deepEqual(imageNames(" Debian*, Ubuntu 24.04 ,,"), ["Debian*", "Ubuntu 24.04"]);
    assert.deepEqual(imageNames(" , "), []);
  });
});
