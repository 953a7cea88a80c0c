// SPDX-License-Identifier: Apache-2.0
//
// The one file that talks to libpci: every unsafe pointer of this backend is here.

#if LibPCI
  internal import CLibPCIAccess
  internal import PCI

  /// An open access method of libpci.
  ///
  /// Safe, since the pointer in it lives exactly as long as the session.
  @safe struct LibPCISession: ~Copyable {
    private let session: OpaquePointer

    deinit { unsafe libpci_close(session) }

    private init(_ session: OpaquePointer) { unsafe self.session = unsafe session }

    /// Opens an access method.
    static func open(
      _ method: LibPCIMethod, location: String?
    ) throws(ScanError) -> LibPCISession {
      var opened: OpaquePointer?
      let parameter = location == nil ? nil : method.parameter
      let status = unsafe libpci_open(&opened, method.name, parameter, location)
      guard let opened = unsafe opened else {
        throw ScanError(.failed, "there is no memory for libpci")
      }
      let session = unsafe LibPCISession(opened)
      if Int(status) == LIBPCI_NO_METHOD {
        let version = unsafe String(cString: libpci_version())
        throw ScanError(
          .unsupported,
          "the installed libpci (\(version)) has no access method " + method.name
            + (parameter.map { " with a parameter " + $0 } ?? ""),
          remedy: "choose another method, or install a newer libpci")
      }
      guard Int(status) == LIBPCI_DONE else { throw session.error(method, location) }
      return session
    }

    /// The error that libpci reported last.
    private borrowing func error(_ method: LibPCIMethod, _ location: String?) -> ScanError {
      var message = unsafe String(cString: libpci_message(session))
      if message.hasSuffix(".") { message.removeLast() }
      let isRefused = message.contains("ermission") || message.contains("root")
      return ScanError(
        isRefused ? .notPermitted : .failed, "libpci: " + displayText(message.utf8),
        remedy: isRefused ? "run as root" : "scan without libpci, which needs no more than sysfs",
        path: location ?? method.name)
    }

    /// Finds the functions.
    mutating func scan(_ method: LibPCIMethod, location: String?) throws(ScanError) {
      guard unsafe Int(libpci_scan(session)) == LIBPCI_DONE else { throw error(method, location) }
    }

    /// The record of the next function; `nil` after the last.
    mutating func next() -> libpci_function? {
      var record = libpci_function()
      var more: CInt = 0
      _ = unsafe libpci_next(session, &record, &more)
      return more == 0 ? nil : record
    }

    /// Configuration space of the function that `next` gave, as far as it could be read.
    mutating func configuration() -> ConfigurationSpace? {
      var bytes = [UInt8](repeating: 0, count: ConfigurationSpace.extendedSize)
      let count = unsafe libpci_read(session, &bytes, CInt(bytes.count))
      return count > 0 ? ConfigurationSpace(Array(bytes[..<Int(count)])) : nil
    }

    /// The texts of the first warnings.
    var warnings: [String] {
      let count = unsafe libpci_warning_count(session)
      return (0..<min(count, CInt(LIBPCI_WARNING_LIMIT))).map {
        unsafe displayText(String(cString: libpci_warning(session, $0)).utf8)
      }
    }

    /// How many warnings there were.
    var warningCount: Int { unsafe Int(libpci_warning_count(session)) }
  }

  extension libpci_function {
    /// A name in one of the record's fixed fields; `nil` where it is empty.
    private func text(_ field: some Any) -> String? {
      unsafe withUnsafeBytes(of: field) { bytes in
        let name = unsafe displayText(bytes.prefix { $0 != 0 })
        return name.isEmpty ? nil : name
      }
    }

    /// The driver's name.
    var driverName: String? { text(driver) }
    /// The IOMMU group, a number in text.
    var groupName: String? { text(iommu_group) }
    /// The physical slot.
    var slotName: String? { text(slot) }
    /// The firmware's label.
    var labelText: String? { text(label) }
    /// The message of the error that ended the filling of the record.
    var errorMessage: String? { failed == 0 ? nil : text(message) ?? "an error without a message" }
  }
#endif
