/** The help text of the rule on where samples are from. */
export const SAMPLES_ORIGIN_HELP = `# Samples are what their .meta file tells of

## What is asked

The file of samples has the SHA-256 that the \`.meta\` file beside it names.

## Why

The \`.meta\` file says which machine and source the samples are from, and when they were collected. If the samples were changed, cut, or exchanged since then, the assessment is of something else than it says.

## How it is measured

The SHA-256 of the whole file is compared with the entry \`sha256\`, which Entropy Check writes once a collection has ended. A \`.meta\` file without that entry, such as Zircon's scripts write, is not judged.

## How to mend it

Take the file as it was collected, from a copy or from the machine; or collect anew. If the samples were changed on purpose, give the changed file another name.

## Source

[Entropy Check: collecting samples](https://github.com/entropy-check/entropy-check#collecting-samples).
`;
