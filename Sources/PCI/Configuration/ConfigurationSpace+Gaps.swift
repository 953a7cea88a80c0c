// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// What could not be decoded, and why, as gaps of a function.
  ///
  /// A space of all ones or all zeros has one gap, since nothing else in it
  /// can be believed.
  public func gaps(of address: FunctionAddress) -> [Gap] {
    var gaps: [Gap] = []
    func add(_ fact: String, _ reason: String, remedy: String? = nil) {
      gaps.append(Gap(.function(address), fact, reason: reason, remedy: remedy))
    }
    if bytes.isEmpty {
      add("configuration", "no byte was read")
    } else if isAllOnes {
      add(
        "configuration", "every byte reads 0xff: the function is gone or does not answer",
        remedy: "scan the bus again")
    } else if isAllZeros {
      add("configuration", "every byte reads zero: no function answers like that")
    }
    guard gaps.isEmpty else { return gaps }
    if let headerType, headerType.baseAddressRegisterCount == nil {
      add(
        "header.type",
        "header type \(headerType.rawValue) has no known layout; "
          + "only its first 16 bytes are decoded")
    }
    for defect in capabilityList.defects {
      add(
        defect.fact, defect.reason,
        remedy: defect.isTruncation ? "read all of the configuration space, as root" : nil)
    }
    for capability in capabilities where capability.isTruncated {
      add(
        "capability.truncated",
        "the \(capability.title) capability at 0x"
          + UInt(capability.entry.offset).hexadecimal(width: 2)
          + " runs past the \(count) bytes that were read or may not go on there")
    }
    for capability in capabilities {
      guard let length = capability.claimedLength else { continue }
      let end =
        if case .standard = capability.entry.id { Self.conventionalSize } else { Self.extendedSize }
      guard capability.entry.offset + length > end else { continue }
      add(
        "capability.length",
        "the \(capability.title) capability at 0x"
          + UInt(capability.entry.offset).hexadecimal(width: 2)
          + " claims \(length) bytes, which go past the end of its space")
    }
    return gaps
  }

  /// Whether every byte read is zero.
  public var isAllZeros: Bool { !bytes.isEmpty && bytes.allSatisfy { $0 == 0 } }
}

extension CapabilityList.Defect {
  /// The short dotted name that a gap has.
  var fact: String {
    switch self {
    case .loop: "capability.loop"
    case .badPointer: "capability.pointer"
    case .truncated: "capability.list"
    }
  }

  /// Whether more bytes would mend it.
  var isTruncation: Bool {
    if case .truncated = self { true } else { false }
  }
}

extension Capability {
  /// The length that the capability says it has, where it says one.
  var claimedLength: Int? {
    if let vendor = self[VendorSpecific.self] { return Int(vendor.length) }
    if let vendor = self[VendorSpecificExtended.self] { return Int(vendor.length) }
    return self[DesignatedVendorSpecific.self].map { Int($0.length) }
  }
}
