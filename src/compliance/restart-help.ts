import { NIST_SOURCE } from "./help";

/** What must hold of the samples after restarts; Markdown, as in `help.ts`. */
export const RESTART_HELP = {
  sanity: `# No value is too common after restarts

## What is asked

In 1000 samples of each of 1000 restarts, no value is more common within a row (the samples of one restart) or a column (the samples at one position after the restarts) than the initial entropy estimate H_I allows. If one is, that is an error, and no entropy is awarded.

## Why

A source may give good samples for hours and yet the same ones after every start. An attacker who can restart the device, or who knows when it was started, then knows what it gives. One long recording never shows this.

## How it is measured

The most common value of every row and every column is counted; the greatest count, X_max, is compared with a cutoff. Three cutoffs were published, and the report shows what each says:

- exact-maximum decides. It is the largest count to be expected from the worst source of entropy H_I, so that a good source passes in 99 of 100 cases. NIST's tool simulates it; here it is computed exactly.
- binomial is the text of January 2018. It counts one value chosen beforehand, and good sources fail it more often than intended.
- draft-2016 is the second draft's normal approximation.

## How to mend it

Look at where the value is too common. In a column: the source starts from the same state; let it warm up, and discard its first samples. In a row: it gets stuck, or H_I is too high.

## Source

${NIST_SOURCE}, section 3.1.4.3.
`,

  validation: `# Restarts give at least half of the entropy that was claimed

## What is asked

The min-entropy of the row dataset (restart after restart) and of the column dataset (position after position) are each at least half of the initial estimate H_I. If one is not, that is an error, and no entropy is awarded. If both are, the source is awarded the least of the three.

## Why

Restarts that resemble each other lower the entropy of the columns although each row looks as good as ever. The award is what holds both in one run and across restarts.

## How it is measured

The same estimators as for the sequential dataset run over the 1,000,000 samples in both orders: on the samples as they are, not on their bits, as NIST's tool does. They run only after the sanity check has passed.

## How to mend it

Weak columns: let the source warm up before its samples are used, and record again. Weak rows: the source gives less right after a start than later; H_I was assessed of a recording that says nothing about this.

## Source

${NIST_SOURCE}, section 3.1.4.2.
`,
} as const;
