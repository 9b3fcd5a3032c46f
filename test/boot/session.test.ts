import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { until } from "../until";
import { bootFolder, bootOnceFor, content, define, gone, leftovers, never, script } from "./support";

/** The code of the UserError that something rejects with, and its message. */
async function refusal(promise: Promise<unknown>): Promise<readonly [code: string, message: string]> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    assert.notEqual(error.remedy, "");
    return [error.code, error.message];
  }
  assert.fail("it did not reject");
}

describe("a boot by a command of one's own", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => (folder = bootFolder()));
  afterEach(() => folder.remove());

  /** A definition whose command is a script. */
  const commanded = (body: string, more = "length: 5\n") => {
    script(join(folder.path, "boot.sh"), body);
    return define(
      folder.path,
      `arch: x86\nsource: hw_rng\n${more}boot: { method: command, command: [./boot.sh, a b, $HOME] }\n`,
    );
  };

  it("finds its orders in the environment, its words as they are, and leaves data, log and .meta", async () => {
    const definition = commanded(
      'echo "$1|$2|$ENTROPY_ARCH|$ENTROPY_SOURCE|$ENTROPY_LENGTH|$ENTROPY_CMDLINE|$ENTROPY_NODENAME"; printf 12345 >"$ENTROPY_OUTPUT"',
      "length: 5\nbuildid: b1\nnodename: lab\nwords: [quiet]\n",
    );
    const { data, log, meta } = await bootOnceFor(definition, { number: 41 });
    const commandLine = "quiet kernel.entropy-test.src=hw_rng kernel.entropy-test.len=5 zircon.nodename=lab ";
    assert.equal(data, "12345");
    assert.equal(log, `a b|$HOME|x86|hw_rng|5|${commandLine}|lab\n`);
    assert.match(
      meta,
      /^entropy-test command\ndate {9}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\nbuildid {6}b1\narch {9}x86\nsource {7}hw_rng\nlen {10}5\ncmdline {6}quiet /,
    );
    assert.ok(meta.endsWith(`cmdline      ${commandLine}\n`));
    assert.ok(existsSync(join(definition.folder, "entropy.000000041.meta")));
  });

  it("takes any amount of data where no length is stated", async () => {
    assert.equal((await bootOnceFor(commanded('printf abc >"$ENTROPY_OUTPUT"', ""))).data, "abc");
  });

  it("that fails leaves its log but no .meta, and says what it said last", async () => {
    const definition = commanded('printf 12345 >"$ENTROPY_OUTPUT"; echo no board is connected >&2; exit 3');
    assert.deepEqual(await refusal(bootOnceFor(definition)), [
      "boot-failed",
      `${join(folder.path, "boot.sh")} ended with exit code 3: no board is connected.`,
    ]);
    assert.deepEqual(leftovers(definition), { bin: "12345", log: "no board is connected\n", meta: "" });
  });

  for (const [what, body, expected] of [
    [
      "leaves no data",
      "echo booted",
      ["boot-data-missing", 'The boot left no data; the console\'s last words were "booted".'],
    ],
    ["leaves too few", 'printf 123 >"$ENTROPY_OUTPUT"', ["boot-data-missing", "The boot left 3 of 5 bytes."]],
    ["leaves too many", 'printf 123456 >"$ENTROPY_OUTPUT"', ["boot-data-missing", "The boot left 6 of 5 bytes."]],
    [
      "panics",
      "echo '[ 1.0] Kernel panic - not syncing: VFS'; sleep 100",
      ["boot-panic", "The kernel panicked: [ 1.0] Kernel panic - not syncing: VFS"],
    ],
    [
      "does not know the source",
      "echo 'entropy-boot-test: unrecognized source \"hw_rng\"'; sleep 100",
      ["boot-source-unrecognized", 'The kernel knows no entropy source "hw_rng".'],
    ],
    [
      "has no room for the length",
      "echo 'entropy-boot-test: only recording 4 bytes (try defining ENTROPY_COLLECTOR_TEST_MAXLEN)'; sleep 100",
      ["boot-length-limited", "The kernel recorded 4 bytes only, not 5."],
    ],
    [
      "has a source that runs dry",
      "echo 'entropy-boot-test: source only returned 2 bytes.'; sleep 100",
      ["boot-source-short", "The source gave 2 bytes only."],
    ],
    [
      "loses the data",
      "echo 'entropy-boot-test: Failed to write entropy_vmo (data lost)'; sleep 100",
      ["boot-data-lost", "The kernel lost the data: Failed to write entropy_vmo (data lost)"],
    ],
    [
      "says that it skips the test, as its last words without a line's end",
      "printf 'entropy-boot-test: skipping test.'",
      ["boot-test-skipped", "The kernel recorded nothing: skipping test."],
    ],
  ] as const)
    it(`that ${what} is told so`, async () => {
      assert.deepEqual(await refusal(bootOnceFor(commanded(body))), expected);
    });

  it("that says nothing, or goes silent, is ended after its time with all its children", async () => {
    const silent = commanded('sleep 1000 & echo $! >"$0.child"; wait', "timeout: 3\n");
    assert.deepEqual(await refusal(bootOnceFor(silent)), [
      "boot-timeout",
      "The machine said nothing on its console and left no data within 3 seconds.",
    ]);
    await gone(Number(content(join(folder.path, "boot.sh.child"))));
    assert.deepEqual(await refusal(bootOnceFor(commanded("echo starting; sleep 1000", "timeout: 3\n"))), [
      "boot-timeout",
      'The machine left no data within 3 seconds; its last words were "starting".',
    ]);
  });

  it("ends with the test, as soon as that is aborted", async () => {
    const abort = new AbortController();
    const definition = commanded('echo $$ >"$0.pid"; exec sleep 1000', "");
    const boot = bootOnceFor(definition, { signal: abort.signal });
    await until("the command runs", () => content(join(folder.path, "boot.sh.pid")).endsWith("\n"), boot);
    abort.abort(new Error("enough"));
    await assert.rejects(boot, /^Error: enough$/);
    await gone(Number(content(join(folder.path, "boot.sh.pid"))));
    assert.equal(leftovers(definition).meta, "");
  });

  it("that is not there, or may not be run, is an error of its own", async () => {
    const missing = define(folder.path, "arch: x86\nsource: a\nboot: { method: command, command: [./no] }\n");
    assert.equal((await refusal(bootOnceFor(missing)))[0], "boot-program-missing");
    const folderInstead = define(folder.path, "arch: x86\nsource: a\nboot: { method: command, command: [./runs] }\n");
    assert.equal((await refusal(bootOnceFor(folderInstead)))[0], "boot-program-not-started");
  });

  it("by QEMU, where there is none, is told the package that has it", async () => {
    script(join(folder.path, "kernel"), "");
    const definition = define(folder.path, "arch: arm64\nsource: a\nboot: { method: qemu, kernel: kernel }\n");
    const path = process.env["PATH"];
    process.env["PATH"] = folder.path;
    try {
      await assert.rejects(bootOnceFor(definition), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.message, "qemu-system-aarch64 could not be run: there is no such program.");
        assert.equal(error.remedy, "On Debian: apt-get install --no-install-recommends qemu-system-arm");
        return true;
      });
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("does not start once the test is aborted", async () => {
    const definition = commanded('touch "$0.ran"');
    const signal = AbortSignal.abort(new Error("before"));
    await assert.rejects(bootOnceFor(definition, { signal }), /before/);
    assert.ok(!existsSync(join(folder.path, "boot.sh.ran")));
    assert.equal(never.aborted, false);
  });
});

describe("a boot over the network (by stand-ins for Zircon's tools)", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => (folder = bootFolder()));
  afterEach(() => folder.remove());

  it("serves the kernel, fetches until the data are whole, then lets the device boot again", async () => {
    const tools = join(folder.path, "build", "tools");
    const note = (name: string): string => `echo "${name} $*" >>"${folder.path}/calls"`;
    script(join(tools, "bootserver"), `${note("bootserver")}; echo sent; exec sleep 1000`);
    // not up at first, then cut short, then whole
    script(
      join(tools, "netcp"),
      `${note("netcp")}
for out; do :; done
case $(grep -c ^netcp "${folder.path}/calls") in
  1) echo "no such node" >&2; exit 1 ;;
  2) printf 123 >"$out" ;;
  *) printf 12345 >"$out" ;;
esac`,
    );
    script(join(tools, "netaddr"), `${note("netaddr")}; test "$(grep -c ^netaddr "${folder.path}/calls")" -lt 2`);
    script(join(tools, "netruncmd"), note("netruncmd"));
    for (const name of ["zircon.bin", "bootdata.bin"]) script(join(folder.path, "build", name), "");
    script(join(folder.path, "build", "config-buildid.h"), '#define BUILDID "GIT_0123"');
    const definition = define(
      folder.path,
      `arch: arm64
source: jitterentropy
length: 5
nodename: rpi3
boot: { method: netboot, tools: build/tools, kernel: build/zircon.bin, ramdisk: build/bootdata.bin }
`,
    );
    const { data, log, meta, run } = await bootOnceFor(definition);
    assert.equal(data, "12345");
    assert.equal(log, "sent\n");
    const commandLine = "kernel.entropy-test.src=jitterentropy kernel.entropy-test.len=5 zircon.nodename=rpi3 ";
    assert.ok(meta.startsWith("entropy-test netboot\n") && meta.includes("\nbuildid      GIT_0123\n"));
    assert.ok(meta.endsWith(`\ncmdline      ${commandLine}\n`));
    const netcp = `netcp --nowait --timeout=1000 rpi3:/boot/kernel/debug/entropy.bin ${run.bin}`;
    assert.deepEqual(content(join(folder.path, "calls")).trimEnd().split("\n"), [
      `bootserver --tftp -n rpi3 ${join(folder.path, "build/zircon.bin")} ${join(folder.path, "build/bootdata.bin")} -- ${commandLine}`,
      netcp,
      netcp,
      netcp,
      "netaddr --nowait --timeout=1000 rpi3",
      "netruncmd --nowait --timeout=1000 rpi3 dm reboot",
      "netaddr --nowait --timeout=1000 rpi3",
    ]);
  });

  it("tells why the data could not be fetched, when its time is over", async () => {
    const tools = join(folder.path, "tools");
    script(join(tools, "bootserver"), "exec sleep 1000");
    script(join(tools, "netcp"), "echo netcp: timeout waiting for rpi3 >&2; exit 1");
    script(join(folder.path, "zircon.bin"), "");
    const definition = define(
      folder.path,
      "arch: arm64\nsource: a\nnodename: rpi3\ntimeout: 3\nboot: { method: netboot, tools: tools, kernel: zircon.bin }\n",
    );
    const [code, message] = await refusal(bootOnceFor(definition));
    assert.equal(code, "boot-timeout");
    assert.match(message, /The last try to fetch them ended with "netcp: netcp: timeout waiting for rpi3"\.$/);
  });

  it("needs its kernel before anything is started", async () => {
    const yaml = "arch: x86\nsource: a\nnodename: n\nboot: { method: netboot, tools: t, kernel: zircon.bin }\n";
    assert.equal((await refusal(bootOnceFor(define(folder.path, yaml))))[0], "boot-file-missing");
  });
});

describe("a boot by a Zircon checkout's own scripts (by stand-ins)", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => (folder = bootFolder()));
  afterEach(() => folder.remove());

  const yaml = `arch: x86
source: jitterentropy
length: 2000000
maxlen: 2000000
nodename: lab
words: [kernel.jitterentropy.bs=64]
matrix: [{ kernel.jitterentropy.raw: [true, false] }]
boot: { method: checkout, checkout: zircon, target: qemu, project: x86, build: zircon/out }
`;

  it("builds with room for the length, then lets run-boot-test number, boot, fetch and note", async () => {
    const scripts = join(folder.path, "zircon/scripts/entropy-test");
    script(join(scripts, "make-parallel"), `echo "$PWD $*" >"${folder.path}/make"`);
    script(
      join(scripts, "run-boot-test"),
      `echo "$#: $*" >"${folder.path}/run"
echo "entropy-boot-test: successful draw in 5 nanoseconds."
for folder; do :; done
head -c 2000000 /dev/zero >"$folder/entropy.000000000.bin"
printf 'entropy-test qemu\\ncmdline      theirs \\n' >"$folder/entropy.000000000.meta"`,
    );
    const definition = define(folder.path, yaml);
    const { log, meta } = await bootOnceFor(definition, { set: 1 });
    assert.equal(content(join(folder.path, "make")), `${join(folder.path, "zircon")} -l 2000000 x86\n`);
    assert.equal(
      content(join(folder.path, "run")),
      `17: -a x86 -c kernel.jitterentropy.bs=64 -c kernel.jitterentropy.raw=false -l 2000000 -m qemu -n lab ` +
        `-o ${join(folder.path, "zircon/out")} -s jitterentropy ${definition.folder}\n`,
    );
    assert.equal(log, "entropy-boot-test: successful draw in 5 nanoseconds.\n");
    assert.equal(meta, "entropy-test qemu\ncmdline      theirs \n");
  });

  it("that has no such scripts is told what local.mk needs", async () => {
    await assert.rejects(bootOnceFor(define(folder.path, yaml)), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, "boot-checkout-incomplete");
      assert.match(
        error.remedy,
        /EXTERNAL_DEFINES \+= ENABLE_ENTROPY_COLLECTOR_TEST=1 and EXTERNAL_DEFINES \+= ENTROPY_COLLECTOR_TEST_MAXLEN=2000000\.$/,
      );
      return true;
    });
  });

  it("whose build fails is told its last words", async () => {
    const scripts = join(folder.path, "zircon/scripts/entropy-test");
    script(join(scripts, "make-parallel"), "echo 'make: *** no clang'; exit 2");
    script(join(scripts, "run-boot-test"), "");
    assert.deepEqual(await refusal(bootOnceFor(define(folder.path, yaml))), [
      "boot-build-failed",
      `${join(scripts, "make-parallel")} ended with exit code 2: make: *** no clang.`,
    ]);
  });
});
