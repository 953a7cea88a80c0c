#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Fuzzes the readers of foreign input with libFuzzer and AddressSanitizer.
# Usage: Scripts/fuzz.sh [TARGET...]   (configuration lspci pciconf names snapshot
#   rom vpd tables)
#   SECONDS=60   how long each target runs; 0 builds only
#   OUT=DIR      where objects, programs, corpora and findings go
#
# A finding ends the script with status 1 and leaves its input in OUT/TARGET/found.
# Corpora are kept from run to run and start from Fixtures.
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
targets=${*:-configuration lspci pciconf names snapshot rom vpd tables}
seconds=${SECONDS:-60}
out=${OUT:-.build-fuzz}
mkdir -p "$out"
out=$(cd "$out" && pwd)

fuzzed="-O -sanitize=fuzzer,address"
objects=
for module in PCI PCIHost PCIRecords PCINames; do
  find "Sources/$module" -name '*.swift' | LC_ALL=C sort >"$out/$module.files"
  # shellcheck disable=SC2086
  swiftc $strict_flags $fuzzed -I "$out" -module-name "$module" \
    -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -c "@$out/$module.files" -o "$out/$module.o"
  objects="$objects $out/$module.o"
done
for target in $targets; do
  source=Tests/Fuzz/$(echo "$target" | sed 's/./\U&/')Fuzz.swift
  shared=
  case $target in
  lspci | pciconf | snapshot) shared=Tests/Fuzz/RecordFuzz.swift ;;
  esac
  # shellcheck disable=SC2086
  swiftc $language_flags -wmo $fuzzed -I "$out" -module-name "Fuzz_$target" "$source" $shared \
    $objects -use-ld=lld -o "$out/fuzz-$target"
done
python3 Scripts/fuzz-seeds.py Fixtures "$out"
[ "$seconds" -gt 0 ] || exit 0

# A crash must not wait for a backtrace; leaks cannot be told from Swift's own.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
status=0
for target in $targets; do
  mkdir -p "$out/$target/corpus" "$out/$target/found"
  case $target in configuration) longest=4096 ;; *) longest=16384 ;; esac
  if "$out/fuzz-$target" "$out/$target/corpus" "$out/$target/seeds" \
    -dict="Tests/Fuzz/Dictionaries/$target.dict" -max_total_time="$seconds" \
    -max_len="$longest" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$out/$target/found/" >"$out/$target/log" 2>&1; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$target/log")
    coverage=$(grep -ao 'cov: [0-9]* ft: [0-9]*' "$out/$target/log" | tail -n 1)
    echo "fuzz: $target: $runs runs in $seconds s, $coverage"
  else
    echo "fuzz: $target: a finding, in $out/$target/found; the end of its log:" >&2
    tail -n 30 "$out/$target/log" >&2
    status=1
  fi
done
exit $status
