import assert from "node:assert/strict";
import { checkCloudChoices, cloudChoices, NO_CLOUD, noCloudIn } from "../../src/vscode/cloud-choices";
import { OF_ENVIRONMENT } from "../../src/vscode/items";

describe("the choice of clouds", () => {
  it("names the file beside each cloud when there is one file", () => {
    const [choice] = cloudChoices([{ kind: "cloud", name: "a", file: "/x/clouds.yaml" }]);
    assert.deepEqual([choice.label, choice.description, choice.group], ["$(cloud) a", "/x/clouds.yaml", ""]);
  });

  it("says of the environment's cloud where it is from", () => {
    const [choice] = cloudChoices([{ kind: "cloud", name: "envvars", file: OF_ENVIRONMENT }]);
    assert.match(choice.description, /environment/);
  });

  it("groups the clouds by file when there are several", () => {
    const choices = cloudChoices([
      { kind: "cloud", name: "a", file: "/x/clouds.yaml" },
      { kind: "cloud", name: "a", file: "/y/clouds.yaml" },
    ]);
    assert.deepEqual(
      choices.map(({ group }) => group),
      ["/x/clouds.yaml", "/y/clouds.yaml"],
    );
  });
});

describe("the choice of clouds to check", () => {
  const cloud = (name: string) => ({ kind: "cloud", name, file: "/x/clouds.yaml" }) as const;

  it("offers all and some below the single ones when there are several", () => {
    const [a, b] = [cloud("a"), cloud("b")];
    assert.deepEqual(
      checkCloudChoices([a, b]).map(({ label, value, group }) => [label, value, group]),
      [
        ["$(cloud) a", [a], ""],
        ["$(cloud) b", [b], ""],
        ["$(checklist) All 2 clouds", [a, b], "several"],
        ["$(list-selection) Choose several...", "some", "several"],
      ],
    );
  });

  it("is of the only one when there is one", () => {
    assert.deepEqual(
      checkCloudChoices([cloud("a")]).map(({ value }) => value),
      [[cloud("a")]],
    );
  });
});

describe("the choice where no cloud is known", () => {
  it("offers an openrc file first, then the settings and the demo", () => {
    assert.deepEqual(
      NO_CLOUD.map(({ value }) => value),
      ["openrc", "settings", "demo"],
    );
  });

  it("says where clouds.yaml was looked for", () => {
    assert.equal(
      noCloudIn(["/home/adam", "/home/ada/.config/openstack", "/etc/openstack"], "/home/ada"),
      "No clouds.yaml names a cloud in /home/adam, ~/.config/openstack, /etc/openstack",
    );
  });
});
