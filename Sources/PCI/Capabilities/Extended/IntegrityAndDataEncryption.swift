// SPDX-License-Identifier: Apache-2.0

/// The Integrity and Data Encryption capability, extended id 0x0030.
///
/// PCI Express Base 6.0, section 7.9.26.
public struct IntegrityAndDataEncryption: DecodedCapability {
  /// The start of its dotted field names, `ide`.
  public static var shortName: String { "ide" }
  /// The specification's name.
  public static var title: String { "Integrity and Data Encryption" }

  /// IDE Capability at +4.
  public let capability: UInt32
  /// IDE Control at +8.
  public let control: UInt32
  /// Link IDE streams, one for each traffic class, where they are supported.
  public let linkStreams: [EncryptionStream]
  /// Selective IDE streams, where they are supported.
  public let selectiveStreams: [EncryptionStream]

  /// Decodes the registers: 12 bytes and the blocks of the streams.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8)
    else { return nil }
    self.capability = capability
    self.control = control
    var next = offset + 0xc
    var link: [EncryptionStream] = []
    var selective: [EncryptionStream] = []
    if capability[bit: 0] {
      for _ in 0...Int(capability[bits: 13...15]) {
        guard let stream = EncryptionStream(link: space, at: next) else { return nil }
        link.append(stream)
        next += stream.byteCount
      }
    }
    if capability[bit: 1] {
      for _ in 0...Int(capability[bits: 16...23]) {
        guard let stream = EncryptionStream(selective: space, at: next) else { return nil }
        selective.append(stream)
        next += stream.byteCount
      }
    }
    linkStreams = link
    selectiveStreams = selective
  }

  /// Link IDE Stream Supported.
  public var supportsLinkStreams: Bool { capability[bit: 0] }
  /// Selective IDE Streams Supported.
  public var supportsSelectiveStreams: Bool { capability[bit: 1] }
  /// TEE-Limited Stream Supported.
  public var supportsTEELimitedStream: Bool { capability[bit: 24] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "linkStreamSupported"),
          .flag(1, "selectiveStreamsSupported"),
          .flag(2, "flowThroughSupported"),
          .flag(3, "partialHeaderEncryptionSupported"),
          .flag(4, "aggregationSupported"),
          .flag(5, "pcrcSupported"),
          .flag(6, "keyManagementSupported"),
          .flag(7, "selectiveForConfigurationSupported"),
          .hexadecimal(8...12, "algorithms", digits: 2),
          .number(13...15, "linkTrafficClasses", adding: 1),
          .number(16...23, "selectiveStreams", adding: 1),
          .flag(24, "teeLimitedStreamSupported"),
        ]),
      RegisterTable("control", [.flag(2, "flowThroughEnable")]),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capability), UInt64(control)])
    for (index, stream) in linkStreams.enumerated() {
      fields += stream.fields(prefix: "linkStreams.\(index).")
    }
    for (index, stream) in selectiveStreams.enumerated() {
      fields += stream.fields(prefix: "selectiveStreams.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    tables.names + EncryptionStream.fieldNames.map { "linkStreams.N." + $0 }
      + EncryptionStream.fieldNames.map { "selectiveStreams.N." + $0 }
  }
}
