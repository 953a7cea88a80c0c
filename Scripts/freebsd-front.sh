# SPDX-License-Identifier: Apache-2.0
#
# Sourced: compiles the front of the FreeBSD executable, after its modules; compilers.sh is
# sourced before.

compile_front() {
  find Sources/passthru-freebsd -name '*.swift' | LC_ALL=C sort >"$2/front.files"
  # shellcheck disable=SC2086,SC2154 # the flags are words, of compilers.sh
  swiftc -target "$1" $embedded_flags -Osize -I "$2" -module-name passthru_freebsd \
    -c "@$2/front.files" -o "$2/front.o"
}
