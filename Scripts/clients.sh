#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds and runs the packages in Tests/Clients against a clone with a tag, as a stranger
# would: no package is resolved besides, nothing links libpci unless its trait is asked for.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet . "$work/swift-pci"
git -C "$work/swift-pci" -c user.name=client -c user.email=client@localhost tag 0.0.1
export SWIFT_PCI_CLONE="file://$work/swift-pci"
cp -R Tests/Clients "$work/clients"
passed=0
for client in "$work"/clients/*/; do
  name=$(basename "$client")
  if [ "$name" = LibPCI ] && ! pkg-config --exists libpci; then
    echo "SKIPPED: client $name: libpci-dev is not installed"
    continue
  fi
  swift build --package-path "$client" --scratch-path "$work/build-$name" \
    >"$work/$name.log" 2>&1 || {
    cat "$work/$name.log"
    echo "clients: $name does not build" >&2
    exit 1
  }
  packages=$(swift package --package-path "$client" --scratch-path "$work/build-$name" \
    show-dependencies --format flatlist | grep -vc '^swift-pci$' || true)
  [ "$packages" = 0 ] || {
    echo "clients: $name resolves $packages packages besides swift-pci" >&2
    exit 1
  }
  program=$work/build-$name/debug/client
  "$program" >"$work/$name.out"
  if [ "$name" != LibPCI ] && ldd "$program" | grep -q libpci; then
    echo "clients: $name links libpci unasked" >&2
    exit 1
  fi
  passed=$((passed + 1))
done
echo "clients: $passed packages build and run against a tagged clone"
