// SPDX-License-Identifier: Apache-2.0

/// The registers of the Register Locator DVSEC, DVSEC id 8.
///
/// Compute Express Link 3.0, section 8.1.9.
public struct ComputeExpressLinkRegisterLocator: CapabilityPart {
  public static let part = PartKind(8, "Register Locator", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Where one block of registers is, lower part.
  public enum Block: RegisterFields {
    static let itself = Register(0, 8, "")
    /// The index of the base address register (Register BIR).
    public static let bar = number(0...2, "bar")
    /// What the block holds (Register Block Identifier).
    public static let identifier = names(
      8...15, "identifier",
      ["empty", "component registers", "virtual ACL", "device registers", "PMU registers"])
    /// Where the block starts in the window, in bytes.
    public static let offset = address(16...63, "offset", digits: 16)
    static let fields = [bar, identifier, offset]
  }

  /// The blocks, as many as the length of the capability holds.
  public static let blocks = RegisterArray(0xc, 8, "blocks", of: Block.fields, count: count)

  private static func count(_ registers: RegisterBytes) -> Int {
    max(Int(registers[DesignatedVendorSpecific.Header.length] ?? 0) - 12, 0) / 8
  }

  /// Whether all blocks were read.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    count(registers) == 0 || layout.holdsArrays(registers)
  }

  public static let layout = RegisterLayout([], [blocks])
}
