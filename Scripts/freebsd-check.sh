#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles every module and the command for FreeBSD on this Linux machine,
# `#if os(FreeBSD)` code included. The toolchain here has no FreeBSD half, but it
# ships its modules as text: copies of those, relabelled, and FreeBSD's headers
# from zig are enough to compile, though not to link or to run.
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
. Scripts/freebsd-zig.sh
find_zig freebsd-check
linux=$toolchain/lib/swift/linux
if [ ! -f "$linux/Swift.swiftmodule/x86_64-unknown-linux-gnu.swiftinterface" ]; then
  echo "SKIPPED: freebsd-check: this toolchain has no textual modules for x86_64 Linux"
  exit 0
fi
triple=x86_64-unknown-freebsd14.0
root=.build-freebsd/check
mkdir -p "$root"
root=$(cd "$root" && pwd)
resources=$root/resources
sdk=$root/sdk

# The modules as text, under FreeBSD's name.
made_for=$(swiftc --version 2>&1 | head -1)
if [ "$(cat "$root/made-for" 2>/dev/null)" != "$made_for" ]; then
  rm -rf "$resources" "$sdk" "$root/cache"
  mkdir -p "$resources/freebsd/x86_64" "$sdk/usr/include"
  for folder in clang shims apinotes; do ln -s "$toolchain/lib/swift/$folder" "$resources/$folder"; done
  for module in Swift SwiftOnoneSupport _Builtin_float _Concurrency _StringProcessing \
    _RegexParser Synchronization Glibc; do
    mkdir -p "$resources/freebsd/$module.swiftmodule"
    # Two edits: the kernel's thread ids are Linux's, and FreeBSD's standard
    # streams and TIOCGWINSZ are macros that Swift cannot import.
    sed -e "s/x86_64-unknown-linux-gnu/$triple/g" -e 's/_swift_stdlib_gettid()/UInt32(0)/g' \
      -e '/public var std\(in\|out\|err\)/d' \
      "$linux/$module.swiftmodule/x86_64-unknown-linux-gnu.swiftinterface" \
      >"$resources/freebsd/$module.swiftmodule/x86_64-unknown-freebsd.swiftinterface"
  done
  cp "$linux"/x86_64/glibc.modulemap "$linux"/x86_64/SwiftGlibc.h "$resources/freebsd/x86_64/"
  headers=$($zig env | sed -n 's/.*lib_dir[" =:]*\([^"]*\)".*/\1/p')/libc/include
  cp -r "$headers/generic-freebsd/." "$sdk/usr/include/"
  cp -r "$headers/x86_64-freebsd-none/." "$sdk/usr/include/"
  echo "$made_for" >"$root/made-for"
fi

mkdir -p "$root/modules"
for module in ${*:-PCI PCIHost PCIDrivers PCIBus PCIRecords PCINames PassthruAnalysis \
  PassthruConfig PassthruReport PassthruCommand passthru-freebsd}; do
  find "Sources/$module" -name '*.swift' | LC_ALL=C sort >"$root/$module.files"
  # shellcheck disable=SC2086 # the flags are words
  swiftc -target $triple $strict_flags -Onone -sdk "$sdk" -resource-dir "$resources" \
    -module-cache-path "$root/cache" -Xcc -D__FreeBSD_version=1400500 \
    -I "$root/modules" -I CShims/CDevPCI/include -module-name "$(echo "$module" | tr - _)" \
    -emit-module -emit-module-path "$root/modules/$module.swiftmodule" \
    -c "@$root/$module.files" -o "$root/modules/$module.o"
  echo "freebsd-check: $module compiles for $triple"
done
