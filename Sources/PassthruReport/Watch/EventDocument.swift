// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.event/1`: one thing that happened on the bus.
public struct EventDocument: Sendable {
  /// What happened.
  public enum Content: Sendable {
    /// Events were lost, and the bus was read anew.
    case lost
    /// The function's group is another; `nil` is no group.
    case group(from: Int?, to: Int?)
    /// The function's verdict is another, for a reason in one sentence.
    case verdict(from: Verdict, to: Verdict, reason: String)
    /// What the kernel said, with the function and its verdict where they are known.
    case event(DeviceEvent, Function?, Verdict?)
  }

  private let action: String
  private let address: FunctionAddress?
  private let content: Content

  /// Prepares the document.
  ///
  /// - Parameters:
  ///   - action: The word for what happened.
  ///   - address: The function it happened to; `nil` where it is the whole bus.
  ///   - content: What happened.
  public init(_ action: String, at address: FunctionAddress?, _ content: Content) {
    self.action = action
    self.address = address
    self.content = content
  }

  /// Writes what happened.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.event/1") { json in
      json.member("action", action)
      json.member("address", address?.description)
      switch content {
      case .lost: break
      case .group(let old, let new):
        json.member("from", old)
        json.member("to", new)
      case .verdict(let old, let new, let reason):
        json.member("from", old.rawValue)
        json.member("to", new.rawValue)
        json.member("reason", reason)
      case .event(let event, let function, let verdict):
        json.member("driver", event.driver ?? function?.driver?.name)
        json.member("vendorID", function?.identity.vendorID.hexadecimal(width: 4))
        json.member("deviceID", function?.identity.deviceID.hexadecimal(width: 4))
        json.member("group", function?.iommuGroup)
        json.member("verdict", event.action == .remove ? nil : verdict?.rawValue)
        json.member("sequence", event.sequence)
      }
    }
  }
}
