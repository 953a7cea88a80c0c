// SPDX-License-Identifier: Apache-2.0

/// The Flit Error Injection capability, extended id 0x0034.
///
/// PCI Express Base 6.4, section 7.8.13.
public struct FlitErrorInjection: DecodedCapability {
  /// The start of its dotted field names, `fliterror`.
  public static var shortName: String { "fliterror" }
  /// The specification's name.
  public static var title: String { "Flit Error Injection" }

  /// Flit Error Injection Capability at +4.
  public let capability: UInt32
  /// Flit Error Injection Control 1 at +8.
  public let control1: UInt32
  /// Flit Error Injection Control 2 at +0xc.
  public let control2: UInt32
  /// Flit Error Injection Status at +0x10.
  public let status: UInt32
  /// Ordered Set Error Injection Control 1 at +0x14.
  public let orderedSetControl1: UInt32
  /// Ordered Set Error Injection Control 2 at +0x18.
  public let orderedSetControl2: UInt32
  /// Ordered Set Error Tx Injection Status at +0x1c.
  public let orderedSetTransmitStatus: UInt32
  /// Ordered Set Error Rx Injection Status at +0x20.
  public let orderedSetReceiveStatus: UInt32

  /// Decodes the registers, 36 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control1 = space.doubleWord(at: offset + 8),
      let control2 = space.doubleWord(at: offset + 0xc),
      let status = space.doubleWord(at: offset + 0x10),
      let orderedSetControl1 = space.doubleWord(at: offset + 0x14),
      let orderedSetControl2 = space.doubleWord(at: offset + 0x18),
      let orderedSetTransmitStatus = space.doubleWord(at: offset + 0x1c),
      let orderedSetReceiveStatus = space.doubleWord(at: offset + 0x20)
    else { return nil }
    self.capability = capability
    self.control1 = control1
    self.control2 = control2
    self.status = status
    self.orderedSetControl1 = orderedSetControl1
    self.orderedSetControl2 = orderedSetControl2
    self.orderedSetTransmitStatus = orderedSetTransmitStatus
    self.orderedSetReceiveStatus = orderedSetReceiveStatus
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capability), UInt64(control1), UInt64(control2), UInt64(status),
      UInt64(orderedSetControl1), UInt64(orderedSetControl2), UInt64(orderedSetTransmitStatus),
      UInt64(orderedSetReceiveStatus),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static func status(_ bits: ClosedRange<Int>, _ name: String) -> RegisterTable.Row {
    .names(bits, name, ["not started", "started", "completed", "error"])
  }

  /// The ordered sets and link states of the two status registers, two bits each.
  private static var orderedSetStatus: [RegisterTable.Row] {
    let names = [
      "ts0", "ts1", "ts2", "skp", "eieos", "eios", "sds", "polling", "configuration", "l0",
      "recovery", "equalization01", "equalization2", "equalization3",
    ]
    var rows: [RegisterTable.Row] = []
    for (index, name) in names.enumerated() {
      rows.append(status(2 * index...2 * index + 1, name))
    }
    return rows
  }

  private static var tables: [RegisterTable] {
    [
      // All of it is reserved.
      .hexadecimal("capability", digits: 8),
      RegisterTable(
        "control1",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(0, "enable"),
          .flag(1, "transmitted"),
          .flag(2, "received"),
          // Three bits lower than pciutils 3.15 has them.
          .flag(3, "at2.5GT"),
          .flag(4, "at5GT"),
          .flag(5, "at8GT"),
          .flag(6, "at16GT"),
          .flag(7, "at32GT"),
          .flag(8, "at64GT"),
          .number(16...20, "errorCount"),
          .number(21...28, "spacing"),
          // pciutils 3.15 masks two of the bits, though it has names for seven values.
          .names(
            29...31, "flitType",
            [
              "any", "any but idle", "payload", "NOP", "idle", "payload and its repeats",
              "payload and the repeats of one",
            ]),
        ]),
      RegisterTable(
        "control2",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .computed(0...2, "consecutive") { code in
            code == 7 ? .text("7 to 15 at random") : .number(code)
          },
          .names(
            3...4, "errorType",
            [
              "random", "correctable in one group", "correctable in three groups",
              "uncorrectable",
            ]),
          .number(5...11, "offset"),
          .number(12...19, "magnitude"),
        ]),
      RegisterTable("status", [status(0...1, "transmit"), status(2...3, "receive")]),
      RegisterTable(
        "orderedSetControl1",
        [
          .hexadecimal(0...31, "register", digits: 8),
          .flag(0, "enable"),
          .flag(1, "transmitted"),
          .flag(2, "received"),
          .number(3...7, "errorCount"),
          .number(8...15, "spacing"),
          .flag(16, "ts0"),
          .flag(17, "ts1"),
          .flag(18, "ts2"),
          .flag(19, "skp"),
          .flag(20, "eieos"),
          .flag(21, "eios"),
          .flag(22, "sds"),
          .flag(23, "polling"),
          .flag(24, "configuration"),
          .flag(25, "l0"),
          .flag(26, "recovery"),
          .flag(27, "equalization01"),
          .flag(28, "equalization2"),
          .flag(29, "equalization3"),
        ]),
      RegisterTable(
        "orderedSetControl2",
        [.hexadecimal(0...15, "bytes", digits: 4), .hexadecimal(16...31, "lanes", digits: 4)]),
      RegisterTable("orderedSetTransmitStatus", orderedSetStatus),
      RegisterTable("orderedSetReceiveStatus", orderedSetStatus),
    ]
  }
}
