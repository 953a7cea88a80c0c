# SPDX-License-Identifier: Apache-2.0
#
# Sourced: compiles the front of the FreeBSD executable, after its modules; compilers.sh is
# sourced before.

# compile_front TRIPLE FOLDER: FOLDER has the modules, and gets front.o.
compile_front() {
  find Sources/passthru-freebsd -name '*.swift' | LC_ALL=C sort >"$2/front.files"
  # It is compiled again only where it, or a module, has changed.
  # shellcheck disable=SC2046 # file names here have no blanks
  digest=$(cat Scripts/freebsd-front.sh "$2"/*.digest $(cat "$2/front.files") | cksum)
  if [ -f "$2/front.o" ] && [ "$(cat "$2/front.made-from" 2>/dev/null)" = "$digest" ]; then
    echo "freebsd: the front is as it was for $1"
    return 0
  fi
  rm -f "$2/front.made-from"
  # shellcheck disable=SC2086,SC2154 # the flags are words, of compilers.sh
  swiftc -target "$1" $embedded_flags -Osize -I "$2" -module-name passthru_freebsd \
    -c "@$2/front.files" -o "$2/front.o"
  echo "$digest" >"$2/front.made-from"
}
