#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Fetches what the lab of virtual machines runs, into .lab/ beside the sources:
# QEMU 10, Debian's kernels, busybox, lspci, LVM. Nothing is installed: packages
# are downloaded by apt-get with lists and a status of its own, and unpacked, so
# that the system's QEMU and its libraries stay as they are. What is there is kept;
# rm -r .lab starts anew.
#
# Why not the system's: Debian 12's QEMU 7.2 has neither igb with virtual functions
# nor an AMD IOMMU that boots; bookworm-backports has 10.0.
#
# LAB_KERNELS chooses kernels: "6.1 6.12" unless it says otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
lab=$PWD/.lab
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

for tool in apt-get apt-cache dpkg-deb; do
  command -v "$tool" >/dev/null || {
    echo "lab: $tool is missing: the lab's parts are Debian packages" >&2
    exit 2
  }
done
[ -r "$keyring" ] || {
  echo "lab: $keyring is missing: install debian-archive-keyring" >&2
  exit 2
}

# An apt of its own: no package counts as installed, so that what is fetched is
# whole and does not depend on this system.
apt=$lab/apt
settings=(-o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
  -o Dir::State::Lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
  -o APT::Install-Recommends=false -o APT::Architecture=amd64 -o APT::Architectures::=amd64
  -o Debug::NoLocking=true -o APT::Sandbox::User=root -qq)
update() {
  [ -e "$apt/updated" ] && return
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  : >"$apt/status"
  local mirror=http://deb.debian.org/debian
  printf 'deb [signed-by=%s] %s %s main\n' \
    "$keyring" $mirror bookworm "$keyring" $mirror bookworm-backports \
    "$keyring" $mirror-security bookworm-security >"$apt/sources.list"
  apt-get "${settings[@]}" update
  touch "$apt/updated"
}

# unpack FOLDER RELEASE PACKAGE...: the packages with all that they depend on.
unpack() {
  local folder=$lab/$1 release=$2
  shift 2
  [ -e "$folder/complete" ] && [ "$(cat "$folder/complete")" = "$*" ] && return
  update
  echo "lab: fetching $*"
  rm -rf "$folder" "$apt/cache/archives"
  mkdir -p "$folder" "$apt/cache/archives/partial"
  apt-get "${settings[@]}" --download-only -y -t "$release" install "$@" >/dev/null
  local package
  for package in "$apt"/cache/archives/*.deb; do dpkg-deb -x "$package" "$folder"; done
  echo "$*" >"$folder/complete"
}

# kernel NAME RELEASE: the newest image of that release, alone.
kernel() {
  local folder=$lab/kernel-$1
  [ -e "$folder/complete" ] && return
  update
  local image
  image=$(apt-cache "${settings[@]}" show -t "$2" --no-all-versions linux-image-amd64 |
    sed -n 's/^Depends: *\(linux-image-[^ ,]*\).*/\1/p' | head -1)
  case $image in
  linux-image-"$1".*) ;;
  *)
    echo "lab: $2 has $image where a kernel $1 was looked for" >&2
    exit 2
    ;;
  esac
  echo "lab: fetching $image"
  rm -rf "$folder" "$apt/cache/archives"
  mkdir -p "$folder" "$apt/cache/archives/partial"
  (cd "$apt/cache/archives" && apt-get "${settings[@]}" -t "$2" download "$image")
  dpkg-deb -x "$apt"/cache/archives/linux-image-*.deb "$folder"
  basename "$folder"/boot/vmlinuz-* | sed 's/^vmlinuz-//' >"$folder/complete"
}

unpack tools bookworm-backports qemu-system-x86 kmod
unpack guest bookworm busybox-static pciutils lvm2 e2fsprogs
for name in ${LAB_KERNELS:-6.1 6.12}; do
  case $name in
  6.1) kernel 6.1 bookworm-security ;;
  6.12) kernel 6.12 bookworm-backports ;;
  *)
    echo "lab: $name: kernels 6.1 and 6.12 are known" >&2
    exit 64
    ;;
  esac
done
rm -rf "$apt/cache/archives"
