// SPDX-License-Identifier: Apache-2.0

/// Why nothing could be read from a source, and what to do about it.
///
/// Thrown only where a scan has no result at all. What is missing from a
/// result is a gap of the host.
public struct ScanError: Error, Hashable, Sendable {
  /// The kind of a failure; an open set, since backends differ.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// A dotted name: `source.missing`.
    public let rawValue: String

    /// Names a kind of failure.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is nothing at the path.
    public static let missing = Code(rawValue: "source.missing")
    /// What is at the path is not of the expected kind.
    public static let notRecognised = Code(rawValue: "source.unrecognised")
    /// The machine or the recording has no PCI bus.
    public static let noBus = Code(rawValue: "source.no-bus")
    /// The kernel refused access.
    public static let notPermitted = Code(rawValue: "source.not-permitted")
    /// The system or the build does not have the access method.
    public static let unsupported = Code(rawValue: "source.unsupported")
    /// The kernel, a library or a device reported a failure.
    public static let failed = Code(rawValue: "source.failed")
  }

  /// The kind of failure.
  public var code: Code
  /// What happened, in one sentence without a full stop.
  public var message: String
  /// What to do about it, where anything can be done.
  public var remedy: String?
  /// The path or device that failed.
  public var path: String?
  /// The kernel's error number, where a system call failed.
  public var errorNumber: Int32?

  /// Describes a failure.
  public init(
    _ code: Code, _ message: String, remedy: String? = nil, path: String? = nil,
    errorNumber: Int32? = nil
  ) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
    self.errorNumber = errorNumber
  }
}

extension ScanError: CustomStringConvertible {
  /// What happened and what to do: `/x: no such directory: name a sysfs root`.
  public var description: String {
    var text = path.map { $0 + ": " + message } ?? message
    if let remedy { text += ": " + remedy }
    return text
  }
}
