/**
 * The first and only process of the recorder, for busybox: it does to Linux what ENABLE_ENTROPY_COLLECTOR_TEST does to
 * Zircon's kernel, in the same words. It reads kernel.entropy-test.src and .len, draws from the source into memory, tells
 * how long that took, and brings the data out by what the machine has: a virtio-serial port or a disk called entropy.bin,
 * or a shared folder with the tag entropy.
 */
export const RECORDER_INIT = `#!/bin/busybox sh
export PATH=/bin
busybox mount -t proc proc /proc
busybox mount -t sysfs sysfs /sys
busybox mount -t devtmpfs devtmpfs /dev
say() { echo "$*" >/dev/console; }
now() { busybox awk '$1 == "now" { print $3; exit }' /proc/timer_list; }
halt() { busybox sync; busybox poweroff -f; }

for module in /modules/*; do busybox insmod "$module" 2>/dev/null; done

source=
length=1048576
for word in $(busybox cat /proc/cmdline); do
  case "$word" in
    kernel.entropy-test.src=*) source=\${word#*=} ;;
    kernel.entropy-test.len=*) length=\${word#*=} ;;
  esac
done

case "$source" in
  hw_rng) device=/dev/hwrng ;;
  random) device=/dev/random ;;
  *)
    say "entropy-boot-test: unrecognized source \\"$source\\""
    say "entropy-boot-test: skipping test."
    halt ;;
esac

before=$(now)
busybox head -c "$length" "$device" >/entropy.bin 2>/dev/null
after=$(now)
drawn=$(busybox stat -c %s /entropy.bin)
if [ "$drawn" -lt "$length" ]; then
  say "entropy-boot-test: source only returned $drawn bytes."
else
  say "entropy-boot-test: successful draw in $((after - before)) nanoseconds."
fi

export_data() {
  tries=0
  while [ $tries -lt 100 ]; do
    for port in /sys/class/virtio-ports/*; do
      [ "$(busybox cat "$port/name" 2>/dev/null)" = entropy.bin ] || continue
      busybox cat /entropy.bin >"/dev/\${port##*/}"
      return
    done
    for disk in /sys/block/vd*; do
      [ "$(busybox cat "$disk/serial" 2>/dev/null)" = entropy.bin ] || continue
      busybox cat /entropy.bin >"/dev/\${disk##*/}"
      return
    done
    if busybox mount -t 9p -o trans=virtio,version=9p2000.L entropy /shared 2>/dev/null; then
      busybox cp /entropy.bin /shared/entropy.bin
      busybox umount /shared
      return
    fi
    tries=$((tries + 1))
    busybox usleep 100000
  done
  say "entropy-boot-test: there is no port, disk or folder to bring the data out by."
}
export_data
halt
`;
