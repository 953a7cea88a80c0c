#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles the shim for FreeBSD on three architectures against FreeBSD's own
# headers, all warnings errors, its layouts asserted against those headers.
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
. Scripts/freebsd-zig.sh
find_zig freebsd-shim
out=.build-freebsd/shim
for target in x86_64-freebsd.14.0 aarch64-freebsd.14.0 riscv64-freebsd.14.0; do
  mkdir -p "$out/$target"
  for source in CShims/CDevPCI/*.c; do
    # shellcheck disable=SC2086 # the flags are words
    $zig cc -target "$target" $shim_flags -DDEVPCI_HEADERS_OF_15 -c "$source" \
      -o "$out/$target/$(basename "$source" .c).o"
  done
  echo "freebsd-shim: compiles for $target"
done
