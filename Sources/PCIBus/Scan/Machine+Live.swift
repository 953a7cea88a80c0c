// SPDX-License-Identifier: Apache-2.0

public import PCIHost

extension Machine {
  /// Reads the machine that the program runs on: sysfs on Linux, /dev/pci on FreeBSD.
  ///
  /// A function that vanishes meanwhile, or cannot be read, is a gap. Nothing is woken.
  ///
  /// - Throws: `ScanError` where nothing can be read, and on other systems.
  public static func live(_ options: ScanOptions = .full) throws(ScanError) -> Machine {
    #if os(FreeBSD)
      try DevPCIScanner().scan(options)
    #elseif os(Linux)
      try SysfsScanner().scan(options)
    #else
      throw ScanError(.unsupported, "this system's PCI bus cannot be read: read a recording")
    #endif
  }
}
