import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configOf, findClouds } from "../../src/vscode/clouds";
import { idOf, isOpenrc, itemOf, OF_ENVIRONMENT, placeOfItem } from "../../src/vscode/items";
import { userError } from "../formats/clouds-folder";
import { cloudReport } from "./fixtures";

const VARIABLES = { OS_AUTH_URL: "https://env.example/v3", OS_USERNAME: "u", OS_PASSWORD: "p" };

describe("The clouds of a window", () => {
  let folder: string;
  let openrc: string;
  const before = process.env;
  const nobody = () => Promise.resolve(null);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "entropy-check-clouds-"));
    openrc = join(folder, "p-openrc.sh");
    writeFileSync(openrc, "export OS_AUTH_URL=https://rc.example/v3 OS_USERNAME=u\nread -sr OS_PASSWORD\n");
    writeFileSync(join(folder, "clouds.yaml"), "clouds: {a: {auth: {auth_url: https://a.example/v3, token: t}}}");
    process.env = Object.fromEntries(Object.entries(before).filter(([name]) => !name.startsWith("OS_")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    process.env = before;
  });

  const find = async () => (await findClouds({ folders: [folder], files: [], openrc: [openrc] })).clouds;

  it("are those of clouds.yaml, of the variables that the editor was started with, and of openrc files", async () => {
    Object.assign(process.env, VARIABLES);
    const clouds = await find();
    assert.deepEqual(
      clouds.map(({ name, file }) => [name, file]),
      [
        ["a", join(folder, "clouds.yaml")],
        ["envvars", OF_ENVIRONMENT],
        ["p-openrc.sh", openrc],
      ],
    );
    const urls = await Promise.all(
      clouds.map(async (cloud) => (await configOf(cloud, () => Promise.resolve("x"))).authUrl),
    );
    assert.deepEqual(urls, ["https://a.example/v3", "https://env.example/v3", "https://rc.example/v3"]);
  });

  it("have the variables only where there are any", async () => {
    assert.deepEqual(
      (await find()).map(({ name }) => name),
      ["a", "p-openrc.sh"],
    );
    const gone = configOf({ name: "envvars", file: OF_ENVIRONMENT }, nobody);
    await assert.rejects(gone, userError("formats-cloud-unknown", "envvars"));
  });

  it("ask for the password that an openrc file asks for", async () => {
    const attempt = configOf({ name: "p-openrc.sh", file: openrc }, nobody);
    await assert.rejects(attempt, userError("formats-cloud-secret-missing", "OS_PASSWORD"));
  });

  it("are the same items again when their reports are restored", () => {
    const { source } = cloudReport();
    const ofEnvironment = itemOf(cloudReport({ source: { ...source, name: "envvars", definedAt: null } }));
    assert.equal(idOf(ofEnvironment), idOf({ kind: "cloud", name: "envvars", file: OF_ENVIRONMENT }));
    assert.match(placeOfItem(ofEnvironment), /environment/);
    const definedAt = { file: openrc, line: 0 };
    const ofFile = itemOf(cloudReport({ source: { ...source, name: "p-openrc.sh", definedAt } }));
    assert.equal(idOf(ofFile), `cloud:p-openrc.sh@${openrc}`);
    assert.deepEqual(
      ["/x/clouds.yaml", "/x/c.YML", "/x/c.json", "/x/openrc", "/x/p-openrc.sh", OF_ENVIRONMENT].map(isOpenrc),
      [false, false, false, true, true, false],
    );
  });
});
