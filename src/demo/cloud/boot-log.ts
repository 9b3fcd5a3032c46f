import { consoleLine } from "../../formats/console-transcript";
import { COMMANDS } from "../../machine/commands";
import type { DemoServer } from "./project";

/** What a server of the demo answers to each command of the probe's script; the oldest image is a poor one. */
function answersOf(
  server: DemoServer,
): Readonly<Record<string, { readonly status: number; readonly lines: readonly string[] }>> {
  const old = server.image?.properties["os_distro"] === "centos";
  const device = server.flavor.extraSpecs?.["hw_rng:allowed"] !== "False";
  const said = (status: number, ...lines: readonly string[]) => ({ status, lines });
  const unit = ["LoadState=loaded", "ActiveState=active", "SubState=running"];
  return {
    kernel: said(0, old ? "Linux 3.10.0-1160.el7.x86_64" : "Linux 6.1.0-37-cloud-amd64"),
    hwrng: device ? said(0, "current virtio_rng.0", "available virtio_rng.0") : said(0, "current none"),
    readHwrng: said(0, device ? "16" : "0"),
    entropyAvail: said(0, old ? "141" : "256"),
    findRngtest: said(127),
    countBlocks: said(
      0,
      "blocks 1000",
      "failures 1",
      "monobit 0",
      "poker 1",
      "runs 0",
      "long-run 0",
      "continuous-run 0",
    ),
    rngd: old
      ? said(0, "visible", "Id=rngd.service", "LoadState=not-found")
      : said(0, "visible", "process 412 /usr/sbin/rngd -r /dev/hwrng ", "Id=rngd.service", ...unit),
  };
}

/**
 * The console of a server that has booted: the kernel's and the init system's lines, and what the probe's script would
 * say, three times, the first time with a line of the kernel in the middle of one of its own.
 */
export function bootLog(server: DemoServer): string {
  const kernel = [
    "[    0.000000] Linux version 6.1.0-37-cloud-amd64 (debian-kernel@lists.debian.org)",
    "[    0.000000] Command line: root=/dev/vda1 ro console=tty0 console=ttyS0,115200",
    "[    0.412093] virtio_rng: probe of virtio4",
    "[    1.020117] EXT4-fs (vda1): mounted filesystem with ordered data mode",
    "[    2.118301] systemd[1]: Reached target multi-user.target - Multi-User System.",
    "[    7.301922] cloud-init[412]: Cloud-init v. 22.4.2 running 'modules:final'",
  ];
  const run = /^mark=entropy-check:([0-9a-f]+)$/m.exec(server.userData)?.[1];
  if (run === undefined) return [...kernel, "", `${server.name} login: `].join("\n");
  const all = said(run, answersOf(server)).map((line) => `[    8.120733] cloud-init[412]: ${line}`);
  const middle = Math.floor(all[2].length / 2);
  const first = [...all];
  first[2] = `${all[2].slice(0, middle)}[    8.377102] random: crng reseeded on system resumption\n${all[2].slice(middle)}`;
  const word = (text: string): string => `entropy-check:${run} ${text}`;
  return [...kernel, word("hello"), word("doing countBlocks"), ...first, ...all, ...all, word("bye"), ""].join("\n");
}

function said(run: string, answers: ReturnType<typeof answersOf>): string[] {
  const names = [...Object.keys(COMMANDS), "countBlocks"].filter((name) => name in answers);
  const sections = names.flatMap((name) => [
    ...answers[name].lines.map((text) => [`${name}>`, text] as const),
    [`${name}=`, `${answers[name].status} ${answers[name].lines.length} 0`] as const,
  ]);
  const lines = [...sections, ["end", String(sections.length + 1)] as const];
  return lines.map(([section, text], i) => consoleLine(run, i + 1, section, text));
}
