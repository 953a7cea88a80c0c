#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the static executable, its man pages and its completions under
# $DESTDIR$PREFIX, or takes them away.
# Usage: PREFIX=/usr/local DESTDIR= Scripts/install.sh install|uninstall
set -euo pipefail
cd "$(dirname "$0")/.."
root=${DESTDIR:-}${PREFIX:-/usr/local}
passthru=.build-static/passthru
man=$root/share/man/man8
completions=("bash $root/share/bash-completion/completions/passthru"
  "zsh $root/share/zsh/site-functions/_passthru"
  "fish $root/share/fish/vendor_completions.d/passthru.fish")
case ${1:-} in
install)
  if [ ! -x "$passthru" ]; then
    echo "$passthru is not there. Run make static first." >&2
    exit 1
  fi
  # The day of the commit, so that the same commit gives the same pages.
  seconds=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
  install -D -m 755 "$passthru" "$root/bin/passthru"
  new=$(mktemp -d)
  trap 'rm -rf "$new"' EXIT
  "$passthru" tool-info |
    Scripts/man-pages.py "$new/man" "$("$passthru" --version)" "$(date -u -d "@$seconds" +%F)"
  install -d "$man"
  install -m 644 "$new"/man/*.8 "$man"
  for pair in "${completions[@]}"; do
    "$passthru" completions "${pair%% *}" >"$new/completion"
    install -D -m 644 "$new/completion" "${pair#* }"
  done
  ;;
uninstall)
  rm -f "$root/bin/passthru" "$man/passthru.8" "$man"/passthru-*.8
  for pair in "${completions[@]}"; do rm -f "${pair#* }"; done
  ;;
*)
  echo "Usage: Scripts/install.sh install|uninstall" >&2
  exit 64
  ;;
esac
