/**
 * The first process of a server of the test cloud, in the place of systemd and cloud-init: it takes from the config drive
 * what the cloud gives the server (an address, keys, user data), lets SSH in, starts rngd, and runs the user data.
 * The kernel's command line, which an image may set, says by `lacks=PROGRAM,...` what the image is without.
 * https://docs.openstack.org/nova/zed/user/metadata.html
 */
export const GUEST_INIT = `#!/bin/sh
export PATH=/sbin:/bin
busybox mount -t proc proc /proc
busybox mount -t sysfs sysfs /sys
busybox mount -t devtmpfs devtmpfs /dev
mkdir /dev/pts
busybox mount -t devpts devpts /dev/pts
exec </dev/null >/dev/console 2>&1
for module in /modules/*; do busybox insmod "$module"; done
for program in $(echo "$lacks" | tr , ' '); do rm $(command -v $program); done

until [ -b /dev/sr0 ]; do sleep 0.1; done
busybox mount -t iso9660 -o ro /dev/sr0 /config
given=/config/openstack/latest

# a network without DHCP has its addresses here
address=$(sed -n 's/.*"ip_address": "\\([0-9.]*\\)".*/\\1/p' $given/network_data.json)
busybox ip link set lo up
busybox ip link set eth0 up
if [ -n "$address" ]; then busybox ip address add "$address/24" dev eth0; fi

grep -o '[a-z0-9-]* AAAA[A-Za-z0-9+/=]*' $given/meta_data.json | sort -u >/home/debian/.ssh/authorized_keys
chown -R debian /home/debian
ssh-keygen -q -t ed25519 -N '' -C root@guest -f /etc/ssh/ssh_host_ed25519_key
echo '-----BEGIN SSH HOST KEY KEYS-----'
cat /etc/ssh/ssh_host_ed25519_key.pub
echo '-----END SSH HOST KEY KEYS-----'
/sbin/sshd

if command -v rngd >/dev/null; then rngd -r /dev/hwrng; fi
if [ -e $given/user_data ]; then sh $given/user_data & fi
while :; do
  wait
  sleep 1
done
`;
