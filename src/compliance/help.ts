/** The rules' help texts, Markdown. Kept apart from `rules.ts`, so that the table there can be read at a glance. */

const SCS_SOURCE = `## Source

[SCS-0101 w1, Entropy: Implementation and Testing Notes](https://docs.scs.community/standards/scs-0101-w1-entropy-implementation-testing), revision of 2024-03-08.`;

export const NIST_SOURCE = `[NIST SP 800-90B](https://doi.org/10.6028/NIST.SP.800-90B), January 2018`;

/** The properties that an operator sets on flavors and images. */
export const PROPERTY_HELP = {
  flavor: `# Every flavor allows a random number generator

## What is asked

Every flavor carries the extra spec \`hw_rng:allowed=True\`, written exactly so. A flavor without it is a warning.

## Why

The extra spec decides whether servers of this flavor may have a virtio-rng device, through which the host feeds the guest's random number generator. A guest without it, on a host that hides RDRAND and RDSEED, may start with hardly any entropy. Since Ussuri (Nova 21) the device is there unless a flavor denies it, so a missing extra spec does less harm than \`False\`, which takes the device away.

## How it is measured

The flavors are listed with their extra specs (Compute API 2.61 and newer: in the list itself; older: one request a flavor). Nova reads 1, t, true, on, y and yes, in any case, as true; they work, but they are not what the standard asks for, and the message says so. Where the role may not read extra specs, nothing is known: one inconclusive finding says how many flavors were checked.

## How to mend it

\`\`\`sh
openstack flavor set --property hw_rng:allowed=True NAME
\`\`\`

This needs the administrator's role. Servers that exist keep the flavor as it was when they were made; they get the device when they are resized.

${SCS_SOURCE}
`,

  image: `# Every image asks for a virtio random number generator

## What is asked

Every image carries the property \`hw_rng_model=virtio\`. An image without it, or with another value, is a warning.

## Why

The property tells Nova which device to give to servers of this image. Since Ussuri (Nova 21) a server gets virtio-rng without it as well, where the flavor allows, so the live check may pass although this warning stands; on older clouds the property is what brings the device.

## How it is measured

The images that the project can see are listed with their properties: public ones, the project's own, and shared ones that it has accepted.

## How to mend it

\`\`\`sh
openstack image set --property hw_rng_model=virtio ID
\`\`\`

This needs the image's owner or the administrator. Values that Nova does not know make servers of the image fail to start.

${SCS_SOURCE}
`,
} as const;

/** The checks on a live machine. */
export const LIVE_CHECK_HELP = {
  rngd: `# rngd is running

## What is asked

The service \`rngd\` is running on the machine. If it is not, that is an error.

## Why

rngd moves random numbers from a hardware generator (virtio-rng, RDSEED, a TPM) into the kernel's pool. Where the kernel does not draw on the generator by itself, nothing else does.

## How it is measured

The machine's processes are searched for \`rngd\`, and the units that distributions ship are asked for their state: \`rngd\` (rng-tools5, Fedora), \`rng-tools\` and \`rng-tools-debian\`. A running process passes, whatever its unit is called, unless it is known that nothing feeds it: no device of the kernel's hw_random gives bytes, and the processor has no instruction for random numbers. Then it cannot be told whether rngd hands anything on, and the finding is inconclusive.

## How to mend it

\`\`\`sh
apt-get install rng-tools5 && systemctl enable --now rngd    # Debian, Ubuntu
dnf install rng-tools && systemctl enable --now rngd         # Fedora, RHEL
\`\`\`

If it stops at once, the machine has no generator: look at the flavor's \`hw_rng:allowed\` and the image's \`hw_rng_model\`.

${SCS_SOURCE}
`,

  entropyAvail: `# entropy_avail is 256

## What is asked

\`/proc/sys/kernel/random/entropy_avail\` contains 256. Any other value is an error.

## Why

Since kernel 5.18 the value is pinned to 256 as soon as the kernel's generator is seeded. Another value means an older kernel, whose generator can run low, or one that is not seeded yet; it stands in for the question that cannot be asked directly, whether the processor's entropy instructions reach the machine.

## How it is measured

The file is read once.

## How to mend it

Use an image with kernel 5.18 or newer. If the kernel is new and the value small, the machine has no source to seed from: give it a virtio-rng device or a processor model with RDRAND or RDSEED.

${SCS_SOURCE}
`,

  fips: `# /dev/random passes FIPS 140-2

## What is asked

Of 1000 blocks of 20,000 bits from \`/dev/random\`, at most 3 fail the FIPS 140-2 tests (\`cat /dev/random | rngtest -c 1000\`). More is an error.

## Why

A broken or badly seeded generator fails these tests by the hundred. They cannot show that a generator is good; they show that it is not plainly broken.

## How it is measured

By \`rngtest\` where the machine has it; otherwise 2,500,004 bytes are streamed back and judged by Entropy Check's own implementation, and the evidence says which. Passed and failed blocks must add up to the blocks requested, or the finding is inconclusive.

A single block of a perfect source fails with a probability of about 7.9 in 10,000, so a healthy machine shows 4 or more failures in about 0.9 % of runs. The verdict stays as the standard has it; a count of 4 or 5 is a reason to run again.

## How to mend it

Run the check again. If it fails again, look for the source: the flavor's \`hw_rng:allowed\`, the image's \`hw_rng_model\`, the kernel's age, the processor's instructions.

${SCS_SOURCE}
`,
} as const;

/** What must hold of a file of samples before its figures mean anything. */
export const SAMPLES_HELP = {
  sampleSize: `# At least 1,000,000 samples

## What is asked

An entropy assessment rests on at least 1,000,000 consecutive samples of the raw noise source. Fewer is a warning.

## Why

The estimators' confidence bounds widen as the samples grow fewer, and the longer patterns (tuples, repeated substrings, predictors) are not seen at all. A figure from fewer samples may be too high or too low.

## How it is measured

The samples in the file are counted, after the width of a symbol is known.

## How to mend it

Collect more samples in one go, without restarting the source. Where a source cannot give so many, runs of at least 1000 samples may be joined.

## Source

${NIST_SOURCE}, section 3.1.1.
`,

  symbolWidth: `# The stated symbol width is that of the data

## What is asked

The number of bits per symbol that is stated is the number that the samples use.

## Why

The assessed min-entropy is per symbol. With too few bits stated, samples would be cut and the figure would be that of other data; with more bits than the data use, the bitstring holds zeros that the source never made, which lowers the figure.

## How it is measured

The highest bit that is set in any sample is compared with the stated width.

## How to mend it

State the width of the source's symbols. If the source's symbols are wider than its data ever show, find out whether the high bits are stuck.

## Source

${NIST_SOURCE}, section 3.1.3.
`,

  constantSource: `# The source gives more than one symbol

## What is asked

The samples hold at least two different symbols.

## Why

A source that always gives the same symbol has no entropy: its most common value has probability 1, and its min-entropy is 0.

## How it is measured

The distinct symbols in the file are counted.

## How to mend it

Look at how the samples were collected: a source that was not switched on, a file that was allocated but never written, a mask that leaves no bit.

## Source

${NIST_SOURCE}, section 6.3.1.
`,

  iid: `# The samples look independent and identically distributed

## What is asked

Where the IID track is taken, the samples pass every test of section 5: 19 statistics of their order, two chi-square tests, and the length of the longest repeated substring. A single failure is an error, and the track gives no figure. Where the non-IID track is there to fall back on, a failure is told for information.

## Why

The IID track looks at the most common value alone. That is the whole truth only if no sample says anything of the next one and all come from one distribution; of any other source it promises too much.

Passing does not make a source IID. The tests can only contradict the claim: a counter that is encrypted passes them all. So 3.1.2 asks for the submitter's own claim, with reasons from how the source is built, and for the same tests of the row and column datasets of the restarts and of what an unlisted conditioning function puts out. Without such a claim the non-IID track is the one to take.

## How it is measured

The samples are shuffled up to 10,000 times. A statistic fails if no more than 5 of the permutations are at least as great as the samples as they are, or no more than 5 at most as great. By default the counting of a statistic stops as soon as it cannot fail any more; on request all 10,000 count. The seed of the shuffles is in the report, and the same seed gives the same verdict. The other tests compare a probability with 0.001.

Of a perfect source about 2 files in 100 fail one test or another, so a lone failure near its limit is a reason to collect another file, not to try other seeds.

## How to mend it

Assess the samples on the non-IID track, which assumes nothing. If the source is claimed to be IID, look at what the failed statistic sees: runs and excursions for drift, periodicity and covariance for what comes back after some samples, compression for patterns.

## Source

${NIST_SOURCE}, sections 3.1.2, 5.1 and 5.2.
`,
} as const;
