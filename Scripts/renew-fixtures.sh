#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Records the lab's guests anew: Fixtures/hosts/lab-NAME.json, what passthru snapshot
# writes in each. The other recordings of Fixtures/ are not touched.
# Usage: Scripts/renew-fixtures.sh [NAME...]
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- amd numa virtio
exec Scripts/lab.sh --record Fixtures/hosts "$@"
