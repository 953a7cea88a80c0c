#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Installs the programs that judge the emitted configurations in the tests:
# libvirt's and Xen's parsers, QEMU, Lua, kmod, udev, systemd, augeas, Nix,
# promtool, ansible, yamllint. A test whose program is absent is skipped and
# says so; this script is what makes none of them absent on Debian 12.
set -eu
# Not systemd, udev and kmod as services: only their programs are used, and
# policy-rc.d keeps apt from starting anything.
packages="libvirt-clients libxml2-utils virtinst lua5.4 qemu-system-x86 libxenmisc4.17 kmod udev systemd
  augeas-tools nix-bin prometheus ansible-core yamllint python3-jsonschema"
missing=
for package in $packages; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "SKIPPED: no apt-get: not installed:$missing"
  exit 0
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' | $sudo tee /usr/sbin/policy-rc.d >/dev/null
  $sudo chmod 755 /usr/sbin/policy-rc.d
  trap '$sudo rm -f /usr/sbin/policy-rc.d' EXIT
fi
$sudo apt-get update -qq
# shellcheck disable=SC2086 # the packages are words
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing \
  >/dev/null
echo "installed:$missing"
