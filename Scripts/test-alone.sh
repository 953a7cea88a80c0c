#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs the unit tests as a stranger's clone does: in a copy of this checkout, with
# uncommitted changes and no build, that has nothing beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/clone"
# A checkout is what git knows and does not ignore; a deleted file is not copied.
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [ -e "$file" ] && printf '%s\0' "$file" || true; done |
  tar -c --null -T - | tar -x -C "$folder/clone"
[ ! -e Package.resolved ] || cp Package.resolved "$folder/clone/"
cd "$folder/clone"
echo "unit tests alone, in $folder/clone:"
traits=$(pkg-config --exists libpci 2>/dev/null && echo --traits LibPCI || true)
# shellcheck disable=SC2086
swift build --build-tests $traits >"$folder/build.log" 2>&1 ||
  { cat "$folder/build.log" >&2; exit 1; }
Scripts/run-tests.sh
