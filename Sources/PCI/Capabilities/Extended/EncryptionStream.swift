// SPDX-License-Identifier: Apache-2.0

/// One IDE stream: a link stream, or a selective one with what is associated with it.
///
/// PCI Express Base 6.0, sections 7.9.26.4 and 7.9.26.5.
public struct EncryptionStream: Hashable, Sendable {
  /// Selective IDE Stream Capability; `nil` for a link stream.
  public let capability: UInt32?
  /// IDE Stream Control.
  public let control: UInt32
  /// IDE Stream Status.
  public let status: UInt32
  /// The two RID association registers; empty for a link stream.
  public let requesterAssociation: [UInt32]
  /// The address association registers, three for each block.
  public let addressAssociations: [UInt32]

  init?(link space: ConfigurationSpace, at offset: Int) {
    guard let control = space.doubleWord(at: offset),
      let status = space.doubleWord(at: offset + 4)
    else { return nil }
    capability = nil
    self.control = control
    self.status = status
    requesterAssociation = []
    addressAssociations = []
  }

  init?(selective space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset),
      let control = space.doubleWord(at: offset + 4),
      let status = space.doubleWord(at: offset + 8),
      let requester = space.doubleWords(at: offset + 12, count: 2),
      let addresses = space.doubleWords(
        at: offset + 20, count: 3 * Int(capability[bits: 0...3]))
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    requesterAssociation = requester
    addressAssociations = addresses
  }

  /// How many bytes the registers take.
  var byteCount: Int {
    capability == nil ? 8 : 20 + 4 * addressAssociations.count
  }

  /// Stream Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// Stream ID.
  public var streamID: UInt8 { UInt8(control[bits: 24...31]) }
  /// The state is Secure.
  public var isSecure: Bool { status[bits: 0...3] == 2 }

  private static var tables: [RegisterTable] {
    [
      RegisterTable("capability", [.number(0...3, "addressAssociationBlocks")]),
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .number(2...3, "transmitAggregationNonPosted"),
          .number(4...5, "transmitAggregationPosted"),
          .number(6...7, "transmitAggregationCompletion"),
          .flag(8, "pcrcEnable"),
          .flag(9, "configurationEnable"),
          .number(10...13, "partialHeaderEncryption"),
          .number(14...18, "algorithm"),
          .number(19...21, "trafficClass"),
          .flag(22, "defaultStream"),
          .number(24...31, "streamID"),
        ]),
      RegisterTable(
        "status",
        [
          .names(0...3, "state", ["insecure", "reserved", "secure"]),
          .flag(31, "integrityCheckFailReceived"),
        ]),
    ]
  }

  /// The fields under a prefix.
  func fields(prefix: String) -> [Field] {
    var fields = Self.tables.fields(
      [capability.map { UInt64($0) }, UInt64(control), UInt64(status)], prefix: prefix)
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

  static var fieldNames: [String] {
    tables.names + ["requesterAssociation.N", "addressAssociations.N"]
  }
}
