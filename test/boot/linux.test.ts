import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { cpioArchive, type CpioEntry } from "../../src/boot/linux/cpio";
import { findLinux, linuxInitramfs } from "../../src/boot/linux/initramfs";
import { RECORDER_INIT } from "../../src/boot/linux/init";
import { UserError } from "../../src/errors";
import { bootFolder } from "./support";

/** Reads an archive back, by the words of the kernel's buffer-format.rst. */
function membersOf(archive: Uint8Array): { path: string; mode: string; data: string }[] {
  const bytes = Buffer.from(archive);
  const members = [];
  for (let at = 0; ;) {
    assert.equal(at % 4, 0);
    assert.equal(bytes.toString("ascii", at, at + 6), "070701");
    const field = (i: number): number => parseInt(bytes.toString("ascii", at + 6 + 8 * i, at + 14 + 8 * i), 16);
    const [mode, size, nameSize] = [field(1), field(6), field(11)];
    const path = bytes.toString("utf8", at + 110, at + 109 + nameSize);
    const start = Math.ceil((at + 110 + nameSize) / 4) * 4;
    if (path === "TRAILER!!!") return members;
    members.push({ path, mode: mode.toString(8), data: bytes.toString("latin1", start, start + size) });
    at = Math.ceil((start + size) / 4) * 4;
  }
}

describe("an archive for Linux's initial file system", () => {
  it("holds folders and files of any name and size, each on a boundary of four bytes", () => {
    const entry: fc.Arbitrary<CpioEntry> = fc.oneof(
      fc.record({ kind: fc.constant("folder" as const), path: fc.stringMatching(/^[a-z\u00e9]{1,9}$/) }),
      fc.record({
        kind: fc.constant("file" as const),
        path: fc.stringMatching(/^[a-z\u00e9/]{1,9}$/),
        data: fc.uint8Array({ maxLength: 20 }),
        executable: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        assert.deepEqual(
          membersOf(cpioArchive(entries)),
          entries.map((e) =>
            e.kind === "folder"
              ? { path: e.path, mode: "40755", data: "" }
              : {
                  path: e.path,
                  mode: e.executable ? "100755" : "100644",
                  data: Buffer.from(e.data).toString("latin1"),
                },
          ),
        );
      }),
    );
  });
});

describe("the recorder", () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => (folder = bootFolder()));
  afterEach(() => folder.remove());
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder.path, path, ".."), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };

  it("runs on the newest kernel of a folder, with the modules that there are, in the order of their needs", async () => {
    write("boot/vmlinuz-6.1.0-9-cloud-amd64", "old");
    write("boot/vmlinuz-6.1.0-10-cloud-amd64", "new");
    write("bin/busybox", "busybox");
    const modules = "lib/modules/6.1.0-10-cloud-amd64/kernel";
    for (const module of ["drivers/virtio/virtio.ko", "drivers/virtio/virtio_ring.ko.xz", "drivers/net/other.ko"])
      write(join(modules, module), module);
    const linux = await findLinux(folder.path);
    assert.equal(linux.release, "6.1.0-10-cloud-amd64");
    const members = membersOf(gunzipSync(await linuxInitramfs(linux, RECORDER_INIT)));
    assert.deepEqual(
      members.filter(({ mode }) => mode !== "40755").map(({ path, mode }) => [path, mode]),
      [
        ["init", "100755"],
        ["bin/busybox", "100755"],
        ["modules/00-virtio_ring.ko.xz", "100644"],
        ["modules/01-virtio.ko", "100644"],
      ],
    );
    assert.equal(members.find(({ path }) => path === "init")?.data, RECORDER_INIT);
  });

  it("is told missing parts by name, with the commands that get them", async () => {
    await assert.rejects(findLinux(folder.path), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /has no kernel, no busybox for the recorder to run on\.$/);
      assert.match(error.remedy, /^On Debian: .*apt-get download busybox-static/);
      return true;
    });
    write("boot/vmlinuz-6", "");
    write("bin/busybox", "");
    await assert.rejects(findLinux(folder.path), /has no modules of 6 for/);
  });

  it("has a script that a POSIX shell can read", () => {
    execFileSync("sh", ["-n"], { input: RECORDER_INIT });
  });
});
