import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors";
import { ENCRYPTION, filesInTheWay, writeDemonstration } from "../../src/operations/demonstration-files";
import { runProgram } from "../ssh/sshd";

describe("the files of the demonstration", () => {
  const folder = mkdtempSync(join(tmpdir(), "entropy-check-demonstration-"));
  after(() => rmSync(folder, { recursive: true }));

  it("are what the commands that we tell make of the shell and of OpenSSL, byte for byte", async () => {
    const theirs = join(folder, "theirs");
    mkdirSync(theirs);
    for (const command of ENCRYPTION.commands) runProgram("sh", ["-c", command], { cwd: theirs, stdio: "pipe" });
    const files = await writeDemonstration(join(folder, "ours"), false);
    assert.ok(readFileSync(files.raw).equals(readFileSync(join(theirs, "zero.bin"))));
    assert.ok(readFileSync(files.processed).equals(readFileSync(join(theirs, "random.bin"))));
  });

  it("are encrypted under the key and the counter block that OpenSSL derives", () => {
    const args = ["enc", "-aes-256-ctr", "-nosalt", "-k", ENCRYPTION.password, "-P"];
    const told = execFileSync("openssl", args, { input: "", encoding: "utf8", stdio: "pipe" }).toLowerCase();
    assert.match(told, new RegExp(`key=${ENCRYPTION.key}\\niv *=${ENCRYPTION.iv}\\n`));
  });

  it("never take the place of other files, unless that is said", async () => {
    const mine = join(folder, "mine");
    mkdirSync(mine);
    writeFileSync(join(mine, "random.bin"), "precious");
    assert.deepEqual(await filesInTheWay(mine), [join(mine, "random.bin")]);
    await assert.rejects(
      writeDemonstration(mine, false),
      (error) => error instanceof UserError && error.code === "demonstration-exists" && /--force/.test(error.remedy),
    );
    assert.deepEqual(await filesInTheWay(mine), [join(mine, "random.bin")], "nothing was written beside it");
    assert.equal(readFileSync(join(mine, "random.bin"), "utf8"), "precious");
    await writeDemonstration(mine, true);
    assert.equal(readFileSync(join(mine, "random.bin")).length, 1_000_000);
  });

  it("that cannot be written are a user's error with a remedy", async () => {
    writeFileSync(join(folder, "file"), "");
    await assert.rejects(
      writeDemonstration(join(folder, "file"), false),
      (error) => error instanceof UserError && error.code === "demonstration-not-written" && error.remedy !== "",
    );
  });
});
