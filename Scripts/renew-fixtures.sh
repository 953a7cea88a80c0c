#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Records the lab's guests anew: Fixtures/hosts/lab-NAME.json, what passthru snapshot
# writes in each, shortened (Tests/VMLab/recording.py). The other recordings of Fixtures/
# are not the lab's and not touched. Five guests take two minutes.
# Usage: Scripts/renew-fixtures.sh [NAME...]
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- intel amd virtio numa host-safety
exec Scripts/lab.sh --record Fixtures/hosts "$@"
