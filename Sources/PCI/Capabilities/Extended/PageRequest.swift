// SPDX-License-Identifier: Apache-2.0

/// The Page Request capability, extended id 0x0013.
///
/// PCI Express Base 6.0, section 10.5.2.
public struct PageRequest: DecodedCapability {
  /// The start of its dotted field names, `pri`.
  public static var shortName: String { "pri" }
  /// The specification's name.
  public static var title: String { "Page Request Interface" }

  /// Page Request Control at +4.
  public let control: UInt16
  /// Page Request Status at +6.
  public let status: UInt16
  /// Outstanding Page Request Capacity at +8.
  public let outstandingCapacity: UInt32
  /// Outstanding Page Request Allocation at +0xc.
  public let outstandingAllocation: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let control = space.word(at: offset + 4),
      let status = space.word(at: offset + 6),
      let outstandingCapacity = space.doubleWord(at: offset + 8),
      let outstandingAllocation = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.control = control
    self.status = status
    self.outstandingCapacity = outstandingCapacity
    self.outstandingAllocation = outstandingAllocation
  }

  /// Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// Reset.
  public var isReset: Bool { control[bit: 1] }

  /// Response Failure.
  public var hasResponseFailure: Bool { status[bit: 0] }
  /// Unexpected Page Request Group Index.
  public var hasUnexpectedGroupIndex: Bool { status[bit: 1] }
  /// Stopped.
  public var isStopped: Bool { status[bit: 8] }
  /// PRG Response PASID Required.
  public var isGroupResponsePASIDRequired: Bool { status[bit: 15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(control), UInt64(status), UInt64(outstandingCapacity), UInt64(outstandingAllocation),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .flag(1, "reset"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "responseFailure"),
          .flag(1, "unexpectedGroupIndex"),
          .flag(8, "stopped"),
          .flag(15, "groupResponsePASIDRequired"),
        ]),
      RegisterTable(
        "outstandingCapacity",
        [
          .number(0...31, "")
        ]),
      RegisterTable(
        "outstandingAllocation",
        [
          .number(0...31, "")
        ]),
    ]
  }
}
