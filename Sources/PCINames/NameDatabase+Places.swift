// SPDX-License-Identifier: Apache-2.0

extension NameDatabase {
  /// Where systems keep the file, in the order in which it is looked for.
  ///
  /// The first that exists is the one. Compressed files (`pci.ids.gz`) are not
  /// read.
  public static let places = [
    // FreeBSD: the port misc/pciids, which pciconf prefers; then the base
    // system's (usr.sbin/pciconf/pathnames.h).
    "/usr/local/share/pciids/pci.ids",
    "/usr/share/misc/pci_vendors",
    // Debian, Ubuntu: what update-pciids fetched, then the package's.
    "/var/lib/pciutils/pci.ids",
    "/usr/share/misc/pci.ids",
    // Fedora, Red Hat, Arch, openSUSE: the package hwdata.
    "/usr/share/hwdata/pci.ids",
    // pciutils built with its own defaults.
    "/usr/local/share/pci.ids",
    "/usr/share/pci.ids",
  ]
}
