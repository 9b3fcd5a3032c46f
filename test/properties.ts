/**
 * Loaded before the tests. Properties draw the same inputs each time, so that what passed passes again;
 * ENTROPY_CHECK_SEED=NUMBER draws others.
 */
import fc from "fast-check";

const seed = Number(process.env["ENTROPY_CHECK_SEED"] ?? 1);
if (!Number.isInteger(seed)) throw new Error("ENTROPY_CHECK_SEED must be an integer.");
fc.configureGlobal({ seed });
