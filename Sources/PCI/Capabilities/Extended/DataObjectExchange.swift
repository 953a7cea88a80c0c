// SPDX-License-Identifier: Apache-2.0

/// The Data Object Exchange capability, extended id 0x002e.
///
/// PCI Express Base 6.0, section 7.9.24.
public struct DataObjectExchange: DecodedCapability {
  /// The start of its dotted field names, `doe`.
  public static var shortName: String { "doe" }
  /// The specification's name.
  public static var title: String { "Data Object Exchange" }

  /// DOE Capabilities at +4.
  public let capabilities: UInt32
  /// DOE Control at +8.
  public let control: UInt32
  /// DOE Status at +0xc.
  public let status: UInt32
  /// DOE Write Data Mailbox at +0x10.
  public let writeDataMailbox: UInt32
  /// DOE Read Data Mailbox at +0x14.
  public let readDataMailbox: UInt32

  /// Decodes the registers, 24 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc),
      let writeDataMailbox = space.doubleWord(at: offset + 0x10),
      let readDataMailbox = space.doubleWord(at: offset + 0x14)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.status = status
    self.writeDataMailbox = writeDataMailbox
    self.readDataMailbox = readDataMailbox
  }

  /// DOE Interrupt Support.
  public var supportsInterrupt: Bool { capabilities[bit: 0] }
  /// DOE Interrupt Message Number.
  public var interruptMessageNumber: UInt32 { capabilities[bits: 1...11] }

  /// DOE Abort.
  public var isAborted: Bool { control[bit: 0] }
  /// DOE Interrupt Enable.
  public var isInterruptEnabled: Bool { control[bit: 1] }
  /// DOE Go.
  public var isStarted: Bool { control[bit: 31] }

  /// DOE Busy.
  public var isBusy: Bool { status[bit: 0] }
  /// DOE Interrupt Status.
  public var hasInterrupt: Bool { status[bit: 1] }
  /// DOE Error.
  public var hasError: Bool { status[bit: 2] }
  /// Data Object Ready.
  public var isDataObjectReady: Bool { status[bit: 31] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(control), UInt64(status), UInt64(writeDataMailbox),
      UInt64(readDataMailbox),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "interruptSupported"),
          .number(1...11, "interruptMessageNumber"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "abort"),
          .flag(1, "interruptEnable"),
          .flag(31, "go"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "busy"),
          .flag(1, "interrupt"),
          .flag(2, "error"),
          .flag(31, "dataObjectReady"),
        ]),
      .hexadecimal("writeDataMailbox", digits: 8),
      .hexadecimal("readDataMailbox", digits: 8),
    ]
  }
}
