#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds a Debian package of the static executable with its man pages and completions,
# into .build-packages, and holds lintian's errors and warnings against it.
# Usage: Scripts/deb.sh
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(.build-static/passthru --version)
version=${version%% *}
machine=$(dpkg --print-architecture)
maintainer='passthru maintainers <maintainers@users.noreply.r-seed-a178f91c.example>'
seconds=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH=$seconds
out=.build-packages
tree=$out/tree
rm -rf "$tree"
umask 022
DESTDIR=$tree PREFIX=/usr Scripts/install.sh install
gzip -9n "$tree"/usr/share/man/man8/*.8
# Debian's zsh looks for what packages bring in a folder of its own.
mkdir "$tree/usr/share/zsh/vendor-completions"
mv "$tree/usr/share/zsh/site-functions/_passthru" "$tree/usr/share/zsh/vendor-completions/"
rmdir "$tree/usr/share/zsh/site-functions"
doc=$tree/usr/share/doc/passthru
mkdir -p "$doc" "$tree/usr/share/lintian/overrides" "$tree/DEBIAN"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
cat >"$doc/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: passthru

Files: *
Copyright: 2026 The passthru authors
License: Apache-2.0
 On Debian systems, the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
Comment: The executable contains the Swift runtime (Apache-2.0 with Runtime
 Library Exception) and the GNU C library (LGPL-2.1-or-later), linked into it.
END
cat >"$tree/usr/share/lintian/overrides/passthru" <<END
# One executable for every distribution: it links no library of the system, on purpose.
passthru: statically-linked-binary [usr/bin/passthru]
# It is built beside Debian, with the toolchain of swift.org: it has no bug of an
# intent to package.
passthru: initial-upload-closes-no-bugs
END
cat >"$out/changelog" <<END
passthru ($version-1) unstable; urgency=medium

  * See changelog.gz for what is new.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$seconds")
END
gzip -9nc "$out/changelog" >"$doc/changelog.Debian.gz"
cat >"$tree/DEBIAN/control" <<END
Package: passthru
Version: $version-1
Architecture: $machine
Maintainer: $maintainer
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Recommends: pci.ids
Section: admin
Priority: optional
Description: which PCI devices a virtual machine can have
 passthru lists the PCI devices of a host, says which of them a virtual
 machine can have and why not, and writes the configuration that gives
 them, for QEMU, libvirt, bhyve and others. It also reads recordings of
 other hosts. It changes drivers only when told to.
END
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$tree" -newermt "@$seconds" -print0 | xargs -0r touch -h -d "@$seconds"
package=$out/passthru_$version-1_$machine.deb
dpkg-deb --root-owner-group --build "$tree" "$package" >/dev/null
rm -rf "$tree" "$out/changelog"
lintian --allow-root --fail-on error,warning "$package"
echo "$package"
