/** The help text of what is found of boots, beside what is found of the samples that they leave. */
export const BOOT_TEST_HELP = {
  boot: `# Every boot leaves its data

## What is asked

Every boot of a boot test leaves what its entropy source gave, whole.

## Why

A boot that failed has measured nothing, and a test without a run says nothing of the source: it is inconclusive, however well other boots did.

## How it is measured

A run counts once its data have the length that was asked for and its \`.meta\` file stands beside them, which is written last. A boot fails that ends otherwise, that takes longer than its time, or whose kernel says on the console that it recorded nothing or not all.

## How to mend it

The finding says why; the console's log stands beside the data. Then boot what is missing:

\`\`\`sh
entropy-check boot FILE --only-missing
\`\`\`

## Source

[Entropy Check: boot tests](https://github.com/entropy-check/entropy-check#boot-tests), after Zircon's entropy quality tests.
`,
} as const;
