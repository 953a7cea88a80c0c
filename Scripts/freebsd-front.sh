# SPDX-License-Identifier: Apache-2.0
#
# Sourced: compiles the front of the FreeBSD executable, after its modules.

compile_front() {
  find Sources/passthru-freebsd -name '*.swift' | LC_ALL=C sort >"$2/front.files"
  swiftc -target "$1" -swift-version 6 -enable-experimental-feature Embedded \
    -Xfrontend -disable-stack-protector -wmo -Osize -parse-as-library \
    -package-name swift_pci -strict-memory-safety -warnings-as-errors \
    -enable-upcoming-feature ExistentialAny \
    -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -I "$2" -I CShims/CDevPCI/include -module-name passthru_freebsd \
    -c "@$2/front.files" -o "$2/front.o"
}
