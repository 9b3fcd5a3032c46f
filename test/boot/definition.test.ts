import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readDefinition, readDefinitionFile } from "../../src/boot/definition";
import { UserError } from "../../src/errors";

const read = (text: string) => readDefinition("/tests/jitter.boot-test.yaml", text);

const QEMU = `arch: x86
source: jitterentropy
boot:
  method: qemu
  kernel: build/zircon.bin
`;

/** The problems as `line:column message`, places counted from 1. */
const problems = (text: string): readonly string[] =>
  read(text).problems.map(({ line, column, message }) => `${line + 1}:${column + 1} ${message}`);

describe("a boot-test file", () => {
  it("needs an architecture, a source and a boot; everything else has a default", () => {
    const { definition, problems: found } = read(QEMU);
    assert.deepEqual(found, []);
    assert.deepEqual(definition, {
      file: "/tests/jitter.boot-test.yaml",
      name: "jitter",
      folder: "/tests/jitter",
      arch: "x86",
      source: "jitterentropy",
      length: null,
      bits: 8,
      iterations: 1,
      words: [],
      sets: [{ options: [] }],
      timeout: 300,
      buildid: null,
      nodename: null,
      boot: { method: "qemu", kernel: "/tests/build/zircon.bin" },
      wayOut: { way: "virtio-serial" },
    });
  });

  it("has paths from its own folder; a program's bare name is looked for in PATH", () => {
    const command = read(
      "arch: arm64\nsource: hw_rng\nfolder: ../runs\nboot: { method: command, command: [bin/boot, a/b] }",
    );
    assert.equal(command.definition?.folder, "/runs");
    assert.deepEqual(command.definition.boot, { method: "command", command: ["/tests/bin/boot", "a/b"] });
    assert.equal(command.definition.wayOut, null);
    const bare = read("arch: arm64\nsource: hw_rng\nboot: { method: command, command: [boot] }");
    assert.deepEqual(bare.definition?.boot, { method: "command", command: ["boot"] });
  });

  it("is read by the schema, which says where and what", () => {
    for (const [text, expected] of [
      ["", ["1:1 The file is not a mapping."]],
      ["arch: [", ["1:8 This is not valid YAML (bad indent)."]],
      ["arch: x86\nsource: a\n", ["1:1 The file has no boot."]],
      [`${QEMU}lenght: 5\n`, ["6:1 There is no lenght in a boot-test file."]],
      [QEMU.replace("x86", "sparc"), ['1:7 arch is "sparc", which is none of x86, arm64, x86-64.']],
      [`${QEMU}length: many\n`, ["6:9 length is not a whole number."]],
      [`${QEMU}length: 0\n`, ["6:9 length is less than 1."]],
      [`${QEMU}words: [a, 5]\n`, ["6:12 words[1] is not a text."]],
      ["arch: x86\nsource: a\nboot:\n  kernel: k\n", ["4:3 boot has no method."]],
      [
        "arch: x86\nsource: a\nboot: { method: floppy }",
        ['3:17 boot.method is "floppy", which is none of qemu, netboot, command, checkout.'],
      ],
      [`${QEMU}  disk: 5\n`, ["6:3 There is no disk in boot."]],
      [`${QEMU}export: { way: scp }\n`, ["6:9 export has no host."]],
      [
        `${QEMU}export: { way: scp, host: -oProxyCommand=x }\n`,
        ['6:27 export.host is not written as it has to be: "-oProxyCommand=x".'],
      ],
    ] as const)
      assert.deepEqual(problems(text), expected, text);
  });

  it("tells of every problem with what to do", () => {
    const { definition, problems: found } = read("arch: z80\nlength: -1\nsource: a\nboot: { method: qemu, cpu: 5 }\n");
    assert.equal(definition, null);
    assert.deepEqual(
      found.map(({ line, severity }) => [line, severity]),
      [0, 1, 3].map((line) => [line, "error"]),
    );
    for (const { remedy } of found) assert.match(remedy, /\w.*\.$/);
  });

  it("is held to what methods and ways out need of one another", () => {
    const boot = (lines: string): readonly string[] => problems(`arch: x86\nsource: hw_rng\n${lines}`);
    assert.deepEqual(boot("boot: { method: qemu }"), ["3:7 QEMU has nothing to boot."]);
    assert.deepEqual(boot("boot: { method: qemu, kernel: k, linux: l }"), [
      "3:7 QEMU cannot boot both kernel and linux.",
    ]);
    assert.deepEqual(boot("boot: { method: qemu, linux: l, initrd: i }"), [
      "3:41 The recorder brings its own initial RAM disk.",
    ]);
    assert.deepEqual(boot("boot: { method: netboot, kernel: k, tools: t }"), [
      "3:7 A device that boots over the network needs its name.",
    ]);
    assert.deepEqual(boot("nodename: n\nboot: { method: netboot, kernel: k }"), ["4:7 boot has no tools."]);
    assert.deepEqual(boot("boot: { method: qemu, kernel: k }\nexport: { way: disk }"), [
      "4:9 A disk has to have a size.",
    ]);
    assert.deepEqual(boot("boot: { method: command, command: [c] }\nexport: { way: folder }"), [
      "4:9 Only QEMU has the way folder.",
    ]);
    assert.deepEqual(boot("boot: { method: command, command: [c] }\nexport: { way: netcp }"), [
      "4:9 export has no tools.",
    ]);
    assert.deepEqual(boot("boot: { method: checkout, checkout: c, target: qemu }\nexport: { way: disk }"), [
      "4:9 run-boot-test of the checkout exports by itself.",
    ]);
  });

  it("has axes whose options vary together, by words without blanks", () => {
    const axis = (lines: string): readonly string[] => problems(`${QEMU}matrix:\n  - ${lines}\n`);
    assert.deepEqual(axis("{ a: [1, 2], b: [1] }"), ["7:21 b has 1 values, the axis 2."]);
    assert.deepEqual(axis("{ a: [] }"), ["7:10 a has no values."]);
    assert.deepEqual(axis("{ a: [1, x y] }"), ["7:14 matrix[0].a[1] has blanks in it."]);
    assert.deepEqual(axis("{ a=b: [1] }"), ['7:12 "a=b" is no option of a command line.']);
    assert.deepEqual(axis("{ a: [1, 2, 1] }"), ["7:5 The axis matrix[0] has the same values twice."]);
    const many = `{ a: [${Array.from({ length: 400 }, (_, i) => i).join(", ")}] }`;
    assert.deepEqual(axis(`${many}\n  - ${many.replace("a", "b")}`), ["7:3 This comes to 160000 boots."]);
  });

  it("warns of loop counts where jitterentropy's data are processed, at the option", () => {
    const matrix = (lines: string): readonly string[] => problems(`${QEMU}matrix:\n${lines}`);
    const [told] = matrix(
      "  - kernel.jitterentropy.ml: [1, 32]\n  - a: [1, 2, 3]\n    kernel.jitterentropy.raw: [true, false, false]\n  - b: [1, 2]\n",
    );
    assert.match(told, /ml has no effect in 8 of 12 sets of parameters/);
    assert.deepEqual(matrix("  - kernel.jitterentropy.ml: [1, 32]\n  - kernel.jitterentropy.raw: [true, false]\n"), [
      "7:30 kernel.jitterentropy.ml has no effect in 2 of 4 sets of parameters: kernel.jitterentropy.raw is false there.",
    ]);
    assert.deepEqual(problems(`${QEMU}words: [kernel.jitterentropy.ll=1]\n`), [
      "6:9 kernel.jitterentropy.ll may have no effect: kernel.jitterentropy.raw is not set, and its default differs between versions of Zircon.",
    ]);
    assert.deepEqual(problems(`${QEMU}words: [kernel.jitterentropy.ll=1, kernel.jitterentropy.raw=true]\n`), []);
    assert.deepEqual(matrix("  - kernel.jitterentropy.bs: [64]\n    kernel.jitterentropy.bc: [2048]\n"), [
      "8:30 bs times bc comes to 131072 bytes, but jitterentropy has 65536 (JITTERENTROPY_MEM_SIZE).",
    ]);
    assert.deepEqual(problems(`${QEMU.replace("jitterentropy", "hw_rng")}words: [kernel.jitterentropy.raw=true]\n`), [
      "6:9 kernel.jitterentropy.raw has no effect on the source hw_rng.",
    ]);
  });

  it("warns of a length that the kernel was not built for", () => {
    assert.deepEqual(problems(`${QEMU}length: 1048576\n`), []);
    assert.deepEqual(problems(`${QEMU}length: 1048577\n`), [
      "6:9 The kernel records 1048576 bytes at most (ENTROPY_COLLECTOR_TEST_MAXLEN), not 1048577.",
    ]);
    assert.deepEqual(problems(`${QEMU}length: 2000000\nmaxlen: 2000000\n`), []);
    assert.deepEqual(problems(`${QEMU.replace("kernel", "linux")}length: 2000000\n`), []);
    const { definition, problems: found } = read(`${QEMU}length: 2000000\n`);
    assert.equal(definition?.length, 2_000_000);
    assert.match(found[0].remedy, /EXTERNAL_DEFINES \+= ENTROPY_COLLECTOR_TEST_MAXLEN=2000000 in local\.mk/);
  });

  it("warns of a command line that is longer than the kernel takes", () => {
    const words = (bytes: number): string => `words: [${"w".repeat(bytes)}]\n`;
    const ours = "kernel.entropy-test.src=jitterentropy zircon.nodename=n ".length;
    const linux = `${QEMU.replace("kernel", "linux")}nodename: n\n`;
    assert.deepEqual(problems(linux + words(2047 - ours - 1)), []);
    assert.deepEqual(problems(linux + words(2047 - ours)), [
      "7:8 The kernel's command line comes to 2048 bytes; Linux takes 2047 at most.",
    ]);
    const zircon = `arch: x86\nsource: jitterentropy\nnodename: n\nboot: { method: netboot, tools: t, kernel: k }\n`;
    assert.deepEqual(problems(zircon + words(4095 - ours - 1)), []);
    assert.deepEqual(problems(zircon + words(4095 - ours)), [
      "5:8 The kernel's command line comes to 4096 bytes; Zircon takes 4095 at most.",
    ]);
    const long = `matrix:\n  - a: [1, ${"w".repeat(2100)}]\n`;
    assert.match(problems(QEMU + long).join("\n"), /^7:3 The kernel's command line comes to \d{4} bytes; Linux takes/);
  });

  it("warns of a source that only the help of run-boot-test calls so", () => {
    assert.deepEqual(problems(QEMU.replace("jitterentropy", "hwrng")), [
      "2:9 The kernel knows no source hwrng: it is called hw_rng.",
    ]);
    assert.deepEqual(problems("arch: x86\nsource: hwrng\nboot: { method: command, command: [c] }\n"), []);
  });

  it("warns of data that are to be fetched from a virtual machine without a network", () => {
    const fetched = (more: string, way: string): readonly string[] =>
      problems(`arch: x86\nsource: hw_rng\nboot: { method: qemu, kernel: k${more} }\nexport: ${way}\n`);
    assert.deepEqual(fetched("", "{ way: netcp, tools: t }"), [
      "4:9 The virtual machine has no network device, so that netcp cannot reach it.",
    ]);
    assert.deepEqual(fetched(", arguments: [-nic, user]", "{ way: scp, host: h }"), []);
    assert.deepEqual(fetched("", "{ way: disk }\nlength: 5"), []);
  });

  it("warns of options that the test composes itself", () => {
    assert.deepEqual(problems(`${QEMU}words: [quiet, kernel.entropy-test.len=5]\n`), [
      "6:16 kernel.entropy-test.len is composed by the test itself.",
    ]);
  });

  it("is shown in the README without a mistake", () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    const yaml = /## Boot tests\n[^]*?```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "";
    const { definition, problems: found } = read(yaml);
    assert.equal(definition?.sets.length, 6);
    assert.deepEqual([...new Set(found.map(({ severity }) => severity))], ["warning"]);
  });

  it("never makes the reader fail, whatever it says", () => {
    const keys = fc.constantFrom(
      "arch",
      "source",
      "boot",
      "matrix",
      "export",
      "method",
      "way",
      "words",
      "length",
      "a",
      "x86",
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("x86", "qemu", "scp", "", null, 0, -1, 1.5, true),
        fc.string(),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(keys, tie("tree"), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          tree.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        (text) => {
          const { definition, problems: found } = read(text);
          assert.ok(definition !== null || found.some(({ severity }) => severity === "error"));
          for (const { line, column } of found) assert.ok(line >= 0 && column >= 0 && line <= text.split("\n").length);
        },
      ),
      { numRuns: 300 },
    );
    assert.match(problems("[".repeat(100_000))[0], /too long or nested too deeply/);
    assert.match(problems("a: &a [*a]")[0], /\w/);
  });

  it("on the disk is an error with its name, its line and a remedy, if it cannot be used", async () => {
    const folder = mkdtempSync(join(tmpdir(), "entropy-check-"));
    try {
      const file = join(folder, "x.boot-test.yaml");
      await assert.rejects(readDefinitionFile(file), (e) => e instanceof UserError && e.message.includes("ENOENT"));
      writeFileSync(file, `${QEMU}length: 0\n`);
      await assert.rejects(readDefinitionFile(file), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.message, `${file}, line 6, column 9: length is less than 1.`);
        return true;
      });
      writeFileSync(file, QEMU);
      assert.equal((await readDefinitionFile(file)).definition.folder, join(folder, "x"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
