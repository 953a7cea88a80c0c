// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// System Error on Correctable Error Enable.
  public var isSystemErrorOnCorrectableEnabled: Bool? { rootControl.map { $0[bit: 0] } }
  /// System Error on Non-Fatal Error Enable.
  public var isSystemErrorOnNonFatalEnabled: Bool? { rootControl.map { $0[bit: 1] } }
  /// System Error on Fatal Error Enable.
  public var isSystemErrorOnFatalEnabled: Bool? { rootControl.map { $0[bit: 2] } }
  /// PME Interrupt Enable.
  public var isPMEInterruptEnabled: Bool? { rootControl.map { $0[bit: 3] } }
  /// Configuration RRS Software Visibility Enable.
  public var isCRSSoftwareVisibilityEnabled: Bool? { rootControl.map { $0[bit: 4] } }

  /// Configuration RRS Software Visibility.
  public var supportsCRSSoftwareVisibility: Bool? { rootCapabilities.map { $0[bit: 0] } }

  /// PME Requester ID.
  public var pmeRequesterID: UInt32? { rootStatus.map { $0[bits: 0...15] } }
  /// PME Status.
  public var hasPMEStatus: Bool? { rootStatus.map { $0[bit: 16] } }
  /// PME Pending.
  public var isPMEPending: Bool? { rootStatus.map { $0[bit: 17] } }

  static var rootTables: [RegisterTable] {
    [
      RegisterTable(
        "rootControl",
        [
          .flag(0, "systemErrorOnCorrectableEnable"),
          .flag(1, "systemErrorOnNonFatalEnable"),
          .flag(2, "systemErrorOnFatalEnable"),
          .flag(3, "pmeInterruptEnable"),
          .flag(4, "crsSoftwareVisibilityEnable"),
        ]),
      RegisterTable(
        "rootCapabilities",
        [
          .flag(0, "crsSoftwareVisibility")
        ]),
      RegisterTable(
        "rootStatus",
        [
          .hexadecimal(0...15, "pmeRequesterID", digits: 4),
          .flag(16, "pmeStatus"),
          .flag(17, "pmePending"),
        ]),
    ]
  }
}
