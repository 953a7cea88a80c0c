// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Something that the kernel says happened to a PCI function.
public struct DeviceEvent: Hashable, Sendable {
  /// What happened.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// The function is there now: plugged in, found by a rescan, a virtual function made.
    case add
    /// It is gone.
    case remove
    /// A driver took it (Linux 4.14 and later).
    case bind
    /// Its driver let go of it (Linux 4.14 and later).
    case unbind
    /// Something else changed: virtual functions, or an error was recovered from.
    case change
  }

  /// What happened.
  public var action: Action
  /// The function.
  public var address: FunctionAddress
  /// The driver, as far as the kernel names one.
  public var driver: String?
  /// What an error recovery came to: `BEGIN_RECOVERY`, `FAILED_RECOVERY`...
  public var recovery: String?
  /// The kernel's number of the event, which rises by one each.
  public var sequence: UInt64?

  /// Describes an event.
  public init(_ action: Action, _ address: FunctionAddress, driver: String? = nil) {
    self.action = action
    self.address = address
    self.driver = driver
  }

  /// Reads the kernel's message; `nil` where it is not about a PCI function.
  ///
  /// `ACTION@DEVPATH`, then `KEY=VALUE` fields, each with a zero behind it
  /// (lib/kobject_uevent.c). A message of udev's has another start and is not
  /// taken: any process may send one.
  public init?(message: [UInt8]) {
    var fields = message.split(separator: 0, omittingEmptySubsequences: true)[...]
    guard let heading = fields.popFirst(), heading.contains(UInt8(ascii: "@")) else { return nil }
    var action: Action?
    var address: FunctionAddress?
    var isPCI = false
    var driver: String?
    var recovery: String?
    var sequence: UInt64?
    for field in fields {
      guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = displayText(field[(equals + 1)...])
      switch displayText(field[..<equals]) {
      case "ACTION": action = Action(rawValue: value)
      case "SUBSYSTEM": isPCI = value == "pci"
      case "PCI_SLOT_NAME": address = FunctionAddress(value)
      case "DRIVER": driver = value
      case "ERROR_EVENT": recovery = value
      case "SEQNUM": sequence = UInt64(value)
      default: continue
      }
    }
    guard isPCI, let action, let address else { return nil }
    self.init(action, address, driver: driver)
    self.recovery = recovery
    self.sequence = sequence
  }
}
