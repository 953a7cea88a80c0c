#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Tries passthru on real kernels in QEMU: fetches the parts, builds the static
# executable, boots the topologies. Arguments are lab.py's: names, --keep, --list.
# PASSTHRU=FILE tries that executable and builds none.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v python3 >/dev/null || {
  echo 'lab: python3 is missing' >&2
  exit 2
}
Scripts/lab-install.sh
if [ -z "${PASSTHRU:-}" ]; then
  echo 'lab: building the static executable'
  make --no-print-directory static >/dev/null
fi
exec python3 Tests/VMLab/lab.py "$@"
