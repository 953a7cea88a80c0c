# SPDX-License-Identifier: Apache-2.0
#
# Sourced: where the Swift toolchain is, its own clang, and the flags that the scripts
# compile with. Package.swift has the Swift flags once more: SwiftPM reads no other file.

# The toolchain of the swiftc in use says itself where it is: a swiftc may be a link,
# or another program that chooses a toolchain. Its clang has the sanitizers and the
# linker that go with it; the first clang on the PATH may have neither.
toolchain=$(swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1|p')
clang=$toolchain/bin/clang
objcopy=$toolchain/bin/llvm-objcopy
if [ ! -x "$clang" ]; then
  echo "the Swift toolchain has no clang of its own: $clang is not there" >&2
  exit 2
fi

# What Package.swift names `testing`: the language, and the package that modules share.
language_flags="-swift-version 6 -package-name swift_pci -parse-as-library
  -enable-upcoming-feature ExistentialAny"

# What it names `strict`, for every module.
strict_flags="$language_flags -wmo -strict-memory-safety -warnings-as-errors
  -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature NonisolatedNonsendingByDefault
  -enable-upcoming-feature InferIsolatedConformances"

# The pure modules and the front of the FreeBSD executable.
embedded_flags="$strict_flags -enable-experimental-feature Embedded
  -Xfrontend -disable-stack-protector -ICShims/CDevPCI/include"

# SwiftPM's, for one executable without a library. By default every generic type is
# looked up by its name when it is first used, and each look-up goes through 4,600
# records of the libraries linked in: a third of what a list of a small bus costs.
# Direct references take their place.
static_flags="-c release --static-swift-stdlib
  -Xswiftc -static-executable --scratch-path .build-static
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors"

# The shim in C for FreeBSD, which zig compiles, and the harness around it for Linux.
shim_flags="-std=c11 -O2 -fPIC -Wall -Wextra -Wpedantic -Werror -ICShims/CDevPCI/include"
harness_flags="-std=c11 -g -O1 -Wall -Wextra -Werror -ICShims/CDevPCI/include"
sanitized="-fsanitize=address,undefined -fno-sanitize-recover=all"

# Programs of the lab's guests, which have no libraries.
guest_flags="-std=gnu11 -O2 -Wall -Wextra -Werror -static -s"
