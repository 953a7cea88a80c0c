#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Takes every fact out of every recorded host, and every file out of the recorded trees, one
# after the other: no verdict may be better without it. Prints how many deletions were tried
# and how many verdicts moved. What is beside the project is tried too where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
traits=$(pkg-config --exists libpci 2>/dev/null && echo --traits LibPCI || true)
# shellcheck disable=SC2086
swift build -c release $traits --product deletion-law
bin=$(swift build -c release --show-bin-path)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shopt -s nullglob
paths=(Fixtures/hosts/*.json Fixtures/lspci/*.txt Fixtures/freebsd-vm/*/pciconf*.txt)
beside=../shared
if [ -d "$beside" ]; then
  paths+=("$beside"/corpora/pciconf/*.pciconf "$beside"/corpora/lspci-hex/*)
  for archive in "$beside"/cases/hosts/*.tar.zst "$beside"/cases/linux/*/case.tar.zst; do
    tar --zstd -xf "$archive" -C "$work"
  done
  for tree in "$work"/*; do
    if [ -d "$tree/sys" ]; then
      paths+=("$tree")
    else
      for inner in "$tree"/*/sys; do paths+=("${inner%/sys}"); done
    fi
  done
else
  echo "SKIPPED: no ../shared: only the project's own recordings are tried"
fi
"$bin/deletion-law" "${paths[@]}"
