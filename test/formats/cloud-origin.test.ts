import assert from "node:assert/strict";
import { unsupportedAuth } from "../../src/formats/auth-types";
import { howToWrite, placeOf, settingAt, settingsAt, type CloudOrigin } from "../../src/formats/cloud-origin";
import { cloudSecretEmpty, cloudSecretMissing, cloudSettingInvalid, regionUnknown } from "../../src/formats/errors";

const entry = { kind: "clouds.yaml", cloud: "north", files: ["/c/clouds.yaml"] } as const;
const both = { ...entry, files: ["/c/clouds.yaml", "/s/secure.yaml"] } as const;
const environment = { kind: "environment" } as const;
const openrc = { kind: "openrc", file: "/c/openrc" } as const;

describe("A setting of a cloud is spoken of by name and place", () => {
  for (const [origin, ...told] of [
    [
      entry,
      "of cloud north in /c/clouds.yaml",
      "cert of cloud north in /c/clouds.yaml",
      "a, b and c of cloud north in ",
    ],
    [
      both,
      "of cloud north in /c/clouds.yaml and /s/secure.yaml",
      "cert of cloud north",
      "a, b and c of cloud north in ",
    ],
    [environment, "in the environment", "OS_CERT in the environment", "OS_A, OS_B and OS_C in the environment"],
    [openrc, "in /c/openrc", "OS_CERT in /c/openrc", "OS_A, OS_B and OS_C in /c/openrc"],
  ] as const satisfies readonly (readonly [CloudOrigin, ...string[]])[]) {
    it(`where it is written ${placeOf(origin)}`, () => {
      const [place, one, several] = told;
      assert.equal(placeOf(origin), place);
      assert.ok(settingAt(origin, "cert").startsWith(one), settingAt(origin, "cert"));
      assert.ok(settingsAt(origin, ["a", "b", "c"], "and").startsWith(several));
    });
  }

  it("and how to write it follows from the place", () => {
    assert.equal(howToWrite(["auth_url"], entry), "Write auth_url below auth: of cloud north in /c/clouds.yaml.");
    assert.equal(howToWrite(["a", "b"], environment), "Set OS_A or OS_B in the environment.");
    assert.equal(howToWrite(["a"], openrc), "Add a line to /c/openrc: export OS_A='...'.");
    assert.equal(howToWrite(["a", "b"], openrc), "Add a line to /c/openrc: export OS_A='...' (or OS_A or OS_B).");
  });

  for (const [what, error, key] of [
    ["a secret that is missing", cloudSecretMissing, "password"],
    ["a secret that is empty", cloudSecretEmpty, "password"],
    [
      "a value that is none",
      (c: string, k: string, o: CloudOrigin) => cloudSettingInvalid(c, k, "a text", o),
      "verify",
    ],
    [
      "a login of another kind",
      (c: string, _: string, o: CloudOrigin) => unsupportedAuth(c, "v3oidcpassword", o),
      "auth_type",
    ],
  ] as const) {
    it(`in the messages of ${what}`, () => {
      const told = (origin: CloudOrigin): string => {
        const { message, remedy } = error("north", key, origin);
        return `${message} ${remedy}`;
      };
      assert.match(told(entry), new RegExp(`${key}.* of cloud north in /c/(clouds|secure)\\.yaml`));
      assert.doesNotMatch(told(entry), /OS_/);
      for (const [origin, place] of [
        [environment, "in the environment"],
        [openrc, "/c/openrc"],
      ] as const) {
        assert.ok(told(origin).includes(`OS_${key.toUpperCase()}`), told(origin));
        assert.ok(told(origin).includes(place), told(origin));
        assert.doesNotMatch(told(origin), /clouds\.yaml|secure\.yaml/);
      }
    });
  }

  it("and a secret that is missing is best written where secrets are kept", () => {
    assert.match(cloudSecretMissing("north", "password", entry).remedy, / \/c\/secure\.yaml/);
    assert.match(cloudSecretMissing("north", "password", both).remedy, / \/s\/secure\.yaml/);
  });

  it("and a region that is unknown is added where the others are", () => {
    assert.match(regionUnknown("north", "x", ["y"], entry).remedy, /regions of cloud north in \/c\/clouds\.yaml/);
  });

  it("and a region that the environment has chosen for the entry is told as the environment's", () => {
    const chosen = { ...entry, regionOfEnvironment: true } as const;
    const region = "OS_REGION_NAME in the environment";
    const interfaceOf = "interface of cloud north in /c/clouds.yaml";
    assert.equal(settingsAt(chosen, ["region_name", "interface"], "or"), `${region} or ${interfaceOf}`);
    assert.equal(settingAt(chosen, "region_name"), region);
    assert.match(
      regionUnknown("north", "x", ["y"], chosen).remedy,
      /^Set OS_REGION_NAME in the environment to one of: y;/,
    );
  });
});
