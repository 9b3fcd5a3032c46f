import assert from "node:assert/strict";
import fc from "fast-check";
import { INSTANCE_DEFAULTS } from "../../src/operations/instance-choices";
import {
  parseInstanceChoices,
  parseLintMappings,
  parseLintOff,
  parseMachines,
  parsePaths,
  parseProfile,
  parseSeed,
} from "../../src/vscode/settings-model";

const base = { folder: "/lab", home: "/home/me" };

describe("the setting of machines", () => {
  it("resolves relative paths against the folder, and ~ against home", () => {
    const setting = [{ name: "a", address: "ssh://me@a", identityFile: "keys/id", knownHostsFile: "~/.ssh/lab_hosts" }];
    assert.deepEqual(parseMachines(setting, base), [
      { name: "a", address: "ssh://me@a", identityFile: "/lab/keys/id", knownHostsFile: "/home/me/.ssh/lab_hosts" },
    ]);
  });

  it("resolves the log of a console likewise", () => {
    const addresses = ["console:logs/boot.log", "console:~/boot.log", "console:/var/boot.log", "local"];
    assert.deepEqual(
      parseMachines(
        addresses.map((address) => ({ name: "a", address })),
        base,
      ).map(({ address }) => address),
      ["console:/lab/logs/boot.log", "console:/home/me/boot.log", "console:/var/boot.log", "local"],
    );
  });

  it("takes machines without files of their own", () => {
    assert.deepEqual(parseMachines([{ name: "a", address: "local" }], base), [
      { name: "a", address: "local", identityFile: null, knownHostsFile: null },
    ]);
  });

  it("leaves out what is no machine, whatever it is", () => {
    const setting = [
      null,
      7,
      "ssh://a",
      {},
      { name: "a" },
      { name: "", address: "local" },
      { name: 1, address: "local" },
    ];
    assert.deepEqual(parseMachines(setting, base), []);
    fc.assert(fc.property(fc.anything(), (anything) => Array.isArray(parseMachines(anything, base))));
  });
});

describe("a setting of paths", () => {
  it("makes them absolute", () => {
    assert.deepEqual(parsePaths(["a.yaml", "/b.yaml", "~/c.yaml", "~", "", 3], base), [
      "/lab/a.yaml",
      "/b.yaml",
      "/home/me/c.yaml",
      "/home/me",
    ]);
  });

  it("is no path when it is no list", () => {
    assert.deepEqual(parsePaths("a.yaml", base), []);
  });
});

describe("the seed of the IID tests", () => {
  it("is a whole number that doubles hold exactly, and another one each time otherwise", () => {
    assert.equal(parseSeed(0), 0);
    assert.equal(parseSeed(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    for (const setting of [null, undefined, -1, 0.5, 2 ** 53, "7"]) assert.equal(parseSeed(setting), null);
  });
});

describe("the settings of the definitions", () => {
  it("switch systems off by name, and know no other", () => {
    assert.deepEqual([...parseLintOff(["heat", "terraform", "puppet", 1])], ["terraform", "heat"]);
    fc.assert(fc.property(fc.anything(), (anything) => parseLintOff(anything) instanceof Set));
  });

  it("map files of one's own below their folder, and leave out what is no mapping", () => {
    const mapping = { files: "flavors/*.yaml", resource: "flavor", properties: "extra_specs" };
    assert.deepEqual(parseLintMappings([mapping, { ...mapping, resource: "server" }, { ...mapping, items: 1 }], base), [
      { ...mapping, folder: base.folder, items: "" },
    ]);
    fc.assert(fc.property(fc.anything(), (anything) => Array.isArray(parseLintMappings(anything, base))));
  });
});

describe("the setting of the profile", () => {
  it("is a version of SCS-0101 by its id, and the default one for what is none", () => {
    assert.equal(parseProfile("v1.1-2026").id, "v1.1-2026");
    for (const none of ["v9", null, 1]) assert.equal(parseProfile(none).id, "w1-2024");
  });
});

describe("the settings of sample instances", () => {
  const { flavor, network, askedBy, floatingAddress, user, mirror, timeout } = INSTANCE_DEFAULTS;
  const defaults = { flavor, network, askedBy, floatingAddress, user, mirror, timeout };
  const parse = (settings: Readonly<Record<string, unknown>>) => parseInstanceChoices((choice) => settings[choice]);

  it("are what the command does without options, where they are empty or wrong", () => {
    assert.deepEqual(parse({}), defaults);
    const wrong = { flavor: " ", network: 1, askedBy: "telepathy", floatingAddress: "yes", user: "", timeout: -1 };
    assert.deepEqual(parse(wrong), defaults);
  });

  it("are all that the command has options for", () => {
    const all = {
      ...{ flavor: "SCS-1V-4", network: "lab", askedBy: "ssh", floatingAddress: true },
      ...{ user: "debian", mirror: "http://mirror.lab/debian", timeout: 1800 },
    };
    assert.deepEqual(parse(all), all);
  });
});
