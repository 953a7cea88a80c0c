// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Why a transaction did not happen, and whether everything is as it was.
public struct DriverTransactionError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Reason: Hashable, Sendable {
    /// A function is not what it was when the transaction was planned.
    case changed(FunctionAddress, was: String, is: String)
    /// The kernel refused a step.
    case refused(DeviceControlError)
    /// The kernel said yes, and another driver, or none, holds the function.
    case notTaken(FunctionAddress, wanted: String, holder: String?)
    /// A step took longer than the deadline, and was then undone.
    case late(milliseconds: Int64)
    /// The journal could not be written, so that nothing was begun.
    case journal(DeviceControlError)
  }

  /// What went wrong.
  public var reason: Reason
  /// The step it went wrong at; `nil` before the first.
  public var step: DeviceStep?
  /// How the kernel was told.
  public var interface = DriverInterface.sysfs
  /// What could not be put back, and why; empty where all is as it was.
  public var notPutBack: [String]

  /// Describes a failure.
  public init(_ reason: Reason, step: DeviceStep? = nil, notPutBack: [String] = []) {
    self.reason = reason
    self.step = step
    self.notPutBack = notPutBack
  }
}

extension DriverTransactionError: CustomStringConvertible {
  /// What happened, and how things are now.
  public var description: String {
    var text: String
    switch reason {
    case .changed(let address, let was, let now):
      text = address.description + " was " + was + " and is now " + now
    case .refused(let error): text = error.description
    case .notTaken(let address, let wanted, let holder):
      text =
        address.description + " was offered to " + wanted
        + (holder.map { ", and " + $0 + " holds it" } ?? ", which did not take it")
    case .late(let milliseconds):
      text = "the kernel took \(milliseconds / 1000) s"
    case .journal(let error): text = "the journal cannot be written: " + error.description
    }
    if let step { text = step.text(through: interface) + ": " + text }
    guard !notPutBack.isEmpty else {
      return step == nil ? text + "; nothing was changed" : text + "; all is as it was"
    }
    for line in notPutBack { text += "; not put back: " + line }
    return text + "; try passthru restore"
  }
}
