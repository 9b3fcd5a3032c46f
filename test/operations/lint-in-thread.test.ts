import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LintThread } from "../../src/operations/lint-in-thread";
import { bundles } from "../bundles";

const TEXT = "mandatory:\n  - name: small\n    cpus: 1\n";
const SETTINGS = { mappings: [], off: new Set<never>() };

describe("Linting in a thread of its own", () => {
  let folder: string;
  let script: string;
  let thread: LintThread;
  let file: string;
  const never = new AbortController().signal;
  const lint = (open: Readonly<Record<string, string>> = {}, signal = never) =>
    thread.lint({ file, open: new Map(Object.entries(open)), settings: SETTINGS }, signal);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "entropy-check-lint-thread-"));
    script = join(bundles(), "lint-thread.js");
    file = join(folder, "flavors.yaml");
    await writeFile(file, TEXT);
  });

  beforeEach(() => {
    thread = new LintThread(script);
  });

  afterEach(() => thread.dispose());

  after(() => rm(folder, { recursive: true }));

  it("finds what the linter finds, and leaves out what passes", async () => {
    const found = (await lint()).map(({ rule, verdict }) => [rule, verdict]);
    assert.deepEqual(found, [["scs-0101-flavor-definition", "fail"]]);
    await writeFile(file, `${TEXT}    hw_rng:allowed: "True"\n`);
    assert.deepEqual(await lint(), []);
    await writeFile(file, TEXT);
  });

  it("reads what is open as it is shown, not as the disk has it", async () => {
    assert.deepEqual(await lint({ [file]: `${TEXT}    hw_rng:allowed: "True"\n` }), []);
  });

  it("answers several requests at once, each its own", async () => {
    const [wrong, right] = await Promise.all([lint(), lint({ [file]: `${TEXT}    hw_rng:allowed: "True"\n` })]);
    assert.deepEqual([wrong.length, right.length], [1, 0]);
  });

  it("forgets what is aborted, and goes on with the next", async () => {
    const run = new AbortController();
    const aborted = lint({}, run.signal);
    run.abort(new Error("typed on"));
    await assert.rejects(aborted, /typed on/);
    await assert.rejects(lint({}, run.signal), /typed on/);
    assert.equal((await lint()).length, 1);
  });

  it("tells what cannot be read", async () => {
    const gone = thread.lint({ file: join(folder, "gone.yaml"), open: new Map(), settings: SETTINGS }, never);
    await assert.rejects(gone, /gone\.yaml cannot be read/);
  });

  it("leaves nobody waiting when the thread ends, and starts another for the next request", async () => {
    const lost = lint();
    const rejected = assert.rejects(lost, /thread ended/);
    await thread.dispose();
    await rejected;
    assert.equal((await lint()).length, 1);
  });

  it("keeps no process alive while nothing is asked of it", async () => {
    const ports = (): number => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
    const before = ports();
    await lint();
    assert.equal(ports(), before);
  });

  it("tells why a thread cannot start", async () => {
    const broken = new LintThread(join(folder, "no-such-script.js"));
    await assert.rejects(broken.lint({ file, open: new Map(), settings: SETTINGS }, never), /thread ended: .*no-such/);
  });
});
