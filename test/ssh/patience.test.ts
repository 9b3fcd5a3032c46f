import assert from "node:assert/strict";
import { mock } from "node:test";
import { Patience } from "../../src/ssh/patience";

describe("patience with a server", () => {
  let ended: number;
  const start = (): Patience => new Patience(20, () => ended++);
  beforeEach(() => {
    ended = 0;
    mock.timers.enable({ apis: ["setTimeout"] });
  });
  afterEach(() => mock.timers.reset());

  it("ends when its time has passed", () => {
    start();
    mock.timers.tick(19_999);
    assert.equal(ended, 0);
    mock.timers.tick(1);
    assert.equal(ended, 1);
  });

  it("stands still while a person is asked, and begins anew with the answer", async () => {
    const patience = start();
    let answer: (text: string) => void = () => assert.fail("nobody was asked");
    const asked = patience.during(new Promise<string>((resolve) => (answer = resolve)));
    mock.timers.tick(3_600_000);
    assert.equal(ended, 0);
    answer("yes");
    assert.equal(await asked, "yes");
    mock.timers.tick(19_999);
    assert.equal(ended, 0);
    mock.timers.tick(1);
    assert.equal(ended, 1);
  });

  it("does not begin anew when it was ended while a person was asked", async () => {
    const patience = start();
    const asked = patience.during(new Promise<void>((resolve) => setImmediate(resolve)));
    patience.end();
    await asked;
    mock.timers.tick(3_600_000);
    assert.equal(ended, 0);
  });
});
