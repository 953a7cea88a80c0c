// SPDX-License-Identifier: Apache-2.0

/// The Slot Identification capability of a bridge to a chassis, id 0x04.
///
/// PCI-to-PCI Bridge Architecture 1.2, chapter 13.
public struct SlotIdentification: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x04, "slotid", "Slot Identification", size: 4)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum ExpansionSlot: RegisterFields {
    static let itself = Register(2, 1, "expansionSlot")
    /// Expansion slots provided on the secondary bus.
    public static let slotsProvided = number(0...4, "slotsProvided")
    public static let firstInChassis = flag(5, "firstInChassis")
    static let fields = [slotsProvided, firstInChassis]
  }

  public static let chassisNumber = Register(3, 1, "chassisNumber").number()

  public static let layout = RegisterLayout(registers: [ExpansionSlot.fields, [chassisNumber]])
}
