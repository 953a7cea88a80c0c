// SPDX-License-Identifier: Apache-2.0

/// The Integrity and Data Encryption capability, extended id 0x0030.
///
/// PCI Express Base 6.0, section 7.9.26.
public struct IntegrityAndDataEncryption: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0030, "ide", "Integrity and Data Encryption", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    public static let linkStreamSupported = flag(0, "linkStreamSupported")
    public static let selectiveStreamsSupported = flag(1, "selectiveStreamsSupported")
    public static let flowThroughSupported = flag(2, "flowThroughSupported")
    public static let partialHeaderEncryptionSupported = flag(3, "partialHeaderEncryptionSupported")
    public static let aggregationSupported = flag(4, "aggregationSupported")
    public static let pcrcSupported = flag(5, "pcrcSupported")
    public static let keyManagementSupported = flag(6, "keyManagementSupported")
    public static let selectiveForConfigurationSupported = flag(
      7, "selectiveForConfigurationSupported")
    public static let algorithms = hexadecimal(8...12, "algorithms", digits: 2)
    public static let linkTrafficClasses = number(13...15, "linkTrafficClasses", adding: 1)
    public static let selectiveStreams = number(16...23, "selectiveStreams", adding: 1)
    public static let teeLimitedStreamSupported = flag(24, "teeLimitedStreamSupported")
    static let fields = [
      linkStreamSupported, selectiveStreamsSupported, flowThroughSupported,
      partialHeaderEncryptionSupported, aggregationSupported, pcrcSupported, keyManagementSupported,
      selectiveForConfigurationSupported, algorithms, linkTrafficClasses, selectiveStreams,
      teeLimitedStreamSupported,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let flowThroughEnable = flag(2, "flowThroughEnable")
    static let fields = [flowThroughEnable]
  }

  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// The streams that were read: one for each traffic class, then the selective ones.
  private static func streams(
    _ registers: RegisterBytes
  ) -> (link: [EncryptionStream], selective: [EncryptionStream], isComplete: Bool) {
    var link: [EncryptionStream] = []
    var selective: [EncryptionStream] = []
    var next = registers.advanced(by: 0xc)
    if registers[Capability.linkStreamSupported] == 1 {
      for _ in 0...(registers[Capability.linkTrafficClasses] ?? 0) {
        guard let stream = EncryptionStream(link: next) else { return (link, [], false) }
        link.append(stream)
        next = next.advanced(by: stream.byteCount)
      }
    }
    if registers[Capability.selectiveStreamsSupported] == 1 {
      for _ in 0...(registers[Capability.selectiveStreams] ?? 0) {
        guard let stream = EncryptionStream(selective: next) else {
          return (link, selective, false)
        }
        selective.append(stream)
        next = next.advanced(by: stream.byteCount)
      }
    }
    return (link, selective, true)
  }

  /// Whether all streams were read.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(kind.size) && streams(registers).isComplete
  }

  /// Link IDE streams, one for each traffic class, where they are supported.
  public var linkStreams: [EncryptionStream] { Self.streams(registers).link }
  /// Selective IDE streams, where they are supported.
  public var selectiveStreams: [EncryptionStream] { Self.streams(registers).selective }

  public var fields: [Field] {
    let streams = Self.streams(registers)
    return Self.layout.fields(registers) + streams.link.fields("linkStreams")
      + streams.selective.fields("selectiveStreams")
  }

  public static var fieldNames: [String] {
    layout.names + [EncryptionStream].fieldNames("linkStreams")
      + [EncryptionStream].fieldNames("selectiveStreams")
  }
}
