// SPDX-License-Identifier: Apache-2.0

/// One IDE stream: a link stream, or a selective one with what is associated with it.
///
/// PCI Express Base 6.0, sections 7.9.26.4 and 7.9.26.5.
public struct EncryptionStream: RegisterBlock {
  /// Its registers; a link stream's are taken from 4 bytes before, where it has no capability.
  public let registers: RegisterBytes
  /// Whether it is a selective stream, with a capability register and associations.
  public let isSelective: Bool

  init?(link bytes: RegisterBytes) {
    guard bytes.holds(8) else { return nil }
    var registers = bytes.advanced(by: -4)
    registers.skipped = 4
    self.registers = registers
    isSelective = false
  }

  init?(selective bytes: RegisterBytes) {
    registers = bytes
    isSelective = true
    guard bytes.holds(20), bytes.holds(byteCount) else { return nil }
  }

  /// Selective IDE Stream Capability; `nil` for a link stream.
  public enum Capability: RegisterFields {
    static let itself = Register(0, 4, "capability")
    /// Address association blocks.
    public static let addressAssociationBlocks = number(0...3, "addressAssociationBlocks")
    static let fields = [addressAssociationBlocks]
  }

  /// IDE Stream Control.
  public enum Control: RegisterFields {
    static let itself = Register(4, 4, "control")
    /// Stream Enable.
    public static let enable = flag(0, "enable")
    /// Transmit aggregation non posted.
    public static let transmitAggregationNonPosted = number(2...3, "transmitAggregationNonPosted")
    /// Transmit aggregation posted.
    public static let transmitAggregationPosted = number(4...5, "transmitAggregationPosted")
    /// Transmit aggregation completion.
    public static let transmitAggregationCompletion = number(6...7, "transmitAggregationCompletion")
    /// PCRC enable.
    public static let pcrcEnable = flag(8, "pcrcEnable")
    /// Configuration enable.
    public static let configurationEnable = flag(9, "configurationEnable")
    /// Partial header encryption.
    public static let partialHeaderEncryption = number(10...13, "partialHeaderEncryption")
    /// Algorithm.
    public static let algorithm = number(14...18, "algorithm")
    /// Traffic class.
    public static let trafficClass = number(19...21, "trafficClass")
    /// Default stream.
    public static let defaultStream = flag(22, "defaultStream")
    /// Stream ID.
    public static let streamID = number(24...31, "streamID")
    static let fields = [
      enable, transmitAggregationNonPosted, transmitAggregationPosted,
      transmitAggregationCompletion, pcrcEnable, configurationEnable, partialHeaderEncryption,
      algorithm, trafficClass, defaultStream, streamID,
    ]
  }

  /// IDE Stream Status.
  public enum Status: RegisterFields {
    static let itself = Register(8, 4, "status")
    /// The state is Secure.
    public static let state = names(0...3, "state", ["insecure", "reserved", "secure"])
    /// Integrity check fail received.
    public static let integrityCheckFailReceived = flag(31, "integrityCheckFailReceived")
    static let fields = [state, integrityCheckFailReceived]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields,
  ])

  /// How many bytes the registers take.
  var byteCount: Int { isSelective ? 20 + 12 * bits(Capability.addressAssociationBlocks) : 8 }

  private func doubleWords(_ range: Range<Int>) -> [UInt32] {
    isSelective
      ? stride(from: range.lowerBound, to: range.upperBound, by: 4).compactMap {
        registers.doubleWord(at: $0)
      } : []
  }

  /// The two RID association registers; empty for a link stream.
  public var requesterAssociation: [UInt32] { doubleWords(12..<20) }
  /// The address association registers, three for each block.
  public var addressAssociations: [UInt32] { doubleWords(20..<max(byteCount, 20)) }
  /// Stream Enable.
  public var isEnabled: Bool { flag(Control.enable) }
  /// Stream ID.
  public var streamID: UInt8 { bits(Control.streamID) }
  /// The state is Secure.
  public var isSecure: Bool { self[Status.state] == 2 }

  /// Every field, in register order.
  public var fields: [Field] { fields(prefix: "") }

  /// The fields under a prefix.
  func fields(prefix: String) -> [Field] {
    var fields = Self.layout.fields(registers, prefix: prefix)
    for (index, register) in requesterAssociation.enumerated() {
      fields.append(
        Field(prefix + "requesterAssociation.\(index)", hexadecimal: register, digits: 8))
    }
    for (index, register) in addressAssociations.enumerated() {
      fields.append(
        Field(prefix + "addressAssociations.\(index)", hexadecimal: register, digits: 8))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    layout.names + ["requesterAssociation.N", "addressAssociations.N"]
  }
}
