#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Rules of the house that no formatter knows.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
fail() {
  echo "style: $*" >&2
  status=1
}
# A file over 400 lines needs a reason in its first comment, after "Long because".
while IFS= read -r file; do
  lines=$(wc -l <"$file")
  if [ "$lines" -gt 400 ] && ! head -8 "$file" | grep -q 'Long because'; then
    fail "$file has $lines lines and gives no reason"
  fi
done < <(git ls-files 'Sources/*.swift' 'CShims/*.c' 'CShims/*.h' 'Tests/*.swift')
# Force unwraps are swift-format's; try! and fatalError are checked here too.
if git grep -nE '\btry!|\bfatalError\(|\bunsafeBitCast\(' -- 'Sources/*.swift'; then
  fail 'a trap in Sources'
fi
# Compilers are the Swift toolchain's, and flags are in one file: Scripts/compilers.sh.
commands='clang|clang\+\+|gcc|cc|c\+\+|ld\.lld|llvm-[a-z]+'
if git grep -nE "(^|[;|&({])[[:space:]]*($commands)[[:space:]]|[\"']($commands)[\"']|-upcoming-feature|-Wextra" \
  -- Scripts Makefile .ci 'Tests/*.py' 'Tests/*.sh' ':!Scripts/compilers.sh' ':!Scripts/check-style.sh'; then
  fail 'a compiler or its flags outside Scripts/compilers.sh'
fi
# What is public is documented, once.
Scripts/check-docs.py || fail 'documentation'
# Only the hardware-facing module and the fronts may know /sys and /dev.
if git grep -nE 'import (Foundation|FoundationEssentials)' -- 'Sources/*.swift'; then
  fail 'Foundation in Sources'
fi
for module in PCI PCIHost PCIDrivers PCIRecords PCINames PassthruAnalysis PassthruConfig \
  PassthruReport PassthruCommand; do
  if git grep -nE 'import (Glibc|Musl|PCIBus|CDevPCI|CLibPCI)' -- "Sources/$module"; then
    fail "$module reaches outside"
  fi
done
# Hard English that people would read: CONTRIBUTING.md has the words to use instead.
if git grep -nE '\b(is no (valid )?(selector|number|version|recording|address|slot|id|driver|file)|so many (times|events)|lets? go( of| by|\b)|undone whole|or anybody|foretell)' \
  -- 'Sources/*.swift' README.md | grep -vE 'Sources/[^:]*:[0-9]+: *//|\blet go\b *=|static let go'; then
  fail 'hard English: see Words in CONTRIBUTING.md'
fi
[ $status = 0 ] && echo 'style: no complaint'
exit $status
