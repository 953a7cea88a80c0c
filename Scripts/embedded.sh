#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles every pure module under Embedded Swift for a bare x86_64 machine:
# the way in which the FreeBSD command is made, so the rule holds for each file.
# Usage: Scripts/embedded.sh [MODULE...]
set -eu
cd "$(dirname "$0")/.."
triple=${TRIPLE:-x86_64-unknown-none-elf}
out=${OUT:-.build-embedded/$triple}
mkdir -p "$out"
out=$(cd "$out" && pwd)
modules=${*:-PCI PCIHost PCIRecords PCINames PassthruAnalysis PassthruConfig PassthruReport PassthruCommand}
for module in $modules; do
  find "Sources/$module" -name '*.swift' | LC_ALL=C sort >"$out/$module.files"
  swiftc -target "$triple" -swift-version 6 -enable-experimental-feature Embedded \
    -Xfrontend -disable-stack-protector -wmo -Osize -parse-as-library \
    -package-name swift_pci -strict-memory-safety -warnings-as-errors \
    -enable-upcoming-feature ExistentialAny \
    -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -I "$out" -module-name "$module" \
    -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -c "@$out/$module.files" -o "$out/$module.o"
  echo "embedded: $module compiles for $triple"
done
