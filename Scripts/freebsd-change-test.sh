#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Changes drivers with the FreeBSD executable's own objects over a played kernel
# (Scripts/freebsd-front-test.sh links them): bound and given back, refused,
# rolled back, and killed at every moment at which a request to the kernel or a
# change of a file begins or ends. What is compared is the played kernel's own
# list: each function's driver, unit, whether it is attached and how it was set.
# Usage: Scripts/freebsd-change-test.sh PROGRAM
set -eu
cd "$(dirname "$0")/.."
front=$1
root=.build-freebsd/change
rm -rf "$root"
mkdir -p "$root"
# Swift's own start-up keeps what it allocates.
export ASAN_OPTIONS=detect_leaks=0
checked=0
failed=0

fail() {
  failed=$((failed + 1))
  echo "FAILED: $case_name: $*"
  sed 's/^/    /' "$root/out" "$root/err" | head -12
}

check() {
  checked=$((checked + 1))
  what=$1
  shift
  "$@" || fail "$what"
}

# fresh RECORDING: a host as it started, without a journal.
fresh() {
  recording=Fixtures/freebsd-vm/$1/
  state=$root/state
  rm -rf "$state" "$root/db"
  run list
  cp "$state" "$root/before"
}

# run ARGUMENTS...: the front; its output, messages and status.
run() {
  status=0
  FREEBSD_RECORDING=$recording FREEBSD_STATE=$state "$front" "$@" \
    >"$root/out" 2>"$root/err" || status=$?
}

change() { run "$@" --state-directory "$root/db" --apply; }
ends() { [ "$status" -eq "$1" ]; }
says() { grep -qF -- "$1" "$root/out" "$root/err"; }
# The drivers and units; that vmm is loaded stays so.
is_as_before() { grep -v 'ppt is loaded' "$state" | cmp -s - "$root/known"; }
remember() { grep -v 'ppt is loaded' "$1" >"$root/known"; }
has_no_journal() { [ ! -e "$root/db/journal.json" ]; }
has_journal() { [ -e "$root/db/journal.json" ]; }
holds() { grep -q "^$1 $2 attached=1" "$state"; }
# others_are_as_before ADDRESS...: every function but these.
others_are_as_before() {
  pattern=$(printf '^%s |' "$@")
  grep -vE "${pattern}ppt is loaded" "$state" >"$root/others.now"
  grep -vE "${pattern}ppt is loaded" "$root/before" >"$root/others.before"
  cmp -s "$root/others.now" "$root/others.before"
}

for name in rich12 rich15; do
  case_name="$name: shown only"
  fresh $name
  remember "$root/before"
  run bind em1 --force --state-directory "$root/db"
  check "status" ends 0
  check "the unit to come" says "em1 -> ppt0"
  check "the step" says "devctl set driver -f pci0:1:0:1 ppt"
  check "the module, which is not loaded" says "kldload vmm"
  check "nothing is changed" is_as_before
  check "no journal" has_no_journal

  case_name="$name: refused by the analysis"
  change bind em1
  check "status" ends 1
  check "the reason" says "iommu.off"
  check "nothing is changed" is_as_before
  change bind pcib1 --force
  check "a bridge" ends 1
  check "nothing is changed" is_as_before

  case_name="$name: bound and given back"
  change bind em1 --force
  check "status" ends 0
  check "units before and after" says "em1 -> ppt0"
  check "it is bound" holds 0:1:0:1 "ppt 0"
  check "nobody else is renumbered" others_are_as_before 0:1:0:1
  check "a journal" has_journal
  run list
  check "the list says so" says "ppt0"
  change bind em1 --force
  check "a driver's name is no other's after it" ends 64
  change bind ppt0 --force
  check "again: nothing to do" ends 0
  change restore
  check "no change was cut off" says "nothing to put back"
  check "it stays bound" holds 0:1:0:1 "ppt 0"
  change unbind ppt0
  check "status" ends 0
  check "units before and after" says "ppt0 -> em1"
  check "all is as it was" is_as_before
  check "no journal" has_no_journal

  case_name="$name: two ports"
  change bind em1 em0 --force
  check "status" ends 0
  check "both" holds 0:1:0:0 "ppt 0"
  check "both" holds 0:1:0:1 "ppt 1"
  check "em2 keeps its unit" others_are_as_before 0:1:0:0 0:1:0:1
  change restore --all
  check "each has its own unit again" is_as_before
  check "no journal" has_no_journal
  # One after the other, in the order in which units are not handed out.
  change bind em0 em1 --force
  change restore ppt1
  check "the lowest free unit is another's" holds 0:1:0:1 "em 0"
  check "and that is said" says "ppt1 -> em0, and em1 before"
  change restore --all
  check "the other has the one that is left" holds 0:1:0:0 "em 1"

  case_name="$name: a function without a driver"
  fresh $name
  remember "$root/before"
  change bind 00:07.0 --force
  check "status" ends 0
  check "before and after" says "no driver -> ppt0"
  change restore --all
  check "status" ends 0
  check "before and after" says "ppt0 -> no driver"
  check "all is as it was" is_as_before

  case_name="$name: busy"
  export FREEBSD_BUSY=0:1:0:1
  change bind em1 --force
  check "status" ends 1
  check "why" says "em1 does not let go of it (EBUSY)"
  check "all is as it was" says "all is as it was"
  check "it is" is_as_before
  check "no journal" has_no_journal
  change bind em0 em1 --force
  check "the first went back" is_as_before
  check "all is as it was" says "all is as it was"
  check "no journal" has_no_journal
  unset FREEBSD_BUSY

  case_name="$name: ppt does not take it"
  export FREEBSD_REFUSES=ppt=6
  change bind em1 --force
  check "status" ends 1
  check "why" says "ppt does not take it (ENXIO)"
  check "it has its unit again" is_as_before
  check "all is as it was" says "all is as it was"
  change bind 00:07.0 --force
  check "one without a driver has no name again" is_as_before
  unset FREEBSD_REFUSES

  case_name="$name: the old driver does not come back"
  change bind em1 --force
  export FREEBSD_REFUSES=em=12
  change restore --all
  check "status" ends 1
  check "why" says "out of memory (ENOMEM)"
  check "the journal is kept" has_journal
  unset FREEBSD_REFUSES
  change restore --all
  # By name, since the kernel's own choice was made, and failed.
  check "later it does" grep -q '^0:1:0:1 em 1 attached=1 fixed=1' "$state"
  check "as does nobody else" others_are_as_before 0:1:0:1
  check "no journal" has_no_journal

  case_name="$name: no vmm"
  fresh $name
  remember "$root/before"
  export FREEBSD_REFUSES=vmm=6
  change bind em1 --force
  check "status" ends 1
  check "why" says "turn VT-x or SVM on"
  check "the step" says "kldload vmm: "
  check "nothing is changed" is_as_before
  check "no journal" has_no_journal
  unset FREEBSD_REFUSES
  change bind em1 --driver nosuch --force
  check "status" ends 1
  check "another driver that is not there" says "the kernel has no driver nosuch (ENOENT)"
  check "nothing is changed" is_as_before

  case_name="$name: who asks"
  export FREEBSD_AS=user
  change bind em1 --force
  check "a user" ends 1
  check "what to do" says "run as root"
  check "nothing is changed" is_as_before
  export FREEBSD_AS=securelevel
  change bind em1 --force
  check "above securelevel 0 nothing can be loaded" says "kern.securelevel above 0"
  check "nothing is changed" is_as_before
  unset FREEBSD_AS
  change bind em1 --force
  change restore --all
  export FREEBSD_AS=securelevel
  change bind em1 --force
  check "what is loaded can be used" holds 0:1:0:1 "ppt 0"
  change restore --all
  check "and given back" is_as_before
  unset FREEBSD_AS

  case_name="$name: one at a time"
  mkdir -p "$root/db"
  if command -v flock >/dev/null 2>&1; then
    status=0
    FREEBSD_RECORDING=$recording FREEBSD_STATE=$state flock "$root/db/lock" "$front" bind em1 \
      --force --state-directory "$root/db" --apply >"$root/out" 2>"$root/err" || status=$?
    check "status" ends 1
    check "why" says "another passthru is changing drivers"
    check "nothing is changed" is_as_before
  else
    echo "SKIPPED: freebsd-change-test: $case_name: flock (util-linux) is not installed"
  fi
  printf '{"schema": "passthru.journal/1", "functions": [{}]}' >"$root/db/journal.json"
  change bind em1 --force
  check "a damaged journal" ends 2
  check "what to do" says "put the drivers back by hand"
  check "nothing is changed" is_as_before

  case_name="$name: another start of the machine"
  fresh $name
  remember "$root/before"
  export FREEBSD_BOOT=first
  change bind em1 --force
  rm "$state"
  change restore --all
  check "the journal is of this start" says "em1"
  check "and is done with" has_no_journal
  change bind em1 --force
  rm "$state"
  export FREEBSD_BOOT=second
  change restore --all
  check "the journal is of the last start" says "was started again since"
  check "nothing is changed" is_as_before
  check "no journal" has_no_journal
  unset FREEBSD_BOOT

  case_name="$name: the device, not its driver"
  change reset em1
  check "status" ends 0
  check "it is reset" grep -q '^0:1:0:1 em 1 .*resets=1$' "$state"
  change remove em1
  check "status" ends 0
  check "it is gone" grep -q '^0:1:0:1 .*gone=1' "$state"
  run list
  check "the list has it no more" [ "$(grep -c em1 "$root/out")" -eq 0 ]
  change rescan
  check "status" ends 0
  check "it is there again" holds 0:1:0:1 "em 1"
  change vfs em1 2
  check "virtual functions" says "iovctl"
  run watch
  check "watch" says "devd(8)"
done

# A device that pptdevs gave to ppt is ppt's by the kernel's own choice.
case_name="ppt15: pptdevs"
fresh ppt15
remember "$root/before"
change unbind ppt0
check "status" ends 1
check "why" says "take it out of pptdevs"
check "nothing is changed" is_as_before
change bind ppt0 --driver nvme --force
check "another driver by name" holds 0:2:0:0 "nvme 1"
change restore --all
check "and back" holds 0:2:0:0 "ppt 0"

# crash NAME ARGUMENTS...: killed at every moment of a run, and put back each time.
# The host before is in $root/start, with its journal in $root/start.db.
crash() {
  run_name=$1
  shift
  moment=0
  while :; do
    moment=$((moment + 1))
    case_name="$name: $run_name, killed at moment $moment"
    cp "$root/start" "$state"
    rm -rf "$root/db"
    [ ! -d "$root/start.db" ] || cp -r "$root/start.db" "$root/db"
    FREEBSD_KILL_AT=$moment
    export FREEBSD_KILL_AT
    change "$@"
    unset FREEBSD_KILL_AT
    [ "$status" -eq 137 ] || break
    change restore
    check "restore ends well" ends 0
    # Whole or not at all: a change that was finished is left, and goes back on demand,
    # and so does one whose way back was not begun.
    if ! is_as_before; then
      check "all or nothing" cmp -s "$state" "$root/end"
      change restore --all
      check "restore --all ends well" ends 0
    fi
    check "all is as it was" is_as_before
    check "no journal" has_no_journal
    [ "$moment" -lt 200 ] || break
  done
  check "it was killed at least ten times" [ "$moment" -gt 10 ]
  moments=$((moments + moment - 1))
}

moments=0
for name in rich12 rich15; do
  fresh $name
  remember "$root/before"
  cp "$root/before" "$root/start"
  rm -rf "$root/start.db"
  change bind em0 em1 00:07.0 --force
  cp "$state" "$root/end"
  cp -r "$root/db" "$root/end.db"
  crash "bind" bind em0 em1 00:07.0 --force
  # The way back after a refusal.
  export FREEBSD_BUSY=0:1:0:1
  crash "bind that is rolled back" bind em0 em1 --force
  unset FREEBSD_BUSY
  # The way back itself: half of it done is finished by the next.
  cp "$root/end" "$root/start"
  cp -r "$root/end.db" "$root/start.db"
  crash "restore" restore --all
done
echo "freebsd-change-test: $checked checks, $failed failed; killed at $moments moments"
[ "$failed" -eq 0 ]
