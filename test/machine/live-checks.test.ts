import assert from "node:assert/strict";
import { UserError } from "../../src/errors";
import { bytesForBlocks } from "../../src/fips140/stream";
import { COMMANDS } from "../../src/machine/commands";
import { commandTimedOut } from "../../src/machine/errors";
import { observeMachine } from "../../src/machine/live-checks";
import type { CommandResult, Machine } from "../../src/machine/machine";
import type { MachineObservations } from "../../src/model";
import { keystream } from "../fips140/inputs";

type Answers = Partial<Record<keyof typeof COMMANDS, string | Uint8Array | Error>>;

const HEALTHY: Answers = {
  kernel: "Linux 6.1.0-37-amd64\n",
  rngd: "visible\nprocess 5 rngd\0\n",
  hwrng: "current virtio_rng.0\navailable virtio_rng.0 tpm-rng-0\ninstruction rdrand\n",
  readHwrng: "unreadable\n",
  entropyAvail: "256\n",
  randomBytes: keystream("live checks", bytesForBlocks(1000)),
};

/** A machine that answers what it is told to; to everything else, and to what it is not told, exit code 1. */
function scripted(answers: Answers): Machine {
  const answerTo = (command: string): string | Uint8Array | undefined => {
    const [, answer] = Object.entries(answers).find(([name]) => COMMANDS[name as keyof Answers] === command) ?? [];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return {
    name: "scripted",
    address: "ssh://scripted:22",
    run: (command): Promise<CommandResult> => {
      const answer = answerTo(command);
      const stdout = Buffer.from(answer ?? "");
      return Promise.resolve({
        stdout,
        stderr: answer === undefined ? "no\n" : "",
        exitCode: answer === undefined ? 1 : 0,
      });
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- an async iterable of what is there already
    stream: async function* (command) {
      yield Buffer.from(answerTo(command) ?? "");
    },
    close: () => Promise.resolve(),
  };
}

async function observe(answers: Answers): Promise<MachineObservations> {
  const checks = observeMachine(scripted({ ...HEALTHY, ...answers }), new AbortController().signal);
  for (;;) {
    const step = await checks.next();
    if (step.done) return step.value;
  }
}

const LOST = new UserError("ssh-disconnected", "The connection was lost.", "Try again.");

function reasonOf(observation: MachineObservations[keyof MachineObservations]): string {
  assert.ok(observation.status === "unmeasured", JSON.stringify(observation));
  assert.notEqual(observation.remedy, "");
  return observation.reason;
}

describe("the live checks", () => {
  it("observe what the machine answers, and say what was asked of whom", async () => {
    const { kernel, rngd, hwrng, entropyAvail, fips140 } = await observe({});
    assert.deepEqual(
      { ...kernel, provenance: { ...kernel.provenance, at: "" } },
      {
        status: "measured",
        value: "Linux 6.1.0-37-amd64",
        raw: "Linux 6.1.0-37-amd64",
        provenance: { asked: "uname -sr", of: "ssh://scripted:22", at: "" },
      },
    );
    assert.ok(!Number.isNaN(Date.parse(kernel.provenance.at)));
    assert.ok(rngd.status === "measured" && rngd.value.running);
    assert.deepEqual(hwrng.status === "measured" && hwrng.value, {
      current: "virtio_rng.0",
      available: ["virtio_rng.0", "tpm-rng-0"],
      givesBytes: null,
      instructions: ["rdrand"],
    });
    assert.ok(entropyAvail.status === "measured");
    assert.equal(entropyAvail.value, 256);
    assert.ok(fips140.status === "measured");
    assert.equal(fips140.value.judgedBy, "entropy-check");
    assert.equal(fips140.value.successes + fips140.value.failures, 1000);
  });

  it("do not take fewer bytes, or more, for a test of /dev/random", async () => {
    const bytes = keystream("live checks", bytesForBlocks(1000) + 1);
    for (const length of [0, 2500, bytes.length - 2, bytes.length]) {
      const { fips140 } = await observe({ randomBytes: bytes.subarray(0, length) });
      assert.equal(reasonOf(fips140), `${length} bytes of /dev/random came instead of 2500004`);
    }
  });

  it("do not take an rngtest that says nothing, or too little, for a test", async () => {
    const findRngtest = "/usr/bin/rngtest\n";
    const silent = await observe({ findRngtest, rngtest: "rngtest 5\n" });
    assert.equal(reasonOf(silent.fips140), "rngtest printed no statistics");
    const failing = await observe({ findRngtest });
    assert.equal(reasonOf(failing.fips140), "rngtest printed no statistics");
  });

  for (const answer of ["", "\n", "NaN", "-1", "256 bits", "1e3", "99999999999", "cat: entropy_avail: No such file"]) {
    it(`do not take ${JSON.stringify(answer)} for a number of bits`, async () => {
      assert.match(reasonOf((await observe({ entropyAvail: answer })).entropyAvail), /not a number/);
    });
  }

  for (const [readHwrng, gives] of [
    ["16\n", true],
    ["0\n", false],
    ["missing\n", false],
    ["unreadable\n", null],
    ["", null],
    [commandTimedOut("scripted", "head", 15), false],
  ] as const) {
    it(`say whether the generator gives anything: ${String(readHwrng).trim()}`, async () => {
      const { hwrng } = await observe({ readHwrng });
      assert.ok(hwrng.status === "measured");
      assert.equal(hwrng.value.givesBytes, gives);
    });
  }

  it("do not take hidden processes for missing ones", async () => {
    assert.match(reasonOf((await observe({ rngd: "" })).rngd), /may not see the processes of others/);
  });

  it("say of a machine that is not Linux that they do not concern it", async () => {
    const { kernel, rngd, entropyAvail, fips140 } = await observe({ kernel: "Darwin 24.5.0\n" });
    assert.equal(kernel.status, "measured");
    for (const observation of [rngd, entropyAvail, fips140]) {
      assert.equal(reasonOf(observation), 'the machine runs "Darwin 24.5.0", not Linux');
    }
  });

  it("tell the reason of each thing that a lost connection left unmeasured, and keep the rest", async () => {
    const { rngd, entropyAvail, fips140 } = await observe({ entropyAvail: LOST, findRngtest: LOST, randomBytes: LOST });
    assert.equal(rngd.status, "measured");
    assert.equal(reasonOf(entropyAvail), LOST.message);
    assert.equal(reasonOf(fips140), LOST.message);
  });

  it("do not hide a mistake of their own", async () => {
    await assert.rejects(observe({ rngd: new TypeError("a mistake") }), TypeError);
  });
});
