// SPDX-License-Identifier: Apache-2.0

/// The AGP capability, id 0x02, and the AGP 8x capability, id 0x0e.
///
/// AGP3.0 Interface Specification 1.0, sections 2.7 and 5.6 to 5.9. Id 0x0e tells
/// that a target's registers are in a PCI-to-PCI bridge; they are the same.
public struct AcceleratedGraphicsPort: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x02, "agp", "AGP", size: 12)
  /// The same registers in a PCI-to-PCI bridge.
  public static let alias: CapabilityKind? = CapabilityKind(
    standard: 0x0e, "agp3", "AGP 8x", size: kind.size)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Major and minor version of the interface.
  public enum Version: RegisterFields {
    static let itself = Register(2, 1, "version")
    /// Minor revision.
    public static let minor = number(0...3, "minor")
    /// Major revision.
    public static let major = number(4...7, "major")
    static let fields = [minor, major]
  }

  public enum Status: RegisterFields {
    static let itself = Register(4, 4, "status")
    /// Data rates supported.
    public static let rates = hexadecimal(0...2, "rates", digits: 1)
    /// AGP 3.0 mode.
    public static let agp3Mode = flag(3, "agp3Mode")
    public static let fastWrite = flag(4, "fastWrite")
    /// Addresses above 4 GiB.
    public static let over4G = flag(5, "over4G")
    /// Host translation (HTRANS#).
    public static let hostTranslation = flag(6, "hostTranslation")
    /// 64-bit GART entries.
    public static let gart64 = flag(7, "gart64")
    /// In-aperture accesses are coherent (ITA_COH).
    public static let coherent = flag(8, "coherent")
    /// Side band addressing.
    public static let sideband = flag(9, "sideband")
    /// Calibration cycle code.
    public static let calibrationCycle = number(10...12, "calibrationCycle")
    /// Optimum asynchronous request size code (ARQSZ).
    public static let asynchronousRequestSize = number(13...15, "asynchronousRequestSize")
    // pciutils 3.9 and 3.15 print the bit below it.
    /// Isochronous transactions.
    public static let isochronous = flag(17, "isochronous")
    /// Requests the target can hold.
    public static let requestDepth = number(24...31, "requestDepth", adding: 1)
    static let fields = [
      rates, agp3Mode, fastWrite, over4G, hostTranslation, gart64, coherent, sideband,
      calibrationCycle, asynchronousRequestSize, isochronous, requestDepth,
    ]
  }

  public enum Command: RegisterFields {
    static let itself = Register(8, 4, "command")
    /// Data rate in use.
    public static let rate = hexadecimal(0...2, "rate", digits: 1)
    public static let fastWriteEnable = flag(4, "fastWriteEnable")
    /// Addresses above 4 GiB enable.
    public static let over4GEnable = flag(5, "over4GEnable")
    /// 64-bit GART entries enable.
    public static let gart64Enable = flag(7, "gart64Enable")
    public static let agpEnable = flag(8, "agpEnable")
    /// Side band addressing enable.
    public static let sidebandEnable = flag(9, "sidebandEnable")
    /// Calibration cycle code.
    public static let calibrationCycle = number(10...12, "calibrationCycle")
    /// Asynchronous request size code.
    public static let asynchronousRequestSize = number(13...15, "asynchronousRequestSize")
    /// Requests the master may queue.
    public static let requestDepth = number(24...31, "requestDepth", adding: 1)
    static let fields = [
      rate, fastWriteEnable, over4GEnable, gart64Enable, agpEnable, sidebandEnable,
      calibrationCycle, asynchronousRequestSize, requestDepth,
    ]
  }

  /// AGP Isochronous Status; where isochronous transactions are supported.
  public enum IsochronousStatus: RegisterFields {
    static let itself = Register(0xc, 4, "isochronousStatus", if: isIsochronous)
    public static let errorCode = number(0...1, "errorCode")
    public static let maxLatency = number(3...5, "maxLatency", unit: "us")
    public static let payloadSize = names(
      6...7, "payloadSize", AcceleratedGraphicsPort.payloadSizes)
    public static let maxTransactions = number(8...15, "maxTransactions")
    public static let maxBandwidth = number(16...23, "maxBandwidth", shift: 5, unit: "bytes per us")
    static let fields = [
      whole, errorCode, maxLatency, payloadSize, maxTransactions, maxBandwidth,
    ]
  }

  /// AGP Control; a target's of revision 3.5.
  public enum Control: RegisterFields {
    static let itself = Register(0x10, 4, "control", if: isTarget)
    public static let gartTLBEnable = flag(7, "gartTLBEnable")
    public static let apertureEnable = flag(8, "apertureEnable")
    static let fields = [whole, gartTLBEnable, apertureEnable]
  }

  /// AGP Aperture Size; a target's of revision 3.5.
  public enum ApertureSize: RegisterFields {
    static let itself = Register(0x14, 2, "apertureSize", if: isTarget)
    public static let size = computed(0...11, "size", AcceleratedGraphicsPort.apertureSize)
    static let fields = [whole, size]
  }

  /// AGP Enabled Aperture Page Size; a target's of revision 3.5.
  public enum AperturePageSize: RegisterFields {
    static let itself = Register(0x16, 2, "aperturePageSize", if: isTarget)
    public static let supported = hexadecimal(0...10, "supported", digits: 3)
    public static let selected = computed(12...15, "selected") { code in
      code <= 10 ? .number(4 << code, unit: "KiB") : .text("reserved (\(code))")
    }
    static let fields = [supported, selected]
  }

  /// AGP GART Pointer; a target's of revision 3.5.
  public static let gartPointer = Register(0x18, 4, "gartPointer", if: isTarget).address(12...31)
  /// AGP GART Pointer High; a target's of revision 3.5.
  public static let gartPointerHigh = Register(0x1c, 4, "gartPointerHigh", if: isTarget)
    .hexadecimal()

  /// AGP Isochronous Command; where isochronous transactions are supported.
  public enum IsochronousCommand: RegisterFields {
    static let itself = Register(0x20, 2, "isochronousCommand", if: isIsochronous)
    public static let payloadSize = names(
      6...7, "payloadSize", AcceleratedGraphicsPort.payloadSizes)
    public static let maxTransactions = number(8...15, "maxTransactions")
    static let fields = [whole, payloadSize, maxTransactions]
  }

  public static let layout = RegisterLayout(registers: [
    Version.fields, Status.fields, Command.fields, IsochronousStatus.fields, Control.fields,
    ApertureSize.fields, AperturePageSize.fields, [gartPointer, gartPointerHigh],
    IsochronousCommand.fields,
  ])

  /// The sizes of an isochronous payload, the smallest supported first.
  private static let payloadSizes = ["32 bytes", "64 bytes", "128 bytes", "256 bytes"]

  /// The aperture's size: as many of bits 5:0 and 11:8 are clear as it has address bits.
  private static func apertureSize(_ code: UInt64) -> Field.Meaning {
    let mask = code & 0x3f | code >> 2 & 0x3c0
    let clear = mask == 0 ? 10 : mask.trailingZeroBitCount
    // The codes are those with all ones above all zeros.
    guard mask == (0x3ff >> UInt64(clear)) << UInt64(clear) else {
      return .text("reserved (\(code))")
    }
    return .number(4 << UInt64(clear), unit: "MiB")
  }

  // Minor revisions 0 to 4 have the core registers only, 10 to 15 are reserved.
  private static func isEnhanced(_ registers: RegisterBytes) -> Bool {
    registers[Version.major] ?? 0 >= 3 && 5...9 ~= registers[Version.minor] ?? 0
  }

  // The rest of a graphics device's registers has no meaning.
  private static func isTarget(_ registers: RegisterBytes) -> Bool {
    isEnhanced(registers) && registers.space.classCode?.baseClass == 0x06
  }

  private static func isIsochronous(_ registers: RegisterBytes) -> Bool {
    isEnhanced(registers) && registers[Status.isochronous] == 1
  }
}
