// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// In-Band PD Disable Supported.
  public var supportsInBandPresenceDetectDisable: Bool? { slotCapabilities2.map { $0[bit: 0] } }

  static var slot2Tables: [RegisterTable] {
    [
      RegisterTable(
        "slotCapabilities2",
        [
          .flag(0, "inBandPresenceDetectDisableSupported")
        ])
    ]
  }
}
