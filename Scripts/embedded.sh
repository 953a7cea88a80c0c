#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Compiles every pure module, and the half of PCIBus for FreeBSD, under Embedded
# Swift for a bare x86_64 machine (TRIPLE names another, such as aarch64-none-none-elf):
# the way in which the FreeBSD command is made, so the rule holds for each file.
# MODULES_ONLY=1 writes the modules without objects, which is all that a program
# needs: it compiles what it uses of them into its own object.
# Usage: Scripts/embedded.sh [MODULE...]
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
triple=${TRIPLE:-x86_64-unknown-none-elf}
out=${OUT:-.build-embedded/$triple}
mkdir -p "$out"
out=$(cd "$out" && pwd)
modules=${*:-PCI PCIHost PCIDrivers PCIBus PCIRecords PCINames PassthruAnalysis PassthruConfig PassthruReport PassthruCommand}
before=$(swiftc --version 2>&1 | cksum)
for module in $modules; do
  # Of the hardware-facing module, what reaches FreeBSD through the shim.
  folders="Sources/$module"
  [ "$module" != PCIBus ] || folders="Sources/PCIBus/FreeBSD Sources/PCIBus/Process Sources/PCIBus/Scan"
  # shellcheck disable=SC2086 # the folders are words
  find $folders -name '*.swift' | LC_ALL=C sort >"$out/$module.files"
  # A module is compiled again only where it, or one before it, has changed.
  digest=$(
    {
      echo "$before ${MODULES_ONLY:-} ${OPTIMISE:-}"
      cat Scripts/embedded.sh Scripts/compilers.sh CShims/CDevPCI/include/* "$out/$module.files"
      # shellcheck disable=SC2046 # file names here have no blanks
      cat $(cat "$out/$module.files")
    } | cksum
  )
  before="$before $digest"
  if [ -f "$out/$module.swiftmodule" ] && [ "$(cat "$out/$module.digest" 2>/dev/null)" = "$digest" ]; then
    echo "embedded: $module is as it was for $triple"
    continue
  fi
  rm -f "$out/$module.digest"
  object="-c -o $out/$module.o"
  [ -z "${MODULES_ONLY:-}" ] || object=
  # shellcheck disable=SC2086 # the flags are words
  swiftc -target "$triple" $embedded_flags "${OPTIMISE:--Osize}" -I "$out" \
    -module-name "$module" \
    -emit-module -emit-module-path "$out/$module.swiftmodule" \
    "@$out/$module.files" $object
  echo "$digest" >"$out/$module.digest"
  echo "embedded: $module compiles for $triple"
done
