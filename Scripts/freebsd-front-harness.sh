#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Links the FreeBSD executable's own objects for this Linux machine: Embedded Swift's
# and the shim's are those that Scripts/freebsd.sh links for FreeBSD; only the calls to
# the kernel are renamed, and a played kernel answers them. Tests/FreeBSDFrontTests runs
# .build-freebsd/front/passthru, and passthru-checked, which the sanitizers watch.
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
. Scripts/freebsd-zig.sh
find_zig freebsd-front-harness
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "SKIPPED: freebsd-front-harness: the amd64 objects run on x86_64 Linux only"
  exit 0
fi
Scripts/freebsd.sh amd64
swift_objects=.build-freebsd/amd64/swift
out=.build-freebsd/front
rm -rf "$out"
mkdir -p "$out"

objects=
for part in DevPCI DeviceControl KernelFacts FirmwareTables CallNames; do
  # shellcheck disable=SC2086 # the flags are words
  $zig cc -target x86_64-freebsd.14.0 $shim_flags -c "CShims/CDevPCI/$part.c" -o "$out/$part.o"
  rename_kernel_calls "$out/$part.o" "$out/$part.renamed.o"
  objects="$objects $out/$part.renamed.o"
done
natives="CShims/CDevPCI/Process.c CShims/CDevPCI/DurableFile.c Sources/passthru-freebsd/main.c \
Tests/FreeBSDHarness/kernel.c Tests/FreeBSDHarness/recording.c Tests/FreeBSDHarness/devices.c \
Tests/FreeBSDHarness/environment.c"
# The calls that change files, so that the harness can end the program before each.
wraps="-Wl,--wrap=write,--wrap=fsync,--wrap=rename,--wrap=unlink,--wrap=mkdir,--wrap=open"
# link NAME FLAGS...: the front over the played kernel.
link() {
  name=$1
  shift
  natively=
  for source in $natives; do
    object=$out/$(basename "$source" .c).$name.o
    # shellcheck disable=SC2086
    "$clang" $harness_flags "$@" -c "$source" -o "$object"
    natively="$natively $object"
  done
  # shellcheck disable=SC2086 # the objects are words
  "$clang" -no-pie -fuse-ld=lld $wraps "$@" $objects $natively "$swift_objects/front.o" \
    "$toolchain/lib/swift/embedded/x86_64-unknown-none-elf/libswiftUnicodeDataTables.a" \
    -lm -o "$out/$name"
}
link passthru
# The memory of the Swift and FreeBSD objects is watched too, since malloc is.
# shellcheck disable=SC2086
link passthru-checked $sanitized
echo "freebsd-front-harness: $out/passthru and passthru-checked"
