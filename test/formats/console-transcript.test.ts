import assert from "node:assert/strict";
import fc from "fast-check";
import { consoleLine, ConsoleTranscript } from "../../src/formats/console-transcript";

const RUN = "3f9c0a1b2c4d";

/** What a script says of its commands, every line once. */
function said(commands: Readonly<Record<string, readonly string[]>>): string[] {
  const sections = Object.entries(commands).flatMap(([name, lines]) => [
    ...lines.map((text) => [`${name}>`, text]),
    [`${name}=`, `0 ${lines.length} 0`],
  ]);
  const all = [...sections, ["end", String(sections.length + 1)]];
  return all.map(([section, text], i) => consoleLine(RUN, i + 1, section, text));
}

const LINES = said({ kernel: ["Linux 6.1.0"], rngd: ["visible", "process 5 /usr/sbin/rngd -r /dev/hwrng "] });

function transcriptOf(text: string): ConsoleTranscript {
  const transcript = new ConsoleTranscript(RUN);
  transcript.read(text);
  return transcript;
}

const RNGD = { stdout: "visible\nprocess 5 /usr/sbin/rngd -r /dev/hwrng \n", stderr: "", status: 0, whole: true };

describe("What a script says over the console", () => {
  it("is read line by line, whatever stands before a line", () => {
    const transcript = transcriptOf(LINES.map((line) => `[   23.501] cloud-init[526]: ${line}\r`).join("\n"));
    assert.deepEqual(transcript.result("rngd"), RNGD);
    assert.deepEqual([transcript.missing, transcript.finished], [0, true]);
  });

  it("is nothing as long as the server says nothing of ours", () => {
    const transcript = transcriptOf("[    0.000000] Linux version 6.1.0\nlogin: ");
    assert.deepEqual([transcript.begun, transcript.finished, transcript.missing], [false, false, null]);
    assert.equal(transcript.result("rngd"), null);
  });

  it("tells what the script is doing, and when it has said everything", () => {
    const transcript = transcriptOf(`entropy-check:${RUN} hello\nentropy-check:${RUN} doing rngtest\n`);
    assert.deepEqual([transcript.begun, transcript.doing, transcript.finished], [true, "rngtest", false]);
    transcript.read(`entropy-check:${RUN} bye\n`);
    assert.equal(transcript.finished, true);
  });

  it("is not what another run said", () => {
    assert.equal(new ConsoleTranscript("000000000000").result("rngd"), null);
    const other = new ConsoleTranscript("000000000000");
    other.read(LINES.join("\n"));
    assert.equal(other.begun, false);
  });

  it("says of a command that was stopped that it was", () => {
    const stopped = consoleLine(RUN, 1, "readHwrng=", "timeout 0 0");
    assert.deepEqual(transcriptOf(stopped).result("readHwrng"), {
      stdout: "",
      stderr: "",
      status: "timeout",
      whole: true,
    });
  });

  it("is not whole when a line is lost, and becomes whole when it is said again", () => {
    const lost = LINES[2];
    const transcript = transcriptOf(LINES.filter((line) => line !== lost).join("\n"));
    assert.equal(transcript.result("rngd")?.whole, false);
    assert.deepEqual([transcript.missing, transcript.finished], [1, false]);
    transcript.read(lost);
    assert.deepEqual(transcript.result("rngd"), RNGD);
    assert.equal(transcript.finished, true);
  });

  it("is never taken in when anything has got into a line, or out of it", () => {
    const damage = fc.record({ line: fc.nat(LINES.length - 1), at: fc.nat(400), cut: fc.nat(5), put: fc.string() });
    fc.assert(
      fc.property(fc.array(damage), (damages) => {
        const lines = [...LINES];
        for (const { line, at, cut, put } of damages) {
          const i = at % lines[line].length;
          lines[line] = lines[line].slice(0, i) + put + lines[line].slice(i + cut);
        }
        const result = transcriptOf(lines.join("\n")).result("rngd");
        if (result === null) return;
        for (const line of result.stdout.split("\n")) assert.ok(line === "" || RNGD.stdout.includes(line));
        if (result.whole) assert.equal(result.stdout, RNGD.stdout);
      }),
    );
  });

  it("comes whole through any noise between the lines, said often enough", () => {
    const noise = fc.array(
      fc.string().filter((text) => !text.includes("entropy-check")),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(noise, fc.array(fc.nat(2)), (between, lossy) => {
        // of three times, each line is lost in at most two
        const transcript = new ConsoleTranscript(RUN);
        for (let time = 0; time < 3; time++) {
          const kept = LINES.filter((_, i) => (lossy[i % (lossy.length || 1)] ?? 0) === time);
          transcript.read(kept.flatMap((line, i) => [between[i] ?? "", line]).join("\n"));
        }
        assert.deepEqual(transcript.result("rngd"), RNGD);
      }),
    );
  });
});
