// SPDX-License-Identifier: Apache-2.0

public import PCI

/// One reason for functions to be in one group: a hop and what it does.
public struct GroupReason: Hashable, Sendable {
  /// The kind of a reason.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// They use the requester id of an Intel VMD.
    case identity
    /// They are behind a bridge that lends everything its own requester id.
    case bridge
    /// A port above them does not isolate.
    case path
    /// They use each other's requester ids.
    case alias
    /// They are functions of one device that does not isolate them.
    case functions
  }

  /// The kind.
  public var kind: Kind
  /// The function to blame: the port, the bridge, or the first function of the device.
  public var hop: FunctionAddress
  /// The functions that are in the group for this reason, in address order.
  public var members: [FunctionAddress]
  /// The reason in a sentence without a full stop, starting with the hop.
  public var text: String

  /// Records a reason.
  public init(kind: Kind, hop: FunctionAddress, members: [FunctionAddress], text: String) {
    self.kind = kind
    self.hop = hop
    self.members = members
    self.text = text
  }
}
