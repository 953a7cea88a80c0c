#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs the FreeBSD executable's own objects on this Linux machine: Embedded
# Swift's and the shim's are those that Scripts/freebsd.sh links for FreeBSD;
# only the calls to the kernel are renamed, and a played kernel answers them.
# For every recorded kernel and every recording the output has to be, byte for
# byte, that of the full command (PASSTHRU, by default the debug build's).
set -eu
cd "$(dirname "$0")/.."
. Scripts/compilers.sh
. Scripts/freebsd-zig.sh
find_zig freebsd-front-test
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "SKIPPED: freebsd-front-test: the amd64 objects run on x86_64 Linux only"
  exit 0
fi
full=${PASSTHRU:-.build/debug/passthru}
if [ ! -x "$full" ]; then
  echo "freebsd-front-test: $full is not there: swift build first" >&2
  exit 1
fi
[ -n "${KEEP_OBJECTS:-}" ] || Scripts/freebsd.sh amd64
swift_objects=.build-freebsd/amd64/swift
out=.build-freebsd/front
rm -rf "$out"
mkdir -p "$out"

objects=
for part in DevPCI DeviceControl KernelFacts FirmwareTables CallNames; do
  # shellcheck disable=SC2086 # the flags are words
  $zig cc -target x86_64-freebsd.14.0 $shim_flags -c "CShims/CDevPCI/$part.c" -o "$out/$part.o"
  rename_kernel_calls "$out/$part.o" "$out/$part.renamed.o"
  objects="$objects $out/$part.renamed.o"
done
natives="CShims/CDevPCI/Process.c CShims/CDevPCI/DurableFile.c Sources/passthru-freebsd/main.c \
Tests/FreeBSDHarness/kernel.c Tests/FreeBSDHarness/recording.c Tests/FreeBSDHarness/devices.c \
Tests/FreeBSDHarness/environment.c"
# The calls that change files, so that the harness can end the program before each.
wraps="-Wl,--wrap=write,--wrap=fsync,--wrap=rename,--wrap=unlink,--wrap=mkdir"
# link NAME FLAGS...: the front over the played kernel.
link() {
  name=$1
  shift
  natively=
  for source in $natives; do
    object=$out/$(basename "$source" .c).$name.o
    # shellcheck disable=SC2086
    "$clang" $harness_flags "$@" -c "$source" -o "$object"
    natively="$natively $object"
  done
  # shellcheck disable=SC2086 # the objects are words
  "$clang" -no-pie -fuse-ld=lld $wraps "$@" $objects $natively "$swift_objects/front.o" \
    "$toolchain/lib/swift/embedded/x86_64-unknown-none-elf/libswiftUnicodeDataTables.a" \
    -lm -o "$out/$name"
}
link passthru
# The memory of the Swift and FreeBSD objects is watched too, since malloc is.
# shellcheck disable=SC2086
link passthru-checked $sanitized
front=$out/passthru

compared=0
failed=0
# compare WHAT FRONT-ARGUMENTS...: both commands, output, messages and status.
compare() {
  what=$1
  shift
  front_status=0
  full_status=0
  "$front" "$@" >"$out/front.out" 2>"$out/front.err" || front_status=$?
  "$full" "$@" >"$out/full.out" 2>"$out/full.err" || full_status=$?
  compared=$((compared + 1))
  if [ $front_status -ne $full_status ] || ! cmp -s "$out/front.out" "$out/full.out" \
    || ! cmp -s "$out/front.err" "$out/full.err"; then
    failed=$((failed + 1))
    echo "DIFFERS: $what: passthru $*: status $front_status, full command $full_status"
    diff "$out/front.out" "$out/full.out" | head -5 || true
    diff "$out/front.err" "$out/full.err" | head -5 || true
  fi
}

all_ways() {
  compare "$1" --from "$2"
  compare "$1" list --from "$2" -a -v --format json
  compare "$1" tree --from "$2"
  compare "$1" groups --from "$2"
  compare "$1" groups --from "$2" --format json
  compare "$1" check --from "$2" --for bhyve -v
  compare "$1" check --from "$2" --for vfio --format json
  compare "$1" snapshot --from "$2"
}

# The functions of a recording that are no bridges, the first few.
some_functions() {
  "$full" list --from "$1" 2>/dev/null | grep -oE '^([0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]' \
    | head -3
}

# Played kernels: what the front finds live is, as a snapshot, what both read.
for folder in Fixtures/freebsd-vm/*/; do
  for who in root user; do
    name=$(basename "$folder")-$who
    snapshot=$out/$name.json
    FREEBSD_RECORDING=$folder FREEBSD_AS=$who "$front" snapshot >"$snapshot" 2>"$out/$name.err"
    all_ways "$name" "$snapshot"
    for function in $(some_functions "$snapshot"); do
      compare "$name" show "$function" --from "$snapshot"
      compare "$name" plan "$function" --guest g --from "$snapshot"
      compare "$name" plan "$function" --guest g --from "$snapshot" --format json
      for target in loader.conf bhyve vm-bhyve iohyve; do
        compare "$name" emit $target "$function" --guest g --from "$snapshot"
      done
    done
    # The text of a live scan is the text of its snapshot.
    for command in list tree groups check; do
      FREEBSD_RECORDING=$folder FREEBSD_AS=$who "$front" $command >"$out/live.out" \
        2>"$out/live.err" || true
      "$full" $command --from "$snapshot" >"$out/full.out" 2>"$out/full.err" || true
      compared=$((compared + 1))
      if ! cmp -s "$out/live.out" "$out/full.out"; then
        failed=$((failed + 1))
        echo "DIFFERS: $name live: passthru $command"
        diff "$out/live.out" "$out/full.out" | head -5 || true
      fi
    done
    # In pciconf's form it is what that system's own pciconf printed, but for
    # the names, which come from another year's pci.ids.
    if [ $who = root ]; then
      FREEBSD_RECORDING=$folder "$front" list --format pciconf 2>/dev/null \
        | grep -vE '^    (vendor|device)     = ' >"$out/printed" || true
      grep -vE '^    (vendor|device)     = ' "$folder/pciconf-lvbce.txt" >"$out/expected"
      compared=$((compared + 1))
      if ! cmp -s "$out/printed" "$out/expected"; then
        failed=$((failed + 1))
        echo "DIFFERS: $name: list --format pciconf"
        diff "$out/printed" "$out/expected" | head -5 || true
      fi
    fi
  done
done

# What a scan asks of the kernel: one PCIOCGETCONF fills the list; an inventory reads
# no configuration space, but for the bus numbers of each bridge where the kernel does
# not report them (these do not) and the user may; a full scan reads a register once.
for folder in Fixtures/freebsd-vm/*/; do
  functions=$(grep -c '^dev ' "$folder/devpci.txt")
  bridges=$(grep -c '^dev .* hdr=0[12] ' "$folder/devpci.txt" || true)
  for command in tree list; do
    for who in user root; do
      FREEBSD_RECORDING=$folder FREEBSD_AS=$who FREEBSD_COUNTS=$out/counts "$front" $command -a \
        >/dev/null 2>&1 || true
      eval "$(cat "$out/counts")"
      case $command-$who in
      tree-root) limit=$bridges ;;
      list-root) limit=$((functions * 1024 + bridges)) ;;
      *) limit=0 ;;
      esac
      compared=$((compared + 1))
      # Seven registers of a function can be base address registers.
      # shellcheck disable=SC2154 # the counts are those names
      if [ "$getconf" -ne 1 ] || [ "$read" -gt "$limit" ] || [ "$bar" -gt $((functions * 7)) ]; then
        failed=$((failed + 1))
        echo "TOO MANY CALLS: $folder $command by $who: $(cat "$out/counts")"
      fi
      [ $who = user ] || echo "freebsd-front-test: $(basename "$folder") $command: $(cat "$out/counts")"
    done
  done
done

# What goes wrong: a jail, and a securelevel.
for who in jail securelevel; do
  status=0
  FREEBSD_RECORDING=Fixtures/freebsd-vm/rich15/ FREEBSD_AS=$who "$front" check \
    >"$out/bad.out" 2>"$out/bad.err" || status=$?
  compared=$((compared + 1))
  case $who in
  jail) words="as in a jail" expected=2 ;;
  securelevel) words="kern.securelevel is" expected=0 ;;
  esac
  if [ $status -ne $expected ] || { [ $who = jail ] && ! grep -q "$words" "$out/bad.err"; }; then
    failed=$((failed + 1))
    echo "DIFFERS: $who: status $status, expected $expected"
    cat "$out/bad.err"
  fi
done

compare "no such file" --from /nonexistent/recording
compare "no such kind" --from Fixtures/INDEX.md --as nonsense
compare "not a recording" --from Fixtures/INDEX.md
compare "targets" targets
compare "targets" targets --format json
compare "rules" rules
compare "fields" fields
printf 'vmm_load="YES"\npptdevs="1/0/1,9/1/0"\n' >"$out/loader.conf"
compare "lint" lint "$out/loader.conf" --from "$out/rich12-root.json"
compare "lint" lint "$out/loader.conf" --kind loader.conf --format json \
  --from "$out/rich12-root.json"
compare "lint" lint /nonexistent/loader.conf --from "$out/rich12-root.json"
compare "undo" emit loader.conf em1 --guest g --undo --from "$out/rich12-root.json"
compare "into" emit loader.conf em1 --guest g --into "$out/loader.conf" \
  --from "$out/rich12-root.json"
# --write: the same file, backups and mode from both, and nothing left beside them;
# a link is refused with the name of its file, and what is planted is not followed.
for command in front full; do
  folder=$out/write-$command
  rm -rf "$folder"
  mkdir -p "$folder/real"
  chmod 755 "$folder" "$folder/real"
  cp "$out/loader.conf" "$folder/real/loader.conf"
  chmod 640 "$folder/real/loader.conf"
  ln -s real/loader.conf "$folder/loader.conf"
  echo victim >"$folder/victim"
  ln -s ../victim "$folder/real/loader.conf.before-passthru"
  for turn in first second; do
    eval "\$$command" emit loader.conf em1 --guest g --force --from "$out/rich12-root.json" \
      --into "$folder/real/loader.conf" --write >"$folder/$turn.out" 2>"$folder/$turn.err" || true
  done
  eval "\$$command" emit loader.conf em0 --guest g --force --from "$out/rich12-root.json" \
    --into "$folder/loader.conf" --write >"$folder/link.out" 2>"$folder/link.err" || true
  sed -i "s|$folder|FOLDER|g" "$folder"/*.out "$folder"/*.err
  (cd "$folder" && ls -R && stat -c '%n %a %U %G %F' real/* loader.conf && cat real/*) \
    >"$out/write-$command.seen"
  [ "$(cat "$folder/victim")" = victim ] && grep -q 'is a link to' "$folder/link.err" \
    && cmp -s "$folder/real/loader.conf.before-passthru.1" "$out/loader.conf" \
    && ! cmp -s "$folder/real/loader.conf" "$out/loader.conf" || {
    failed=$((failed + 1))
    echo "WRONG: emit --write by $command"
    cat "$out/write-$command.seen" "$folder/first.err"
  }
  # Output that cannot be written is an error.
  status=0
  eval "\$$command" list --from "$out/rich12-root.json" >/dev/full 2>"$out/full.err" || status=$?
  [ "$status" -eq 2 ] && grep -q 'could not be written' "$out/full.err" || {
    failed=$((failed + 1))
    echo "WRONG: list >/dev/full by $command: status $status: $(cat "$out/full.err")"
  }
done
compared=$((compared + 1))
if ! cmp -s "$out/write-front.seen" "$out/write-full.seen" \
  || ! diff -r "$out/write-front" "$out/write-full"; then
  failed=$((failed + 1))
  echo "DIFFERS: emit --write"
  diff "$out/write-front.seen" "$out/write-full.seen" || true
fi
compare "write nowhere" emit loader.conf em1 --guest g --into /nonexistent/loader.conf --write \
  --from "$out/rich12-root.json"
compare "write without into" emit loader.conf em1 --guest g --write \
  --from "$out/rich12-root.json"
compare "one field" show em0 --field msix.control.tableSize \
  --from .build-freebsd/front/rich12-root.json
compare "rules" rules --format json
compare "one rule" check --explain bar.alignment
compare "no such rule" check --explain nonsense
compare "why" groups --why em0 em1 --from .build-freebsd/front/rich12-root.json

python3 Scripts/fuzz-seeds.py Fixtures "$out/seeds"
for rom in "$out"/seeds/rom/seeds/*; do
  compare "ROM" rom "$rom"
  compare "ROM" rom "$rom" --format json
done
compare "no ROM" rom "$out/loader.conf"

corpora=${CORPORA:-../shared/corpora}
if [ -d "$corpora" ]; then
  for file in "$corpora"/pciconf/*.pciconf "$corpora"/lspci-hex/*; do
    [ -f "$file" ] || continue
    all_ways "$(basename "$file")" "$file"
  done
else
  echo "SKIPPED: freebsd-front-test: no corpora at $corpora: the project's own recordings only"
fi
for command in "bind em1" "bind em1 --force" "bind em0 em1 --force --format json" \
  "bind em1 --driver em --force" "bind 02:00.0 --force" "bind pcib1" "bind nosuch0" \
  "bind em1 --apply" "bind em1 --driver ../em" "unbind em1" "restore" "restore --all" \
  "reset em1" "reset em1 --method flr" "reset hostb0" "rescan" "remove em1" "vfs em1 2"; do
  # shellcheck disable=SC2086 # the arguments are words
  compare "change" $command --from "$out/rich12-root.json"
  # shellcheck disable=SC2086
  compare "change" $command --from "$out/ppt15-root.json"
done
echo "freebsd-front-test: $compared compared, $failed differ"
[ "$failed" -eq 0 ]
Scripts/freebsd-change-test.sh "$out/passthru-checked"
