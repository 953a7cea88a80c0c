// SPDX-License-Identifier: Apache-2.0

/// Which capability something is: its id and its names.
public struct CapabilityKind: Hashable, Sendable {
  /// The id.
  public let id: CapabilityID
  /// The short name that starts dotted field names: `pcie`, `msi`.
  public let shortName: String
  /// The specification's name.
  public let title: String
  /// How many bytes it takes at least, the header included.
  public let size: Int

  /// A capability of the list in the first 256 bytes.
  init(standard id: UInt8, _ shortName: String, _ title: String, size: Int = 2) {
    self.id = .standard(StandardCapabilityID(rawValue: id))
    self.shortName = shortName
    self.title = title
    self.size = size
  }

  /// A capability of the list that starts at 0x100.
  init(extended id: UInt16, _ shortName: String, _ title: String, size: Int = 4) {
    self.id = .extended(ExtendedCapabilityID(rawValue: id))
    self.shortName = shortName
    self.title = title
    self.size = size
  }

  /// Whether it is one of the two that stand for no capability.
  var isNull: Bool {
    switch id {
    case .standard(let id): id.rawValue == 0
    case .extended(let id): id.rawValue == 0
    }
  }
}
