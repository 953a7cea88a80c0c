#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Holds PyPI's own checks against the wheel, installs it in a fresh environment, runs it.
# Usage: Scripts/try-wheel.sh WHEEL
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/checks"
"$folder/checks/bin/pip" install -q --disable-pip-version-check twine check-wheel-contents
"$folder/checks/bin/twine" check --strict "$1"
# W007 says that there is no Python in it: that is so on purpose.
"$folder/checks/bin/check-wheel-contents" --ignore W007 "$1"
python3 -m venv "$folder/fresh"
"$folder/fresh/bin/pip" install -q --disable-pip-version-check --no-index "$1"
have=$(env -i PATH="$folder/fresh/bin" passthru --version)
want=$(.build-static/passthru --version)
[ "$have" = "$want" ] || { echo "it says $have, not $want" >&2; exit 1; }
cmp .build-static/passthru "$folder/fresh/bin/passthru"
echo "$(basename "$1"): checked, installed and run"
