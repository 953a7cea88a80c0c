#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles every pure module, and the half of PCIBus for FreeBSD, under Embedded
# Swift for a bare x86_64 machine (TRIPLE names another, such as aarch64-none-none-elf):
# the way in which the FreeBSD command is made, so the rule holds for each file.
# Usage: Scripts/embedded.sh [MODULE...]
set -eu
cd "$(dirname "$0")/.."
triple=${TRIPLE:-x86_64-unknown-none-elf}
out=${OUT:-.build-embedded/$triple}
mkdir -p "$out"
out=$(cd "$out" && pwd)
modules=${*:-PCI PCIHost PCIBus PCIRecords PCINames PassthruAnalysis PassthruConfig PassthruReport PassthruCommand}
for module in $modules; do
  # Of the hardware-facing module, the half that reaches FreeBSD through the shim.
  folders="Sources/$module"
  [ "$module" != PCIBus ] || folders="Sources/PCIBus/FreeBSD Sources/PCIBus/Scan"
  # shellcheck disable=SC2086 # the folders are words
  find $folders -name '*.swift' | LC_ALL=C sort >"$out/$module.files"
  swiftc -target "$triple" -swift-version 6 -enable-experimental-feature Embedded \
    -Xfrontend -disable-stack-protector -wmo -Osize -parse-as-library \
    -package-name swift_pci -strict-memory-safety -warnings-as-errors \
    -enable-upcoming-feature ExistentialAny \
    -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -I "$out" -I CShims/CDevPCI/include -module-name "$module" \
    -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -c "@$out/$module.files" -o "$out/$module.o"
  echo "embedded: $module compiles for $triple"
done
