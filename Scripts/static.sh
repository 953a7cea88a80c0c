#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds fully static executables without libpci. passthru goes to
# .build-static/passthru, without symbols; the others stay beside its build.
# Usage: Scripts/static.sh [PRODUCT...]; passthru alone if none is named.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- passthru
options=(-c release --disable-default-traits --static-swift-stdlib
  -Xswiftc -static-executable --scratch-path .build-static)
# By default every generic type is looked up by its name when it is first used,
# and each look-up goes through 4,600 records of the libraries linked in: a third
# of what a list of a small bus costs. Direct references take their place.
options+=(-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors)
for product; do
  swift build "${options[@]}" --product "$product"
done
built=$(swift build "${options[@]}" --show-bin-path)
[ -e "$built/passthru" ] || exit 0
# Without symbols, and written in one go and not as the linker does: a list of a
# small bus takes a third less of its time in page faults then.
strip -o .build-static/passthru.new "$built/passthru"
mv .build-static/passthru.new .build-static/passthru
