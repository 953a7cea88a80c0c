// SPDX-License-Identifier: Apache-2.0

/// The command register, offset 0x04 of configuration space.
///
/// PCI Local Bus 3.0, section 6.2.2; PCI Express Base 6.0, section 7.5.1.1.3.
public struct CommandRegister: Hashable, Sendable, RawRepresentable, RegisterFields {
  /// The register's bits.
  public let rawValue: UInt16

  /// Wraps the register's bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  static let itself = Register(0x04, 2, "command")
  /// I/O Space Enable: the function answers I/O accesses.
  public static let ioSpace = flag(0, "ioSpace")
  /// Memory Space Enable: the function answers memory accesses.
  public static let memorySpace = flag(1, "memorySpace")
  /// Bus Master Enable: the function may start accesses of its own.
  public static let busMaster = flag(2, "busMaster")
  /// Special Cycle Enable.
  public static let specialCycle = flag(3, "specialCycle")
  public static let memoryWriteAndInvalidate = flag(4, "memoryWriteAndInvalidate")
  public static let vgaPaletteSnoop = flag(5, "vgaPaletteSnoop")
  public static let parityErrorResponse = flag(6, "parityErrorResponse")
  /// IDSEL Stepping, wait cycle control.
  public static let idselStepping = flag(7, "idselStepping")
  public static let serrEnable = flag(8, "serrEnable")
  /// Fast Back-to-Back Transactions Enable.
  public static let fastBackToBack = flag(9, "fastBackToBack")
  /// Interrupt Disable: INTx is not raised.
  public static let interruptDisable = flag(10, "interruptDisable")
  static let fields = [
    ioSpace, memorySpace, busMaster, specialCycle, memoryWriteAndInvalidate, vgaPaletteSnoop,
    parityErrorResponse, idselStepping, serrEnable, fastBackToBack, interruptDisable,
  ]

  /// I/O Space Enable: the function answers I/O accesses.
  public var isIOSpaceEnabled: Bool { Self.ioSpace.isSet(in: rawValue) }
  /// Memory Space Enable: the function answers memory accesses.
  public var isMemorySpaceEnabled: Bool { Self.memorySpace.isSet(in: rawValue) }
  /// Bus Master Enable: the function may start accesses of its own.
  public var isBusMasterEnabled: Bool { Self.busMaster.isSet(in: rawValue) }
  /// Interrupt Disable: INTx is not raised.
  public var isInterruptDisabled: Bool { Self.interruptDisable.isSet(in: rawValue) }

  /// Whether a bit is set, by the field that declares it.
  public func isSet(_ field: RegisterField) -> Bool { field.isSet(in: rawValue) }
}
