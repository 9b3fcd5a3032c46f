import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import { stringify } from "yaml";
import { UserError } from "../../src/errors";
import {
  findCloudsYaml,
  readCloudsYaml,
  resolveCloud,
  type AskSecret,
  type CloudConfig,
  type CloudsFiles,
} from "../../src/formats/clouds-yaml";

/** A folder of the test's own, new for each. */
export let folder: string;

/** To be called once in each suite. */
export function useFolder(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "clouds-yaml-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
}

export async function write(path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Looks only below the test's own folder. */
export function find(env: Record<string, string> = {}): CloudsFiles {
  return findCloudsYaml({
    folders: [join(folder, "here"), join(folder, "there")],
    home: join(folder, "home"),
    env: { XDG_CONFIG_DIRS: join(folder, "site"), ...env },
    platform: "linux",
  });
}

export async function resolved(
  clouds: string,
  secure: string | null = null,
  askSecret?: AskSecret,
): Promise<CloudConfig> {
  await write("here/clouds.yaml", clouds);
  if (secure !== null) await write("here/secure.yaml", secure);
  return resolveCloud(await readCloudsYaml(find()), "c", askSecret);
}

/** A cloud named c, of the given members, with a password login that works. */
export function cloud(members: Record<string, unknown>, auth: Record<string, unknown> = {}): string {
  return stringify({
    clouds: {
      c: { ...members, auth: { auth_url: "https://keystone.example/v3", username: "u", password: "p", ...auth } },
    },
  });
}

export function userError(code: string, ...words: readonly string[]): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UserError, inspect(error));
    assert.equal(error.code, code);
    for (const word of words)
      assert.ok(`${error.message} ${error.remedy}`.includes(word), `${error.message} | ${word}`);
    assert.notEqual(error.remedy, "");
    return true;
  };
}
