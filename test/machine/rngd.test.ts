import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { COMMANDS } from "../../src/machine/commands";
import { readRngd } from "../../src/machine/rngd";
import { temporaryFolder } from "../ssh/sshd";

const unit = (id: string, load: string, active: string, sub: string): string =>
  `Id=${id}\nLoadState=${load}\nActiveState=${active}\nSubState=${sub}\n\n`;
const ABSENT = unit("rngd.service", "not-found", "inactive", "dead");

describe("rngd", () => {
  it("runs when its process is seen", () => {
    assert.deepEqual(readRngd(`visible\nprocess 412 /usr/sbin/rngd\0-f\0\n${ABSENT}`), {
      running: true,
      process: "412 /usr/sbin/rngd -f",
      units: [],
    });
  });

  it("runs when its process is seen, though the unit of one name says that it does not", () => {
    const state = readRngd(
      "visible\nprocess 99 /usr/sbin/rngd\0\n" +
        unit("rngd.service", "loaded", "inactive", "dead") +
        unit("rng-tools-debian.service", "loaded", "active", "running"),
    );
    assert.equal(state?.running, true);
    assert.deepEqual(state.units, [
      { name: "rngd.service", state: "inactive (dead)" },
      { name: "rng-tools-debian.service", state: "active (running)" },
    ]);
  });

  it("does not run when every process can be seen and none is it, whatever a unit says", () => {
    const state = readRngd(`visible\n${unit("rng-tools-debian.service", "loaded", "active", "exited")}`);
    assert.deepEqual(state, {
      running: false,
      process: null,
      units: [{ name: "rng-tools-debian.service", state: "active (exited)" }],
    });
    assert.equal(readRngd(`visible\n${unit("rngd.service", "loaded", "active", "running")}`)?.running, false);
  });

  it("does not run when its process is dead and only waits to be buried", () => {
    assert.equal(readRngd("visible\nprocess 412 \n")?.running, false);
  });

  it("runs when processes are hidden and a unit runs", () => {
    assert.equal(readRngd(unit("rngd.service", "loaded", "active", "running"))?.running, true);
  });

  it("may or may not run when processes are hidden and no unit runs", () => {
    assert.equal(readRngd(""), null);
    assert.equal(readRngd(ABSENT), null);
    assert.equal(readRngd(unit("rngd.service", "loaded", "active", "exited")), null);
  });

  it("is listed once for each unit, though systemd answers to aliases", () => {
    const one = unit("rng-tools-debian.service", "loaded", "active", "running");
    assert.equal(readRngd(`visible\n${one}${one}`)?.units.length, 1);
  });

  it("never crashes, and never lets a control character through, whatever a machine says", () => {
    const words = fc.constantFrom(
      "visible\n",
      "process 1 ",
      "Id=",
      "LoadState=",
      "ActiveState=active\n",
      "\n",
      "\0",
      "\u001b",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
        const state = readRngd(parts.join(""));
        assert.doesNotMatch([state?.process, ...(state?.units ?? []).map((u) => u.name + u.state)].join(""), /\p{C}/u);
      }),
    );
  });

  describe("by its real process", () => {
    const folder = temporaryFolder();
    let child: ChildProcess | undefined;
    after(() => {
      child?.kill();
      folder.remove();
    });

    it("is found by its name, with its command line", async () => {
      const path = join(folder.path, "rngd");
      copyFileSync("/bin/sleep", path);
      child = spawn(path, ["60"]);
      await new Promise((resolve) => child?.once("spawn", resolve));
      const { stdout } = await promisify(execFile)("/bin/sh", ["-c", COMMANDS.rngd]);
      const line = stdout.split("\n").find((text) => text.startsWith(`process ${child?.pid} `));
      assert.equal(line, `process ${child.pid} ${path}\u000060\0`);
      assert.equal(readRngd(stdout)?.running, true);
    });
  });
});
