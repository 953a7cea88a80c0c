// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// Reads a PCI bus through libpci.
///
/// For a second opinion, and for the access methods that sysfs does not
/// replace: I/O ports, memory-mapped configuration space, dumps. It costs some
/// five times what `SysfsScanner` does, and most methods read configuration
/// space of every function. A build without the trait `LibPCI` has no libpci,
/// and every scan is an error that says so.
public struct LibPCIScanner: Hashable, Sendable {
  /// The access method.
  public let method: LibPCIMethod
  /// Where to read; `nil` for the method's own place.
  public let location: String?

  /// Makes a scanner for an access method.
  ///
  /// `location` is what the method's parameter names. For sysfs any root that
  /// `SysfsScanner` takes will do.
  public init(method: LibPCIMethod = .sysfs, location: String? = nil) {
    self.method = method
    self.location = location
  }

  /// Reads the bus.
  ///
  /// - Throws: `ScanError` with libpci's own message where it reports an error
  ///   (it never ends the process), where it has no such method, and where this
  ///   was built without it. An error within one function is a gap.
  public func scan() throws(ScanError) -> Machine {
    #if LibPCI
      return try scanned()
    #else
      throw ScanError(
        .unsupported, "built without libpci",
        remedy: "build with the package trait LibPCI, or scan without it")
    #endif
  }
}
