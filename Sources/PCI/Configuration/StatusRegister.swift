// SPDX-License-Identifier: Apache-2.0

/// The status register, offset 0x06 of configuration space.
///
/// PCI Local Bus 3.0, section 6.2.3; PCI Express Base 6.0, section 7.5.1.1.4.
public struct StatusRegister: Hashable, Sendable, RawRepresentable, RegisterFields {
  /// The register's bits.
  public let rawValue: UInt16

  /// Wraps the register's bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  static let itself = Register(0x06, 2, "status")
  /// Interrupt Status: INTx is pending.
  public static let interrupt = flag(3, "interrupt")
  /// Capabilities List: offset 0x34 points to one.
  public static let capabilitiesList = flag(4, "capabilitiesList")
  /// 66 MHz Capable.
  public static let capable66MHz = flag(5, "capable66MHz")
  /// User Definable Features, of PCI 2.1.
  public static let userDefinableFeatures = flag(6, "userDefinableFeatures")
  public static let fastBackToBackCapable = flag(7, "fastBackToBackCapable")
  public static let masterDataParityError = flag(8, "masterDataParityError")
  /// DEVSEL Timing: 0 fast, 1 medium, 2 slow.
  public static let devselTiming = names(9...10, "devselTiming", ["fast", "medium", "slow"])
  public static let signaledTargetAbort = flag(11, "signaledTargetAbort")
  public static let receivedTargetAbort = flag(12, "receivedTargetAbort")
  public static let receivedMasterAbort = flag(13, "receivedMasterAbort")
  public static let signaledSystemError = flag(14, "signaledSystemError")
  public static let detectedParityError = flag(15, "detectedParityError")
  static let fields = [
    interrupt, capabilitiesList, capable66MHz, userDefinableFeatures, fastBackToBackCapable,
    masterDataParityError, devselTiming, signaledTargetAbort, receivedTargetAbort,
    receivedMasterAbort, signaledSystemError, detectedParityError,
  ]

  /// The fields of a secondary status register.
  ///
  /// It has no capability list and no interrupt, and bit 14 says what came in.
  static func secondaryFields(of register: Register) -> [RegisterField] {
    fields.moved(to: register).compactMap { field in
      switch field.part {
      case interrupt.part, capabilitiesList.part: nil
      case signaledSystemError.part:
        RegisterField(
          register: register, bits: field.bits, part: "receivedSystemError", format: field.format)
      default: field
      }
    }
  }

  /// Capabilities List: offset 0x34 points to one.
  public var hasCapabilityList: Bool { Self.capabilitiesList.isSet(in: rawValue) }

  /// The bits of a field.
  public subscript(_ field: RegisterField) -> UInt64 { field.bits(of: UInt64(rawValue)) }
  /// Whether a bit is set, by the field that declares it.
  public func isSet(_ field: RegisterField) -> Bool { field.isSet(in: rawValue) }
}
