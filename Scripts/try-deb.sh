#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the Debian package in a bare Debian 12, runs it there, and takes it away.
# Needs root and debootstrap; without them it says so and ends well.
# Usage: Scripts/try-deb.sh PACKAGE
set -euo pipefail
package=${!#}
cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "skipped: a bare Debian 12 needs root and debootstrap" >&2
  exit 0
fi
# The mount of /proc is this script's alone, and goes with it.
[ "${1:-}" = --apart ] || exec unshare --mount --propagation private Scripts/try-deb.sh --apart "$package"
bare=$(mktemp -d)
trap 'umount "$bare/debian/proc" 2>/dev/null || true; rm -rf --one-file-system "$bare"' EXIT
if ! debootstrap --variant=minbase bookworm "$bare/debian" >"$bare/log" 2>&1; then
  tail -5 "$bare/log" >&2
  exit 1
fi
# The Swift runtime ends a program that finds no /proc/self/exe, before its first line.
mountpoint -q "$bare/debian/proc" || mount -t proc proc "$bare/debian/proc"
cp "$package" "$bare/debian/tmp/passthru.deb"
inside() { chroot "$bare/debian" "$@"; }
inside dpkg -i /tmp/passthru.deb
want=$(.build-static/passthru --version)
have=$(inside passthru --version)
[ "$have" = "$want" ] || { echo "it says $have, not $want" >&2; exit 1; }
# One function, as lspci -x writes it: a virtio network card.
printf '%s\n' '00:03.0 Ethernet controller: Red Hat, Inc. Virtio network device' \
  '00: f4 1a 00 10 00 00 00 00 00 00 00 02 00 00 00 00' \
  '10: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00' \
  '20: 00 00 00 00 00 00 00 00 00 00 00 00 f4 1a 01 00' \
  '30: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00' >"$bare/debian/tmp/one.lspci"
inside passthru list --from /tmp/one.lspci --as lspci >"$bare/list" || [ $? = 1 ]
grep -q '00:03.0' "$bare/list" || { echo "list does not show the recording" >&2; exit 1; }
inside test -s /usr/share/bash-completion/completions/passthru
inside dpkg --purge passthru
if inside test -e /usr/bin/passthru; then
  echo "dpkg --purge left the executable" >&2
  exit 1
fi
echo "$(basename "$package"): installed, run and purged in a bare Debian 12"
