/** The help texts of what is found beside the standard's rules when a sample instance is checked. */
export const PROBE_HELP = {
  device: `# A server gets the generator that its flavor and image promise

## What is asked

A server that was made for the check has a random number generator of its host, virtio-rng, if its flavor and its image say that it should.

## Why

The properties of flavors and images are promises; the server is what counts. Since Ussuri (Nova 21) a server gets the device unless its flavor denies it, so an image without \`hw_rng_model\` may well have it: then the warning about the property and the live result differ, and both are right. A flavor with \`hw_rng:allowed=False\` takes it away from every image.

## How it is measured

The kernel of the server says in \`/sys/devices/virtual/misc/hw_random\` which devices it has.

## How to mend it

\`\`\`sh
openstack flavor set --property hw_rng:allowed=True NAME
openstack image set --property hw_rng_model=virtio ID
\`\`\`

## Source

[Nova: extra specs](https://docs.openstack.org/nova/latest/configuration/extra-specs.html), hw_rng.
`,

  cleanUp: `# Nothing of a run is left behind

## What is asked

Every server, volume, network and whatever else a check has made is deleted when it ends. What could not be deleted is an error.

## Why

What is left behind costs money, uses up quotas, and keeps the next thing from being deleted.

## How it is measured

Each thing is written into a journal before the cloud is asked for it, carries the run's id in its name, is deleted in the order in which one frees the other, and is looked for until the cloud says that it is gone. Nothing is deleted that does not bear the run's name.

## How to mend it

\`\`\`sh
entropy-check clean-up
\`\`\`

takes up what an earlier run has left, also of one that was killed. The finding names each thing's id and the command that deletes it by hand.

## Source

[Entropy Check: check a sample instance](https://github.com/entropy-check/entropy-check#check-a-sample-instance).
`,
} as const;
