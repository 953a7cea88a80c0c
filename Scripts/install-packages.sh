#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the Debian packages that the build and the tests use, where apt-get
# is there and one of them is missing. Elsewhere it says what is missing.
# Usage: Scripts/install-packages.sh [PACKAGE...]; those of the build and the tests if none is named.
set -euo pipefail
needed=(libpci-dev pkg-config pci.ids pciutils strace zstd bzip2 xz-utils python3 python3-jsonschema
  python3-pip binutils ipxe-qemu fcode-utils)
[ $# = 0 ] || needed=("$@")
missing=()
for package in "${needed[@]}"; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
    missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "This system has no apt-get. Install what corresponds to: ${missing[*]}" >&2
  exit 0
fi
run=()
[ "$(id -u)" = 0 ] || run=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
echo "installed: ${missing[*]}"
