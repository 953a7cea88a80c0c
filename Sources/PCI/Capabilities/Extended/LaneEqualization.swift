// SPDX-License-Identifier: Apache-2.0

extension RegisterTable {
  /// What the status registers of all data rates say of the equalization of the link.
  ///
  /// PCI Express Base 6.0, sections 7.5.3.20 and 7.7.5.4.
  static func equalization(from bit: Int) -> [Row] {
    [
      .flag(bit, "equalizationComplete"),
      .flag(bit + 1, "equalizationPhase1Successful"),
      .flag(bit + 2, "equalizationPhase2Successful"),
      .flag(bit + 3, "equalizationPhase3Successful"),
      .flag(bit + 4, "linkEqualizationRequest"),
    ]
  }
}

extension Field {
  /// The equalization control of each lane.
  static func lanes(_ values: [some FixedWidthInteger & UnsignedInteger], digits: Int) -> [Field] {
    values.enumerated().map { index, value in
      Field("laneEqualization.\(index)", hexadecimal: value, digits: digits)
    }
  }
}
