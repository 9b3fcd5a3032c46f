import type { QemuBoot } from "./document";
import type { BootTestDefinition } from "./definition";
import type { Program } from "./program";

/** What a machine boots. */
export interface BootFiles {
  readonly kernel: string;
  readonly initrd: string | null;
}

/** QEMU for an architecture: its program, its board, and the Debian package that has it. */
const QEMU = {
  x86: { program: "qemu-system-x86_64", machine: "q35", debian: "qemu-system-x86" },
  arm64: { program: "qemu-system-aarch64", machine: "virt", debian: "qemu-system-arm" },
} as const;

const DEFAULT_MEMORY = 512;

/** A value among QEMU's comma-separated properties: a comma of its own is doubled. */
export function qemuValue(text: string): string {
  return text.replaceAll(",", ",,");
}

/**
 * QEMU, emulating in software, with its serial console on standard output. A reboot or a panic that reboots ends it.
 * @param wayArguments the devices that the data come out by
 */
export function qemuProgram(
  definition: BootTestDefinition,
  boot: QemuBoot,
  { kernel, initrd }: BootFiles,
  commandLine: string,
  wayArguments: readonly string[],
): Program {
  const { program, machine, debian } = QEMU[definition.arch === "arm64" ? "arm64" : "x86"];
  return {
    program: boot.program ?? program,
    args: [
      ...["-nodefaults", "-no-user-config", "-nographic", "-no-reboot"],
      ...["-machine", boot.machine ?? machine],
      ...["-accel", "tcg"],
      ...["-cpu", boot.cpu ?? "max"],
      ...["-smp", String(boot.processors ?? 1)],
      ...["-m", String(boot.memory ?? DEFAULT_MEMORY)],
      ...["-serial", "stdio", "-monitor", "none"],
      ...["-kernel", kernel],
      ...(initrd === null ? [] : ["-initrd", initrd]),
      ...["-append", commandLine],
      ...wayArguments,
      ...(boot.arguments ?? []),
    ],
    cwd: definition.folder,
    install: boot.program === undefined ? `apt-get install --no-install-recommends ${debian}` : null,
  };
}
