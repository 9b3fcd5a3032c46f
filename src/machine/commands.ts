/**
 * Every command that the live checks send to a machine, so that what answers for a machine can answer exactly these.
 * POSIX shell (dash, busybox), no root, fixed strings, and nothing that a login shell could read in its own way:
 * see `login-shell.ts` for the characters that may not occur.
 */
import { bytesForBlocks } from "../fips140/stream";

/** SCS-0101 w1: "out of 1000 blocks tested". */
export const FIPS_BLOCKS = 1000;

/** Debian's rngtest lies in /usr/bin, others' in /usr/sbin, which is in few users' PATH. */
export const SEARCH_PATH = "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

/** What distributions call rngd's unit: Fedora, RHEL, SUSE, Arch, rng-tools5: rngd; Debian's others by their package. */
const RNGD_UNITS = "rngd.service rng-tools.service rng-tools-debian.service rng-tools5.service";

export const COMMANDS = {
  /** Ends when everything that starts with the machine has started, where the machine can tell. */
  started:
    "{ command -v cloud-init && cloud-init status --wait; command -v systemctl && systemctl is-system-running --wait; } " +
    ">/dev/null 2>&1; true",

  /** Name and version of the kernel: `Linux 6.1.0-37-amd64`. */
  kernel: "uname -sr",

  /**
   * Lines: `visible` if other users' processes can be seen; `process PID COMMAND LINE` for each process named rngd, the
   * words of its command line parted by NUL; then properties of every unit, as systemd knows it or not.
   */
  rngd: [
    "read -r name < /proc/1/comm && echo visible",
    'for process in /proc/[0-9]*; do read -r name < $process/comm && [ "$name" = rngd ] && ' +
      'printf "process %s " ${process#/proc/} && { cat $process/cmdline; echo; }; done',
    SEARCH_PATH,
    `command -v systemctl >/dev/null && systemctl --no-pager -p Id,LoadState,ActiveState,SubState show ${RNGD_UNITS}`,
  ]
    .map((part) => `{ ${part}; } 2>/dev/null`)
    .concat("true")
    .join("; "),

  /**
   * Lines: `current NAME` and `available NAMES`, as the kernel's hw_random tells of its devices; `instruction NAME` for
   * each instruction of the processor that gives random numbers (x86: rdrand, rdseed; arm64: rng).
   */
  hwrng: ["current", "available"]
    .map(
      (what) => `{ read -r rng < /sys/devices/virtual/misc/hw_random/rng_${what} && echo "${what} $rng"; } 2>/dev/null`,
    )
    .concat(
      "for name in rdrand rdseed rng; do grep -qw $name /proc/cpuinfo 2>/dev/null && echo instruction $name; done",
    )
    .concat("true")
    .join("; "),

  /** How many of 16 bytes the device gives; `unreadable` where the account may not ask, `missing` where there is none. */
  readHwrng:
    "if [ -r /dev/hwrng ]; then head -c 16 /dev/hwrng 2>/dev/null | wc -c; " +
    "elif [ -e /dev/hwrng ]; then echo unreadable; else echo missing; fi",

  /** Bits: one number. */
  entropyAvail: "cat /proc/sys/kernel/random/entropy_avail",

  /** Succeeds where there is an rngtest. */
  findRngtest: `${SEARCH_PATH}; command -v rngtest`,

  /** rngtest's statistics. */
  rngtest: `${SEARCH_PATH}; rngtest -c ${FIPS_BLOCKS} < /dev/random 2>&1`,

  /** The bytes that it takes to test as many blocks ourselves. */
  randomBytes: `head -c ${bytesForBlocks(FIPS_BLOCKS)} /dev/random`,
} as const;
