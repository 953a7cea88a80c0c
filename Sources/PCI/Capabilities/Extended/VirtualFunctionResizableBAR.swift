// SPDX-License-Identifier: Apache-2.0

/// The VF Resizable BAR capability, extended id 0x0024.
///
/// PCI Express Base 6.0, section 7.8.7.
public struct VirtualFunctionResizableBAR: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0024, "vfrebar", "VF Resizable BAR", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let layout = RegisterLayout([])

  /// One entry for each register of the virtual functions that can be resized, 1 to 6.
  public var entries: [ResizableBAREntry] { ResizableBAREntry.entries(registers) }

  /// Whether all entries were read; the first says how many there are.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(4 + 8 * ResizableBAREntry.count(registers))
  }

  public var fields: [Field] { entries.fields("entries") }

  public static var fieldNames: [String] { [ResizableBAREntry].fieldNames("entries") }
}
