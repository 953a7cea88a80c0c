#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs the shim's x86_64 FreeBSD objects on this Linux machine over a played
# kernel, under address and undefined-behaviour sanitizers: the objects are
# those that a FreeBSD host would run, only their calls to the kernel renamed.
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
. Scripts/freebsd-zig.sh
find_zig freebsd-harness
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "SKIPPED: freebsd-harness: the x86_64 object runs on x86_64 Linux only"
  exit 0
fi
out=.build-freebsd/harness
mkdir -p "$out"
shim="DevPCI DeviceControl KernelFacts FirmwareTables CallNames"
harness="kernel recording devices cases control files"

# Twice: as it is shipped, and with every undefined behaviour made a trap.
for kind in shipped trapping; do
  extra=
  [ $kind = shipped ] || extra="-fsanitize=undefined -fsanitize-trap=undefined -fno-stack-protector"
  objects=
  for part in $shim; do
    # shellcheck disable=SC2086 # the flags are words
    $zig cc -target x86_64-freebsd.14.0 $shim_flags $extra -c "CShims/CDevPCI/$part.c" \
      -o "$out/$part.$kind.o"
    rename_kernel_calls "$out/$part.$kind.o" "$out/$part.$kind.renamed.o"
    objects="$objects $out/$part.$kind.renamed.o"
  done
  for part in $harness; do
    # shellcheck disable=SC2086
    "$clang" $harness_flags $sanitized -c "Tests/FreeBSDHarness/$part.c" -o "$out/$part.o"
    objects="$objects $out/$part.o"
  done
  for part in Process DurableFile; do
    # shellcheck disable=SC2086
    "$clang" $harness_flags $sanitized -c "CShims/CDevPCI/$part.c" -o "$out/$part.native.o"
    objects="$objects $out/$part.native.o"
  done
  # shellcheck disable=SC2086
  "$clang" -fuse-ld=lld $sanitized $objects -o "$out/cases.$kind"
  echo "freebsd-harness: $kind objects"
  "$out/cases.$kind" Fixtures/freebsd-vm/*/
done
