/** What a demo machine answers, word by word, to those who check it and to those who ask for its inventory. */
import { bytesForBlocks } from "../fips140/stream";
import { FACTS } from "../machine/capture";
import { COMMANDS, FIPS_BLOCKS } from "../machine/commands";
import { INVENTORY_COMMANDS } from "../machine/inventory-commands";
import { OUTPUT_FOLLOWS, throughLoginShell } from "../machine/login-shell";
import { DemoCaptures, says, type DemoAnswer } from "./captures";
import { biased, uniform } from "./noise";

const HEALTHY: ReadonlyMap<string, string> = new Map([
  [COMMANDS.kernel, "Linux 6.1.0-demo\n"],
  [
    COMMANDS.rngd,
    "visible\nprocess 412 /usr/sbin/rngd\0-r\0/dev/hwrng\0\n" +
      "Id=rngd.service\nLoadState=loaded\nActiveState=active\nSubState=running\n",
  ],
  [COMMANDS.hwrng, "current virtio_rng.0\navailable virtio_rng.0\ninstruction rdrand\n"],
  [COMMANDS.readHwrng, "16\n"],
  [COMMANDS.entropyAvail, "256\n"],
  [INVENTORY_COMMANDS.processor, "flags : fpu sse2 rdrand rdseed hypervisor\n"],
  [INVENTORY_COMMANDS.virtioRng, "sys\ndriven virtio4\n"],
  [INVENTORY_COMMANDS.jitterEntropy, "crypto\nkernel\n"],
  [INVENTORY_COMMANDS.crngInit, "log dmesg\n[    0.718253] random: crng init done\n"],
  [FACTS, "6.1.0-demo\nx86_64\nsha256sum\nquiet\n"],
]);

/** Without a device, an rngd, and the right to read the kernel's log. */
const WEAK: ReadonlyMap<string, string> = new Map([
  [COMMANDS.kernel, "Linux 5.4.0-demo\n"],
  [COMMANDS.rngd, "visible\nId=rngd.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\n"],
  [COMMANDS.hwrng, "current none\n"],
  [COMMANDS.readHwrng, "0\n"],
  [COMMANDS.entropyAvail, "128\n"],
  [INVENTORY_COMMANDS.processor, "flags : fpu sse2 hypervisor\n"],
  [INVENTORY_COMMANDS.virtioRng, "sys\n"],
  [INVENTORY_COMMANDS.jitterEntropy, "crypto\n"],
  [INVENTORY_COMMANDS.crngInit, "\n"],
  [FACTS, "5.4.0-demo\nx86_64\nsha256sum\nquiet\n"],
]);

/** The answers of one machine; what is collected from it is remembered until it is asked what that came to. */
export class DemoAnswers {
  private readonly known: ReadonlyMap<string, string>;
  private readonly captures: DemoCaptures;

  constructor(private readonly healthy: boolean) {
    const answers = healthy ? HEALTHY : WEAK;
    this.known = new Map([...answers].map(([command, answer]) => [throughLoginShell(command), answer]));
    this.captures = new DemoCaptures(healthy);
  }

  /** @returns null for anything that no check, no inventory and no collection asks */
  to(line: string): DemoAnswer | null {
    const answer = this.known.get(line);
    if (answer !== undefined) return says(answer);
    if (line === throughLoginShell(COMMANDS.randomBytes)) return says(this.randomBytes());
    if (line === throughLoginShell(COMMANDS.findRngtest)) return { ...says(""), exitCode: 127 };
    const command = INSIDE.exec(line)?.[1];
    return command === undefined ? null : this.captures.answer(command);
  }

  /** The same each time, for of truly random ones more than 3 blocks of 1000 fail now and then. */
  private randomBytes(): Buffer {
    const noise = this.healthy ? uniform("machine") : biased("machine");
    return noise(bytesForBlocks(FIPS_BLOCKS));
  }
}

const INSIDE = new RegExp(`^exec sh -c 'echo ${OUTPUT_FOLLOWS.toString("latin1").trim()}; ([^'\\\\!\\n\\r\\0]*)'$`);
