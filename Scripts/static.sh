#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds fully static executables without libpci. passthru goes to
# .build-static/passthru, without symbols; the others stay beside its build.
# Usage: Scripts/static.sh [PRODUCT...]; passthru alone if none is named.
set -euo pipefail
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
[ $# -gt 0 ] || set -- passthru
for product; do
  # shellcheck disable=SC2086,SC2154 # the flags are words, of compilers.sh
  swift build $static_flags --product "$product"
done
# shellcheck disable=SC2086
built=$(swift build $static_flags --show-bin-path)
[ -e "$built/passthru" ] || exit 0
# Without symbols, and written in one go and not as the linker does: a list of a
# small bus takes a third less of its time in page faults then.
strip -o .build-static/passthru.new "$built/passthru"
mv .build-static/passthru.new .build-static/passthru
