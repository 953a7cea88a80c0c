// SPDX-License-Identifier: Apache-2.0

/// A capability as a text names it, without its registers.
///
/// `pciconf -c` lists them so.
public struct ListedCapability: Hashable, Sendable {
  /// Which capability it is.
  public var id: CapabilityID
  /// Where it is in configuration space; `nil` where the text does not say.
  public var offset: Int?
  /// The version; `nil` for standard ones and where the text does not say.
  public var version: UInt8?
  /// What the text says of it, continuation lines joined with one space.
  public var text: String

  /// Records a line of text.
  public init(id: CapabilityID, offset: Int?, version: UInt8?, text: String) {
    self.id = id
    self.offset = offset
    self.version = version
    self.text = text
  }
}
