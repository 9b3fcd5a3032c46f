/** The help texts of the rules for definitions, Markdown. */

const SCS_SOURCE = `## Source

[SCS-0101 w1, Entropy: Implementation and Testing Notes](https://docs.scs.community/standards/scs-0101-w1-entropy-implementation-testing), revision of 2024-03-08.`;

const NOVA_SOURCE = `## Source

[Nova, Extra Specs](https://docs.openstack.org/nova/latest/configuration/extra-specs.html)`;

export const DEFINITION_HELP = {
  flavor: `# Every flavor's definition allows a random number generator

## What is asked

Wherever a flavor is defined (Terraform, openstack-flavor-manager, Ansible, Heat, files of your own), its extra specs hold \`hw_rng:allowed\` with the text \`True\`, written exactly so.

## Why

What a definition lacks, the cloud lacks after the next run. A flavor without the extra spec is a warning of SCS-0101; one with \`False\` takes the random number generator away from its servers.

## How it is measured

The file is read as it stands, without running anything. Locals, \`merge\`, \`lookup\`, \`try\`, \`for_each\` over maps, YAML anchors and merge keys are followed. Where the extra specs come from a variable or a template, nothing can be said, and the finding is inconclusive.

## How to mend it

The quick fix writes the entry in the file's own style:

\`\`\`yaml
extra_specs:
  "hw_rng:allowed": "True"
\`\`\`

${SCS_SOURCE}
`,

  image: `# Every image's definition asks for a virtio random number generator

## What is asked

Wherever an image is defined (Terraform, openstack-image-manager, Ansible, Heat, files of your own), its properties hold \`hw_rng_model\` with the text \`virtio\`.

## Why

What a definition lacks, the cloud lacks after the next run. The property has asked Nova for a virtio-rng device since long before Nova gave one by default, and SCS-0101 has a warning for every image without it.

## How it is measured

The file is read as it stands, without running anything. Locals, \`merge\`, \`lookup\`, \`try\`, \`for_each\` over maps, YAML anchors and merge keys are followed. Where the properties come from a variable or a template, nothing can be said, and the finding is inconclusive.

## How to mend it

The quick fix writes the entry in the file's own style:

\`\`\`yaml
properties:
  hw_rng_model: virtio
\`\`\`

${SCS_SOURCE}
`,

  extraSpecText: `# An extra spec is a text

## What is asked

\`hw_rng:allowed\` stands in quotation marks in YAML: \`"True"\`, not \`True\`.

## Why

YAML reads a bare \`True\`, \`yes\` or \`on\` as a boolean, and the tools hand it on as one. Nova takes texts and numbers for extra specs and nothing else: a JSON boolean is refused with status 400, often after the flavor itself was made, which then stays without any extra spec.

## How it is measured

The value is looked at as YAML 1.1 reads it, which is what PyYAML and ruamel do.

## How to mend it

\`\`\`yaml
"hw_rng:allowed": "True"
\`\`\`

${NOVA_SOURCE}
`,

  ratePeriod: `# The period of hw_rng is in milliseconds

## What is asked

\`hw_rng:rate_period\` is a number of milliseconds, so a period of one second is \`1000\`.

## Why

Some documents, SCS-0101's among them, speak of seconds. Nova hands the number to libvirt as it is, and libvirt counts the period in milliseconds. With \`hw_rng:rate_bytes=2048\` and \`hw_rng:rate_period=1\` a guest may read 2048 bytes in every millisecond: a thousand times more than was meant, so that the limit limits nothing.

## How it is measured

A period below 100 is taken for seconds: nobody rations randomness by the hundredth of a second.

## How to mend it

Multiply by 1000, as the quick fix does. If the period is meant as it is, suppress the warning with your reason.

## Source

[Nova, Extra Specs](https://docs.openstack.org/nova/latest/configuration/extra-specs.html); [libvirt, domain XML, rng](https://libvirt.org/formatdomain.html#random-number-generator-device): "period" in milliseconds.
`,
} as const;

export const SUPPRESSION_HELP = `# A suppression has a reason and has not expired

## What is asked

Every entry below \`suppress:\` in \`.entropy-check.yaml\` says why a finding is accepted, and, if it says until when, that day has not passed.

## Why

What is set aside without a reason cannot be reviewed by anybody, and what was accepted for a while should come back when the while is over.

## How it is measured

When a finding is found that an entry is for. An entry without a reason, or one whose last day has passed, sets nothing aside.

## How to mend it

\`\`\`yaml
suppress:
  - rule: scs-0101-flavor-property
    subject: m1.tiny
    reason: kept for one customer until they have moved
    expires: 2027-03-31
\`\`\`

## Source

[Entropy Check, README](https://github.com/entropy-check/entropy-check#accept-what-you-must)
`;
