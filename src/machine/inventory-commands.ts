/** What the inventory asks of a machine beside the live checks; under the same rules as `commands.ts`. */

const JITTER_TEST = "/sys/kernel/debug/jitterentropy_testing/jent_raw_hires";

export const INVENTORY_COMMANDS = {
  /** The line of one processor's features: `flags : fpu ...`, of arm64 `Features : fp ...`. */
  processor: 'grep -m1 -E "^(flags|Features)" /proc/cpuinfo',

  /** Lines: `sys` if there is a /sys; `driven NAME` or `undriven NAME` for each virtio device of type 4, entropy. */
  virtioRng:
    "[ -d /sys/bus ] && echo sys; for device in /sys/bus/virtio/devices/virtio*; do " +
    "{ read -r type < $device/device; } 2>/dev/null || continue; " +
    '[ "$type" = 0x0004 ] || continue; name=${device##*/}; ' +
    "if [ -e $device/driver ]; then echo driven $name; else echo undriven $name; fi; done; true",

  /** Lines: `crypto` if /proc/crypto can be read; `kernel` if it has jitterentropy; `test FILE`; `program FILE` for each. */
  jitterEntropy:
    "[ -r /proc/crypto ] && echo crypto; grep -qs jitterentropy /proc/crypto && echo kernel; " +
    `[ -r ${JITTER_TEST} ] && echo test ${JITTER_TEST}; ` +
    "for file in /usr/lib/libjitterentropy.so* /usr/lib64/libjitterentropy.so* /usr/lib/*/libjitterentropy.so* " +
    "/usr/sbin/jitterentropy-rngd /usr/local/bin/jitterentropy-hashtime /usr/bin/jitterentropy-hashtime " +
    "/usr/local/bin/getrawentropy /usr/bin/getrawentropy; do [ -e $file ] && echo program $file; done; true",

  /** Lines: `log` if the boot's log can be read, here or there, with its beginning; then what it says of the generator. */
  crngInit:
    "for read in dmesg journalctl; do command -v $read >/dev/null || continue; " +
    "if [ $read = journalctl ]; then set -- -q -k -b -o short-monotonic --no-pager; fi; " +
    '$read "$@" 2>/dev/null | grep -m1 -q . && echo log $read; ' +
    '$read "$@" 2>/dev/null | grep -m1 -E "random: (crng|nonblocking pool)"; done; true',
} as const;
