import assert from "node:assert/strict";
import { Turns } from "../../src/operations/turns";

describe("things that are done in turns", () => {
  it("begin when the one before has ended, also when that has failed, and tell what each has come to", async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const act = (name: string, end: () => string) => async (): Promise<string> => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      return end();
    };
    const first = turns.take(
      act("first", () => {
        throw new Error("first fails");
      }),
    );
    const second = turns.take(act("second", () => "second"));
    await assert.rejects(first, /first fails/);
    assert.equal(await second, "second");
    assert.deepEqual(seen, ["first begins", "first ends", "second begins", "second ends"]);
  });
});
