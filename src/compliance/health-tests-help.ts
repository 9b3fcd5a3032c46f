import { NIST_SOURCE } from "./help";

const ALPHA = `The cutoff follows from H, the entropy per sample that the source is claimed to give, and alpha, how often a source that keeps its claim may fail by chance; 2^-20 to 2^-40 are recommended. With alpha = 2^-20 a long recording of a good source may hold a failure or two: the report says how many chance explains.`;

/** What the health tests must not find; Markdown, as in `help.ts`. */
export const HEALTH_TESTS_HELP = {
  repetitionCount: `# No value repeats too often in a row

## What is asked

No value comes so often in a row that a source with the claimed entropy would do it less often than alpha. If one does, that is an error.

## Why

The commonest fault of a noise source is that it gets stuck: a wire breaks, a sensor saturates, a buffer is read twice. The repetition count test notices within a few samples.

## How it is measured

The test counts how often the last value came in a row and fails at C = 1 + ceil(-log2(alpha) / H). ${ALPHA} Each run is counted once, however long it is.

## How to mend it

Look at the samples around the failures. A fault of the source or of its recording shows as a long run of one value. Many short runs all over the file mean that the source gives less than H: assess the samples, and claim what they have.

## Source

${NIST_SOURCE}, section 4.4.1.
`,

  adaptiveProportion: `# No value is too common in a window

## What is asked

In no window of 512 samples (1024 of a binary source) is the window's first value so common that a source with the claimed entropy would do it less often than alpha. If it is, that is an error.

## Why

A source that loses much of its entropy without getting stuck, because of its age, the temperature or an attacker, does not fail the repetition count test. It prefers some values, and that shows in a window.

## How it is measured

The samples are cut into windows; in each, the first value is counted. The test fails at the cutoff: one more than the critical value of the binomial distribution for H and alpha, as the standard prints it (sp800-90b), or counting that the first sample always counts itself (corrected). ${ALPHA}

## How to mend it

Look at the samples of the windows that failed. Failures in one place are a fault that came and went. Failures all over the file mean that the source gives less than H: assess the samples, and claim what they have.

## Source

${NIST_SOURCE}, section 4.4.2.
`,

  startUp: `# The first samples pass the health tests

## What is asked

Neither of the two continuous tests fails in the first 1024 samples after the source starts. If one does, that is an error.

## Why

Samples are not to be used before the source is known to work, and many sources are at their worst just after they start.

## How it is measured

Both tests run over the first samples of the file, 1024 unless more were asked for. That is a start-up test only if the recording begins when the source starts. With fewer samples the result is inconclusive.

## How to mend it

Let the source warm up and discard its first samples, or run the start-up test over more of them.

## Source

${NIST_SOURCE}, section 4.3.
`,
} as const;
