// SPDX-License-Identifier: Apache-2.0

/// The Flit Logging capability, extended id 0x0032.
///
/// PCI Express Base 6.2, section 7.7.8.
public struct FlitLogging: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0032, "flitlog", "Flit Logging", size: 60)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Flit Error Log 1.
  public enum ErrorLog1: RegisterFields {
    static let itself = Register(4, 4, "errorLog1")
    /// Flit Error Log Valid.
    public static let valid = flag(0, "valid")
    public static let linkWidth = names(1...3, "linkWidth", FlitLogging.linkWidths)
    /// Flit Offset from the last logged flit in error.
    public static let flitOffset = number(4...7, "flitOffset")
    /// Consecutive flit errors after the last one.
    public static let consecutiveErrors = number(8...12, "consecutiveErrors")
    /// More entries of the log are valid.
    public static let moreEntries = flag(13, "moreEntries")
    public static let unrecognizedFlit = flag(14, "unrecognizedFlit")
    /// FEC uncorrectable error in the flit.
    public static let uncorrectable = flag(15, "uncorrectable")
    /// Syndrome Parity for ECC Group 0.
    public static let syndromeParity0 = hexadecimal(16...23, "syndromeParity0", digits: 2)
    /// Syndrome Check for ECC Group 0.
    public static let syndromeCheck0 = hexadecimal(24...31, "syndromeCheck0", digits: 2)
    static let fields = [
      whole, valid, linkWidth, flitOffset, consecutiveErrors, moreEntries, unrecognizedFlit,
      uncorrectable, syndromeParity0, syndromeCheck0,
    ]
  }

  /// Flit Error Log 2.
  public enum ErrorLog2: RegisterFields {
    static let itself = Register(8, 4, "errorLog2")
    /// Syndrome Parity for ECC Group 1.
    public static let syndromeParity1 = hexadecimal(0...7, "syndromeParity1", digits: 2)
    /// Syndrome Check for ECC Group 1.
    public static let syndromeCheck1 = hexadecimal(8...15, "syndromeCheck1", digits: 2)
    /// Syndrome Parity for ECC Group 2.
    public static let syndromeParity2 = hexadecimal(16...23, "syndromeParity2", digits: 2)
    /// Syndrome Check for ECC Group 2.
    public static let syndromeCheck2 = hexadecimal(24...31, "syndromeCheck2", digits: 2)
    static let fields = [syndromeParity1, syndromeCheck1, syndromeParity2, syndromeCheck2]
  }

  public enum ErrorCounterControl: RegisterFields {
    static let itself = Register(0xc, 2, "errorCounterControl")
    public static let enable = flag(0, "enable")
    public static let interruptEnable = flag(1, "interruptEnable")
    public static let eventsToCount = number(2...3, "eventsToCount")
    public static let triggerCount = number(4...11, "triggerCount")
    static let fields = [whole, enable, interruptEnable, eventsToCount, triggerCount]
  }

  public enum ErrorCounterStatus: RegisterFields {
    static let itself = Register(0xe, 2, "errorCounterStatus")
    // pciutils 3.15 has the interrupt inside the link width.
    public static let linkWidth = names(0...2, "linkWidth", FlitLogging.linkWidths)
    /// Interrupt Generated based on Trigger Event Count.
    public static let interruptGenerated = flag(3, "interruptGenerated")
    public static let errorCount = number(8...15, "errorCount")
    static let fields = [whole, linkWidth, interruptGenerated, errorCount]
  }

  /// FBER Measurement Control.
  public enum MeasurementControl: RegisterFields {
    static let itself = Register(0x10, 4, "measurementControl")
    /// FBER Measurement Enable.
    public static let enable = flag(0, "enable")
    public static let clearCounters = flag(1, "clearCounters")
    public static let granularity = names(
      2...3, "granularity",
      ["all errors", "even half", "odd half", "mismatch"])
    // Deprecated, and not to be set.
    public static let longestBurst = flag(4, "longestBurst")
    static let fields = [whole, enable, clearCounters, granularity, longestBurst]
  }

  /// Flit Counter, from FBER Measurement Status 1.
  public static let flitCount = Register(0x14, 4, "flitCount").number()
  /// Invalid Flit Counter, from FBER Measurement Status 2.
  public static let invalidFlitCount = Register(0x18, 4, "invalidFlitCount").number(0...15)

  /// Correctable errors of lanes 0 to 15, from FBER Measurement Status 3 to 10.
  public static let laneErrors = RegisterArray(
    0x1c, 2, "laneErrors", of: [Register(0, 2, "").number()]
  ) { _ in 16 }

  public static let layout = RegisterLayout(
    registers: [
      ErrorLog1.fields, ErrorLog2.fields, ErrorCounterControl.fields, ErrorCounterStatus.fields,
      MeasurementControl.fields, [flitCount, invalidFlitCount],
    ], [laneErrors])

  private static let linkWidths = ["x1", "x2", "x4", "x8", "x16"]
}
