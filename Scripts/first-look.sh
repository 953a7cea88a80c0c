#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Shows this machine's bus, or, where none is visible, a bundled recording.
set -uo pipefail
passthru=$1
cd "$(dirname "$0")/.."
from=()
if [ -z "$(ls /sys/bus/pci/devices 2>/dev/null)" ] && [ ! -e /dev/pci ]; then
  echo 'No PCI bus is visible here (a container, or a machine without one).'
  echo 'This is the recording Fixtures/hosts/intel-rich.json instead:'
  echo
  from=(--from Fixtures/hosts/intel-rich.json)
fi
echo '$ passthru list'
"$passthru" list "${from[@]}" || exit
echo
echo '$ passthru check'
"$passthru" check "${from[@]}" || exit
echo
echo "The command is $passthru"
