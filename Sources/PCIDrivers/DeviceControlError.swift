// SPDX-License-Identifier: Apache-2.0

/// Why the kernel, or the disk the journal is on, did not do what it was told.
public struct DeviceControlError: Error, Hashable, Sendable {
  /// What happened, in one sentence without a full stop.
  public var message: String
  /// What to do about it, where anything can be done.
  public var remedy: String?
  /// The kernel's error number, where a system call failed.
  public var errorNumber: Int32?

  /// Describes a failure.
  public init(_ message: String, remedy: String? = nil, errorNumber: Int32? = nil) {
    self.message = message
    self.remedy = remedy
    self.errorNumber = errorNumber
  }
}

extension DeviceControlError: CustomStringConvertible {
  /// What happened, and what to do.
  public var description: String { remedy.map { message + ": " + $0 } ?? message }
}
