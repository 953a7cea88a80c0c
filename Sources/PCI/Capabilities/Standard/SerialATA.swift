// SPDX-License-Identifier: Apache-2.0

/// The SATA capability, id 0x12: where the index and data registers are.
///
/// Serial ATA AHCI 1.3.1, section 2.4.
public struct SerialATA: DecodedCapability {
  public static let kind = CapabilityKind(
    standard: 0x12, "sata", "Serial ATA Data/Index Configuration", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Revision (SATACR0).
  public enum Revision: RegisterFields {
    static let itself = Register(2, 1, "revision")
    public static let minor = number(0...3, "minor")
    public static let major = number(4...7, "major")
    static let fields = [minor, major]
  }

  /// BAR location and offset (SATACR1).
  public enum Location: RegisterFields {
    static let itself = Register(4, 4, "location")
    /// Where the register pair is.
    public static let barLocation = computed(0...3, "barLocation", FieldMeaning.serialATALocation)
    /// Offset of the register pair in the window, in bytes.
    public static let barOffset = number(4...23, "barOffset", shift: 2, unit: "bytes")
    static let fields = [barLocation, barOffset]
  }

  public static let layout = RegisterLayout(registers: [Revision.fields, Location.fields])
}
