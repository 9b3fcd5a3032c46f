import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Without its sign, which is compared as any other character is. */
const NUMBER = /\d+(?:\.\d+)?(?:e[-+]\d+)?/g;

/** What NIST's tool, version 1.1.7, printed or wrote. */
export function nistGolden(name: string): string {
  return readFileSync(join(import.meta.dirname, "../golden/nist", name), "utf8");
}

/**
 * Holds a text to what NIST's tool printed: every character but the digits, and every number to `tolerance` relative.
 * The tools print more digits than their own two builds agree on.
 */
export function assertLikeNist(actual: string, golden: string, tolerance = 1e-9): void {
  assert.equal(actual.replace(NUMBER, "#"), golden.replace(NUMBER, "#"));
  const numbers = actual.match(NUMBER) ?? [];
  (golden.match(NUMBER) ?? []).forEach((expected, i) => {
    const off = Math.abs(Number(numbers[i]) - Number(expected));
    assert.ok(
      numbers[i] === expected || off <= tolerance * Math.abs(Number(expected)),
      `${numbers[i]}, not ${expected}`,
    );
  });
}
