# SPDX-License-Identifier: Apache-2.0
#
# What the lab does in a guest, in plain shell and without passthru: it is the
# independent side of every comparison.

devices=/sys/bus/pci/devices

# Loads what every device asks for, until nothing new turns up: a virtio device
# or a USB stick is seen only after its controller has a driver.
load_modules() {
  seen=
  for round in 1 2 3 4; do
    wanted=$(cat /sys/bus/pci/devices/*/modalias /sys/bus/virtio/devices/*/modalias \
      /sys/bus/usb/devices/*/modalias /sys/bus/scsi/devices/*/modalias \
      /sys/bus/hdaudio/devices/*/modalias 2>/dev/null | sort -u)
    [ "$wanted" = "$seen" ] && break
    seen=$wanted
    # shellcheck disable=SC2086 # modaliases hold no space here
    modprobe -qa $wanted 2>/dev/null
    sleep 0.5
  done
}

# driver_of ADDRESS: the driver's name, or nothing. Without a program: each costs an
# emulated processor 10 ms, and a lab asks some thousand times.
driver_of() {
  [ -e "$devices/$1/driver" ] && (cd -P "$devices/$1/driver" && echo "${PWD##*/}")
}

# Every function: address, path, ids, class, driver, group, physical function, node.
# One process for all links and one for all files: with one for each, 980 functions
# take a minute.
functions() {
  {
    ls -ld "$devices"/* "$devices"/*/driver "$devices"/*/iommu_group "$devices"/*/physfn
    grep -H '' "$devices"/*/vendor "$devices"/*/device "$devices"/*/class "$devices"/*/numa_node
  } 2>/dev/null | awk '
    { sub(/^.*\/sys\/bus\/pci\/devices\//, "") }
    (i = index($0, " -> ")) {
      key = substr($0, 1, i - 1)
      target = substr($0, i + 4)
      if (key ~ /\//) sub(/.*\//, "", target)
      else { sub(/^[.\/]+/, "/sys/", target); all[++n] = key }
      value[key] = target
      next
    }
    { i = match($0, /:[^:]*$/); value[substr($0, 1, i - 1)] = substr($0, i + 1) }
    END {
      for (i = 1; i <= n; i++) {
        a = all[i]
        print a "|" value[a] "|" value[a "/vendor"] "|" value[a "/device"] "|" value[a "/class"] \
          "|" value[a "/driver"] "|" value[a "/iommu_group"] "|" value[a "/physfn"] \
          "|" value[a "/numa_node"]
      }
    }'
}

# The kernel's groups: "NUMBER ADDRESS" lines.
groups() {
  for link in /sys/kernel/iommu_groups/*/devices/*; do
    [ -e "$link" ] || continue
    n=${link#/sys/kernel/iommu_groups/}
    echo "${n%%/*} ${link##*/}"
  done
}

# What binding changes: every function's driver and override, a line each.
driver_state() {
  {
    ls -ld "$devices"/*/driver
    grep -H '' "$devices"/*/driver_override
  } 2>/dev/null | sed 's|^.*/sys/bus/pci/devices/||; s|/driver -> .*/| driver |
    s|/driver_override:| override |' | sort
}

take() {
  echo vfio-pci >"$devices/$1/driver_override" || return
  [ -e "$devices/$1/driver" ] && echo "$1" >"$devices/$1/driver/unbind"
  # The write succeeds whether a driver took the function or not.
  echo "$1" >/sys/bus/pci/drivers_probe
}

# give_back ADDRESS DRIVER: DRIVER empty where it had none.
give_back() {
  [ -e "$devices/$1" ] || return
  if [ "$(driver_of "$1")" = "$2" ]; then
    echo >"$devices/$1/driver_override"
    return
  fi
  [ -e "$devices/$1/driver" ] && echo "$1" >"$devices/$1/driver/unbind"
  echo >"$devices/$1/driver_override"
  [ -n "$2" ] && echo "$1" >"/sys/bus/pci/drivers/$2/bind"
}

# trial ADDRESS...: gives all of them to vfio-pci, opens them, puts all back.
# Prints "before ADDRESS|DRIVER|COUNT", "after ADDRESS DRIVER", "vfs ADDRESS COUNT" of a
# physical function, vfio-open's lines, and "back ADDRESS DRIVER".
trial() {
  # In a file, for a driver can be called "i6300ESB timer".
  : >/run/trial
  for a in "$@"; do
    before="$a|$(driver_of "$a")|$(virtual "$a")"
    echo "$before" >>/run/trial
    echo "before $before"
  done
  for a in "$@"; do [ "$(driver_of "$a")" = vfio-pci ] || take "$a" 2>/dev/null; done
  for a in "$@"; do
    echo "after $a $(driver_of "$a")"
    [ -n "$(virtual "$a")" ] && echo "vfs $a $(virtual "$a")"
  done
  vfio-open "$@"
  # In reverse, as functions were taken.
  tac /run/trial | while IFS="|" read -r a d n; do
    give_back "$a" "$d" 2>/dev/null
    [ "$n" != "$(virtual "$a")" ] && vfs "$a" "$n"
  done
  for a in "$@"; do echo "back $a $(driver_of "$a")"; done
}

# await PORT SLOT: the address of the function in that slot below the port, when it is
# there and has a driver.
await() {
  for i in $(seq 200); do
    for d in "$devices/$1"/*:"$2"; do
      [ -e "$d" ] || continue
      [ -e "$d/driver" ] && echo "${d##*/}" && return
      modprobe -q "$(cat "$d/modalias")"
    done
    sleep 0.1
  done
  return 1
}

# virtual ADDRESS: how many virtual functions it has; nothing where it can have none.
virtual() {
  [ -e "$devices/$1/sriov_numvfs" ] && read -r count <"$devices/$1/sriov_numvfs" && echo "$count"
}

# vfs ADDRESS COUNT: makes virtual functions, with 0 before.
vfs() {
  echo 0 >"$devices/$1/sriov_numvfs"
  [ "$2" = 0 ] || echo "$2" >"$devices/$1/sriov_numvfs"
}

# only_vfs ADDRESS COUNT: the same, and the kernel looks for no driver for them.
only_vfs() {
  echo 0 >"$devices/$1/sriov_drivers_autoprobe" && vfs "$1" "$2"
}

# release ADDRESS: leaves it without a driver.
release() {
  [ -e "$devices/$1/driver" ] && echo "$1" >"$devices/$1/driver/unbind"
  return 0
}

# disk_of ADDRESS, interface_of ADDRESS: the names that the driver's children have.
# With multipath, nvme0c0n1 is the path through the controller, and nvme0n1 the disk.
disk_of() {
  for b in /sys/block/*; do
    case $(readlink -f "$b/device")/ in
    */"$1"/*) basename "$b" | sed 's/^\(nvme[0-9]*\)c[0-9]*n/\1n/' ;;
    esac
  done | sort -u
}
interface_of() {
  for n in /sys/class/net/*; do
    case $(readlink -f "$n/device" 2>/dev/null)/ in */"$1"/*) basename "$n" ;; esac
  done
}

# What a host depends on, made by hand: swap, routes, a root file system.
swap_on() {
  mkswap "/dev/$(disk_of "$1")" >/dev/null && swapon "/dev/$(disk_of "$1")"
}
bond_and_bridge() {
  modprobe -a bonding bridge
  [ -e /sys/class/net/bond0 ] || echo +bond0 >/sys/class/net/bonding_masters
  ip link set bond0 down
  echo active-backup >/sys/class/net/bond0/bonding/mode
  for a in "$@"; do
    ip link set "$(interface_of "$a")" down
    echo "+$(interface_of "$a")" >/sys/class/net/bond0/bonding/slaves
  done
  brctl addbr br0
  brctl addif br0 bond0
  ip link set bond0 up
  ip link set br0 up
  ip addr add 10.9.0.2/24 dev br0
  ip route add default via 10.9.0.1
}
# Devices in use in ways that the main table and /proc/self/mounts do not show.
# route_of_a_table ADDRESS: the only default route is in table 100.
route_of_a_table() {
  name=$(interface_of "$1")
  ip addr add 10.20.0.2/24 dev "$name"
  ip link set "$name" up
  ip rule add from all lookup 100 priority 100
  ip route add default via 10.20.0.1 dev "$name" table 100
}
# bridge_of_guests ADDRESS: a bridge without an address, with a guest's tap.
bridge_of_guests() {
  modprobe -a bridge tun
  brctl addbr br1
  brctl addif br1 "$(interface_of "$1")"
  tunctl -t tap0 >/dev/null
  brctl addif br1 tap0
}
# other_network ADDRESS: the interface goes to another network namespace.
other_network() {
  unshare -n sleep 100000 &
  echo $! >/run/network.pid
  sleep 1
  ip link set "$(interface_of "$1")" netns "$(cat /run/network.pid)"
}
# vlan_on ADDRESS: a VLAN without an address.
vlan_on() {
  modprobe 8021q
  ip link add link "$(interface_of "$1")" name vlan7 type vlan id 7
}
# other_mounts ADDRESS: mounted in another mount namespace only.
other_mounts() {
  modprobe ext4
  /sbin/mke2fs -q -t ext4 "/dev/$(disk_of "$1")"
  unshare -m --propagation private sh -c "mount -t ext4 /dev/$(disk_of "$1") /mnt; sleep 100000; :" &
  echo $! >/run/mounts.pid
  sleep 1
}
# open_raw ADDRESS: a program has the disk open, as a guest's.
open_raw() {
  sleep 100000 <"/dev/$(disk_of "$1")" &
  echo $! >/run/raw.pid
}
# external_journal JOURNAL DATA: an ext4 whose journal is on another disk.
external_journal() {
  /sbin/mke2fs -q -O journal_dev "/dev/$(disk_of "$1")"
  /sbin/mke2fs -q -t ext4 -J "device=/dev/$(disk_of "$1")" "/dev/$(disk_of "$2")"
  mkdir -p /run/data
  mount -t ext4 "/dev/$(disk_of "$2")" /run/data && touch /run/data/here
}
# route_over_virtual ADDRESS: a default route over a virtual function of it.
route_over_virtual() {
  modprobe igbvf
  vfs "$1" 1
  virtual=$(readlink -f "$devices/$1/virtfn0")
  virtual=${virtual##*/}
  for i in $(seq 50); do [ -n "$(interface_of "$virtual")" ] && break || sleep 0.1; done
  name=$(interface_of "$virtual")
  ip link set "$(interface_of "$1")" up
  ip addr add 10.10.0.2/24 dev "$name"
  ip link set "$name" up
  ip route add default via 10.10.0.1 dev "$name" metric 100
  # igb logs each list of addresses that it gets from QEMU's igbvf, and IPv6 sends some late.
  sleep 5
}
# The agent changes its root to /mnt when the request is done.
root_on_lvm() {
  modprobe -a dm_mod ext4
  disk=/dev/$(disk_of "$1")
  mkdir -p /etc/lvm /run/lvm /run/lock/lvm
  settings='activation { udev_sync = 0 udev_rules = 0 } devices { obtain_device_list_from_udev = 0 use_devicesfile = 0 }'
  lvm pvcreate --config "$settings" -ff -y "$disk" &&
    lvm vgcreate --config "$settings" vg "$disk" &&
    lvm lvcreate --config "$settings" -y -Wn -Zn -l 100%FREE -n root vg &&
    lvm vgmknodes --config "$settings" &&
    /sbin/mke2fs -q -t ext4 /dev/mapper/vg-root &&
    mount /dev/mapper/vg-root /mnt &&
    cp -a /bin /sbin /lib /lib64 /usr /etc /lab /mnt/ &&
    mkdir -p /mnt/proc /mnt/sys /mnt/dev /mnt/run /mnt/tmp /mnt/mnt /mnt/root &&
    touch /run/switch
}
