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
    public static let addressAssociationBlocks = number(0...3, "addressAssociationBlocks")
    static let fields = [addressAssociationBlocks]
  }

  /// IDE Stream Control.
  public enum Control: RegisterFields {
    static let itself = Register(4, 4, "control")
    public static let enable = flag(0, "enable")
    public static let transmitAggregationNonPosted = number(2...3, "transmitAggregationNonPosted")
    public static let transmitAggregationPosted = number(4...5, "transmitAggregationPosted")
    public static let transmitAggregationCompletion = number(6...7, "transmitAggregationCompletion")
    public static let pcrcEnable = flag(8, "pcrcEnable")
    public static let configurationEnable = flag(9, "configurationEnable")
    public static let partialHeaderEncryption = number(10...13, "partialHeaderEncryption")
    public static let algorithm = number(14...18, "algorithm")
    public static let trafficClass = number(19...21, "trafficClass")
    public static let defaultStream = flag(22, "defaultStream")
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
    public static let integrityCheckFailReceived = flag(31, "integrityCheckFailReceived")
    static let fields = [state, integrityCheckFailReceived]
  }

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

  public var fields: [Field] {
    func named(_ name: String, _ registers: [UInt32]) -> [Field] {
      registers.enumerated().map { Field(name + ".\($0)", hexadecimal: $1, digits: 8) }
    }
    return Self.layout.fields(registers) + named("requesterAssociation", requesterAssociation)
      + named("addressAssociations", addressAssociations)
  }

  public static var fieldNames: [String] {
    layout.names + ["requesterAssociation.N", "addressAssociations.N"]
  }
}
