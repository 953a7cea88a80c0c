// SPDX-License-Identifier: Apache-2.0

/// The Integrity and Data Encryption capability, extended id 0x0030.
///
/// PCI Express Base 6.0, section 7.9.26.
public struct IntegrityAndDataEncryption: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x0030, "ide", "Integrity and Data Encryption", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// IDE Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// Link IDE Stream Supported.
    public static let linkStreamSupported = flag(0, "linkStreamSupported")
    /// Selective IDE Streams Supported.
    public static let selectiveStreamsSupported = flag(1, "selectiveStreamsSupported")
    /// Flow through supported.
    public static let flowThroughSupported = flag(2, "flowThroughSupported")
    /// Partial header encryption supported.
    public static let partialHeaderEncryptionSupported = flag(3, "partialHeaderEncryptionSupported")
    /// Aggregation supported.
    public static let aggregationSupported = flag(4, "aggregationSupported")
    /// PCRC supported.
    public static let pcrcSupported = flag(5, "pcrcSupported")
    /// Key management supported.
    public static let keyManagementSupported = flag(6, "keyManagementSupported")
    /// Selective for configuration supported.
    public static let selectiveForConfigurationSupported = flag(
      7, "selectiveForConfigurationSupported")
    /// Algorithms.
    public static let algorithms = hexadecimal(8...12, "algorithms", digits: 2)
    /// Link traffic classes.
    public static let linkTrafficClasses = number(13...15, "linkTrafficClasses", adding: 1)
    /// Selective streams.
    public static let selectiveStreams = number(16...23, "selectiveStreams", adding: 1)
    /// TEE-Limited Stream Supported.
    public static let teeLimitedStreamSupported = flag(24, "teeLimitedStreamSupported")
    static let fields = [
      linkStreamSupported, selectiveStreamsSupported, flowThroughSupported,
      partialHeaderEncryptionSupported, aggregationSupported, pcrcSupported, keyManagementSupported,
      selectiveForConfigurationSupported, algorithms, linkTrafficClasses, selectiveStreams,
      teeLimitedStreamSupported,
    ]
  }

  /// IDE Control.
  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// Flow through enable.
    public static let flowThroughEnable = flag(2, "flowThroughEnable")
    static let fields = [flowThroughEnable]
  }

  /// The fields, in register order.
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

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.layout.fields(registers)
    let streams = Self.streams(registers)
    for (index, stream) in streams.link.enumerated() {
      fields += stream.fields(prefix: "linkStreams.\(index).")
    }
    for (index, stream) in streams.selective.enumerated() {
      fields += stream.fields(prefix: "selectiveStreams.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    layout.names + EncryptionStream.fieldNames.map { "linkStreams.N." + $0 }
      + EncryptionStream.fieldNames.map { "selectiveStreams.N." + $0 }
  }
}
