// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Root Control; `nil` but for root ports and event collectors.
  public enum RootControl: RegisterFields {
    static let itself = Register(0x1c, 2, "rootControl", if: isRoot)
    public static let systemErrorOnCorrectableEnable = flag(0, "systemErrorOnCorrectableEnable")
    public static let systemErrorOnNonFatalEnable = flag(1, "systemErrorOnNonFatalEnable")
    public static let systemErrorOnFatalEnable = flag(2, "systemErrorOnFatalEnable")
    public static let pmeInterruptEnable = flag(3, "pmeInterruptEnable")
    /// Configuration RRS Software Visibility Enable.
    public static let crsSoftwareVisibilityEnable = flag(4, "crsSoftwareVisibilityEnable")
    static let fields = [
      systemErrorOnCorrectableEnable, systemErrorOnNonFatalEnable, systemErrorOnFatalEnable,
      pmeInterruptEnable, crsSoftwareVisibilityEnable,
    ]
  }

  public enum RootCapabilities: RegisterFields {
    static let itself = Register(0x1e, 2, "rootCapabilities", if: isRoot)
    /// Configuration RRS Software Visibility.
    public static let crsSoftwareVisibility = flag(0, "crsSoftwareVisibility")
    static let fields = [crsSoftwareVisibility]
  }

  public enum RootStatus: RegisterFields {
    static let itself = Register(0x20, 4, "rootStatus", if: isRoot)
    public static let pmeRequesterID = hexadecimal(0...15, "pmeRequesterID", digits: 4)
    public static let pmeStatus = flag(16, "pmeStatus")
    public static let pmePending = flag(17, "pmePending")
    static let fields = [pmeRequesterID, pmeStatus, pmePending]
  }
}
