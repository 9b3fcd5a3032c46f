/**
 * What a boot-test file may say. `media/boot-test.schema.json` is made of these types and their comments (npm run schema):
 * VS Code's YAML extension completes and explains by it, and `definition.ts` checks by it.
 */

/** How a machine is booted to record its entropy source, how often, and with which parameters. */
export interface BootTestDocument {
  /** The machine's architecture, as Zircon's scripts name it. */
  readonly arch: "x86" | "arm64" | "x86-64";
  /**
   * The entropy source, as kernel.entropy-test.src names it: hw_rng or jitterentropy in Zircon, hw_rng or random in
   * Entropy Check's recorder.
   * @pattern ^[^\s=]+$
   * @examples ["hw_rng", "jitterentropy", "random"]
   */
  readonly source: string;
  /**
   * Bytes to record, as kernel.entropy-test.len names them. SP 800-90B asks for a million samples. Without it the kernel decides.
   * @asType integer
   * @minimum 1
   * @maximum 1073741824
   */
  readonly length?: number;
  /**
   * Bits per sample of the recorded bytes, 1 to 8; without it, 8.
   * @asType integer
   * @minimum 1
   * @maximum 8
   */
  readonly bits?: number;
  /**
   * How often each set of parameters is booted; without it, once.
   * @asType integer
   * @minimum 1
   * @maximum 100000
   */
  readonly iterations?: number;
  /**
   * Words of the kernel's command line that every boot gets, before those of the matrix.
   */
  readonly words?: readonly CommandLineWord[];
  /** The axes along which parameters vary; the last one varies fastest. */
  readonly matrix?: readonly BootTestAxis[];
  /**
   * What ENTROPY_COLLECTOR_TEST_MAXLEN was when the kernel was built, in bytes; without it, 1048576.
   * @asType integer
   * @minimum 1
   */
  readonly maxlen?: number;
  /** The folder that the runs are kept in, from this file's; without it, the file's name without .boot-test.yaml. */
  readonly folder?: string;
  /**
   * Seconds that a boot may take until its data are there; without it, 300.
   * @asType integer
   * @minimum 1
   * @maximum 86400
   */
  readonly timeout?: number;
  /** What the .meta files name as the build; without it, what the build folder or the kernel's name says. */
  readonly buildid?: string;
  /**
   * The name that the booted system answers to in the network: zircon.nodename. Without it, made up for each boot.
   * @pattern ^[A-Za-z0-9._-]+$
   */
  readonly nodename?: string;
  /** How the machine is booted. */
  readonly boot: BootMethod;
  /** How the data come out of the machine. */
  readonly export?: WayOut;
}

/**
 * A word of the kernel's command line, or several.
 * @pattern ^\S+( \S+)*$
 */
export type CommandLineWord = string;

/**
 * Options of the kernel's command line, each with a list of values; options of one axis vary together, so their lists are equally long.
 * @minProperties 1
 */
export type BootTestAxis = Readonly<Record<string, readonly (string | number | boolean)[]>>;

/** @discriminator method */
export type BootMethod = QemuBoot | NetbootBoot | CommandBoot | CheckoutBoot;

/** A virtual machine, emulated in software, so that it runs anywhere. */
export interface QemuBoot {
  readonly method: "qemu";
  /** The kernel to boot, or the whole system as one image: zircon.bin. */
  readonly kernel?: string;
  /** The initial RAM disk: bootdata.bin of Zircon, an initramfs of Linux. */
  readonly initrd?: string;
  /** Instead of a kernel: a folder with Debian's kernel package and busybox-static, unpacked, or / if they are installed. Entropy Check's own recorder is booted on it. */
  readonly linux?: string;
  /** QEMU's program; without it, qemu-system-x86_64 or qemu-system-aarch64. */
  readonly program?: string;
  /** QEMU's -M; without it, q35 or virt. */
  readonly machine?: string;
  /** QEMU's -cpu; without it, max. */
  readonly cpu?: string;
  /**
   * Memory in MiB; without it, 512.
   * @asType integer
   * @minimum 32
   */
  readonly memory?: number;
  /**
   * Processors; without it, 1.
   * @asType integer
   * @minimum 1
   */
  readonly processors?: number;
  /** More of QEMU's arguments, a word each: the devices that the source needs. */
  readonly arguments?: readonly string[];
}

/** A device that boots over the network, from Zircon's bootserver. */
export interface NetbootBoot {
  readonly method: "netboot";
  /** The folder with bootserver, netaddr, netruncmd and netcp: tools/ in the Zircon build folder. */
  readonly tools: string;
  /** zircon.bin */
  readonly kernel: string;
  /** bootdata.bin */
  readonly ramdisk?: string;
}

/** A command of your own that boots something. It finds what to do in ENTROPY_CMDLINE, ENTROPY_SOURCE, ENTROPY_LENGTH, ENTROPY_ARCH, ENTROPY_NODENAME and ENTROPY_OUTPUT, the file that it leaves the data in unless an export brings them. */
export interface CommandBoot {
  readonly method: "command";
  /**
   * The program and its arguments, a word each; no shell reads them.
   * @minItems 1
   */
  readonly command: readonly string[];
}

/** A Zircon or Fuchsia checkout with its own scripts/entropy-test. */
export interface CheckoutBoot {
  readonly method: "checkout";
  /** The folder that holds scripts/entropy-test. */
  readonly checkout: string;
  /** What its run-boot-test boots. */
  readonly target: "qemu" | "netboot";
  /** The project that its make-parallel builds before the first boot: x86, arm64, rpi3. Without it, nothing is built. */
  readonly project?: string;
  /** The build folder; without it, build-ARCH in the checkout. */
  readonly build?: string;
}

/** @discriminator way */
export type WayOut = SerialPortWay | DiskWay | SharedFolderWay | NetcpWay | ScpWay;

/** QEMU: the system writes to the virtio-serial port entropy.bin. */
export interface SerialPortWay {
  readonly way: "virtio-serial";
}

/** QEMU: the system writes to the start of the virtio disk with the serial number entropy.bin, then powers off. */
export interface DiskWay {
  readonly way: "disk";
}

/** QEMU: the system writes the file entropy.bin to the 9p file system with the tag entropy. */
export interface SharedFolderWay {
  readonly way: "folder";
}

/** Zircon's netcp fetches the file from the node. */
export interface NetcpWay {
  readonly way: "netcp";
  /** The folder with netcp: tools/ in the Zircon build folder. */
  readonly tools: string;
}

/** OpenSSH's scp fetches the file, with your own SSH configuration, keys and known hosts. */
export interface ScpWay {
  readonly way: "scp";
  /**
   * The host, as ssh takes it: a name of ~/.ssh/config, or user@host.
   * @pattern ^[^\s-]\S*$
   */
  readonly host: string;
  /**
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly port?: number;
  /** The file on the machine; without it, /boot/kernel/debug/entropy.bin. */
  readonly path?: string;
  /** A private key to log in with, instead of the configuration's. */
  readonly identity?: string;
  /** A file of host keys to trust, instead of ~/.ssh/known_hosts. */
  readonly knownHosts?: string;
}
