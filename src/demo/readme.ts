import { DEMO_BOOT_TEST } from "./boot-test";
import { NOISE_PROGRAM } from "./captures";
import { DEMO_CLOUD, DEMO_MACHINES } from "./files";
import { DEMO_SAMPLES } from "./samples";

/** The first thing that is seen of the demo. */
export const DEMO_README = `# Entropy Check: the demo

**Everything here is simulated.** The cloud and the two machines are small servers on this computer (127.0.0.1) that
Entropy Check starts when they are first asked, and ends with the window. Nothing leaves this computer, and no result
here says anything about a real system. The checks themselves are the real ones.

## Things to try

Open the command palette (F1) and type \`Entropy\`.

1. **Entropy: Check Cloud...** and choose \`${DEMO_CLOUD}\`. Some of its flavors and images do not give their servers a random number
   generator: each is a warning in the Problems view, on its own line of what the cloud answered.
2. **Entropy: Check Machine...** and choose \`${DEMO_MACHINES.weak}\`, then \`${DEMO_MACHINES.healthy}\`. The weak one fails the live checks.
3. **Entropy: Assess Samples...** from the context menu of a file in \`samples/\`. It takes a while: ten estimators look at
   a million samples.
4. **Entropy: Run Health Tests...** from the context menu of \`samples/stuck-8bit.bin\`, with an H of 7. A plot shows where the
   samples stick.
5. **Entropy: Run Restart Tests...** from the context menu of \`samples/restarts-4bit.bin\`, with an H_I of 3.5. Assessed as one
   recording it looks good; its restarts resemble each other.
6. **Entropy: Take Inventory of a Machine...** says what randomness each of the two machines has, and what the weak one does not
   let its account see.
7. **Entropy: Collect Samples...** from \`${DEMO_MACHINES.healthy}\`, of \`/dev/hwrng\` or of the output of the command \`${NOISE_PROGRAM}\`, a simulated
   noise source of 4 bits per sample. The inspector shows the running estimates; cancel it, and **Entropy: Resume Collection...**
   goes on.
8. **Entropy: Collect Restarts...** of the process \`${NOISE_PROGRAM}\`, and then the restart tests that are offered. On
   \`${DEMO_MACHINES.weak}\` it starts with the same samples each time. (The simulated machines are not rebooted.)

9. **Entropy: Check Sample Instance...** and choose \`${DEMO_CLOUD}\`. A simulated server is made of a public image, asked the live
   checks over its console, and deleted with everything that was made for it. Without the editor:
   \`entropy-check instance ${DEMO_CLOUD}\`, while this window has its cloud running.

With QEMU on this computer, \`entropy-check boot ${DEMO_BOOT_TEST.path}\` boots real virtual machines and assesses what their
random number generator gives at boot. What it still needs is told, with the command that gets it.

## What is here

| file | what it is |
|---|---|
| \`clouds.yaml\`, \`secure.yaml\` | the simulated cloud, as real clouds are written down; the password is made up |
| \`.vscode/settings.json\` | the two simulated machines |
| \`keys/\` | the key that logs in to them, and the one they prove themselves with |
${DEMO_SAMPLES.map(({ name, about }) => `| \`samples/${name}\` | ${about} |`).join("\n")}
| \`${DEMO_BOOT_TEST.path}\` | a boot test: which machine, which kernel parameters, how often |

To check your own: put your \`clouds.yaml\` into a folder of your own or into \`~/.config/openstack\`, and open that folder.
`;
