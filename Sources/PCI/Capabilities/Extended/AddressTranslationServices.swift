// SPDX-License-Identifier: Apache-2.0

/// The Address Translation Services capability, extended id 0x000f.
///
/// PCI Express Base 6.0, section 10.5.1.
public struct AddressTranslationServices: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x000f, "ats", "Address Translation Services", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// Invalidate Queue Depth; the code 0 stands for 32.
    public static let invalidateQueueDepth = computed(
      0...4, "invalidateQueueDepth", FieldMeaning.invalidateQueueDepth)
    public static let pageAlignedRequest = flag(5, "pageAlignedRequest")
    public static let globalInvalidateSupported = flag(6, "globalInvalidateSupported")
    public static let relaxedOrderingSupported = flag(7, "relaxedOrderingSupported")
    public static let memoryAttributesSupported = flag(8, "memoryAttributesSupported")
    static let fields = [
      invalidateQueueDepth, pageAlignedRequest, globalInvalidateSupported, relaxedOrderingSupported,
      memoryAttributesSupported,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// Smallest Translation Unit: 2^(n+12) bytes.
    public static let smallestTranslationUnit = number(0...4, "smallestTranslationUnit")
    public static let enable = flag(15, "enable")
    static let fields = [smallestTranslationUnit, enable]
  }

  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// Enable.
  public var isEnabled: Bool { flag(Control.enable) }
}
