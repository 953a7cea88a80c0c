#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every test and repeats what was skipped, so that it is seen.
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
traits=$(pkg-config --exists libpci 2>/dev/null && echo --traits LibPCI || true)
# shellcheck disable=SC2086
swift test --skip-build $traits "$@" 2>&1 | tee "$log" |
  grep -vE '^◇|^✔ Suite|^✔ Test [^r]|^↳|^\[[0-9]+/[0-9]+\]'
status=${PIPESTATUS[0]}
# What a test says of itself, and the tests that were not begun, by name.
skipped=$(sed -n -e '/^SKIPPED/p' -e 's/^➜ \(.*\) skipped/SKIPPED: \1/p' "$log" | sort -u)
if [ -n "$skipped" ]; then
  printf '\nNot run here:\n%s\n' "$skipped"
fi
if ! grep -qE 'Test run with [1-9][0-9]* test' "$log"; then
  echo 'no test ran' >&2
  exit 1
fi
exit "$status"
