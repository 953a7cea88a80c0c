#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds passthru for FreeBSD 14 and later, amd64 and arm64, on Linux: the pure
# modules and PCIBus's FreeBSD half under Embedded Swift, the front, the C shim,
# linked by zig against FreeBSD's own libc. The results are in .build-freebsd/.
# Usage: Scripts/freebsd.sh [amd64|arm64...]
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
. Scripts/freebsd-zig.sh
find_zig freebsd

build() {
  triple=$1
  target=$2
  out=$3
  mkdir -p "$out"
  TRIPLE=$triple OUT=$out/swift MODULES_ONLY=1 Scripts/embedded.sh >"$out/embedded.log" 2>&1 || {
    cat "$out/embedded.log" >&2
    exit 1
  }
  compile_front "$triple" "$out/swift"
  tables=$toolchain/lib/swift/embedded/$triple/libswiftUnicodeDataTables.a
  # shellcheck disable=SC2086 # the flags are words
  $zig cc -target "$target" $shim_flags -Wno-unused-command-line-argument -s \
    -Wl,--gc-sections -o "$out/passthru" Sources/passthru-freebsd/main.c CShims/CDevPCI/*.c \
    "$out/swift/front.o" "$tables"
  check_symbols "$out/passthru"
  link_for_12_1 "${target%.14.0}.12.1" "$out" "$tables"
  size=$(wc -c <"$out/passthru")
  echo "freebsd: $out/passthru: $size bytes, stripped"
  # One table of facts and one of commands took 0.9 MB more than the five lists and two
  # parsers before them: Embedded Swift compiles each row for its own types.
  if [ "$size" -ge 4000000 ]; then
    echo "freebsd: $out/passthru: 4,000,000 bytes or more" >&2
    exit 1
  fi
}

# Nothing but the start-up code may need a libc later than 12.1's, FBSD_1.5: the
# same objects link statically against an older one.
check_symbols() {
  if ! command -v readelf >/dev/null 2>&1; then
    echo "SKIPPED: freebsd: symbol versions are not checked: readelf is not installed"
    return 0
  fi
  later=$(readelf --dyn-syms -W "$1" | grep -oE '[a-z_0-9]+@FBSD_1\.([6-9]|[1-9][0-9])' \
    | grep -v '^__libc_start1@' || true)
  if [ -n "$later" ]; then
    echo "freebsd: $1 calls what FreeBSD 12.1 does not have: $later" >&2
    exit 1
  fi
}

# The same sources and objects against what FreeBSD 12.1's libc has, as zig lists it:
# a later call is an undefined symbol. The start-up code alone is stood in for,
# since zig's is that of 14. No libc.a of FreeBSD's is in reach to link statically.
link_for_12_1() {
  printf 'void __libc_start1(void);\nvoid __libc_start1(void) {}\n' >"$2/start.c"
  printf '#include <unistd.h>\nint main(void) { return (int)copy_file_range(0, 0, 1, 0, 1, 0); }\n' \
    >"$2/later.c"
  # FreeBSD 13 brought copy_file_range: a check that lets it through checks nothing.
  if $zig cc -target "$1" -O2 -o "$2/later" "$2/start.c" "$2/later.c" >/dev/null 2>&1; then
    echo "freebsd: zig no longer knows what FreeBSD 12.1's libc lacks" >&2
    exit 1
  fi
  # shellcheck disable=SC2086 # the flags are words
  $zig cc -target "$1" $shim_flags -Wno-unused-command-line-argument -s -Wl,--gc-sections \
    -o "$2/passthru-12.1-symbols" "$2/start.c" Sources/passthru-freebsd/main.c \
    CShims/CDevPCI/*.c "$2/swift/front.o" "$3"
  rm -f "$2/passthru-12.1-symbols" "$2/start.c" "$2/later.c"
  echo "freebsd: links against FreeBSD 12.1's libc symbols"
}

. Scripts/freebsd-front.sh

for architecture in ${*:-amd64 arm64}; do
  case $architecture in
  amd64) build x86_64-unknown-none-elf x86_64-freebsd.14.0 .build-freebsd/amd64 ;;
  arm64) build aarch64-none-none-elf aarch64-freebsd.14.0 .build-freebsd/arm64 ;;
  *)
    echo "freebsd: $architecture: amd64 and arm64 are built" >&2
    exit 64
    ;;
  esac
done
