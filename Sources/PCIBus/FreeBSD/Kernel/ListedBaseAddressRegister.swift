// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A base address register as FreeBSD's kernel keeps it (PCIOCGETBAR).
package struct ListedBaseAddressRegister: Hashable, Sendable {
  /// The register's value, flag bits included; 64 bits where it takes two registers.
  package var base: UInt64
  /// The size in bytes.
  package var length: UInt64
  /// Whether the function decodes it now.
  package var isEnabled: Bool

  /// Records an answer.
  package init(base: UInt64, length: UInt64, isEnabled: Bool) {
    self.base = base
    self.length = length
    self.isEnabled = isEnabled
  }

  /// The BAR as every source describes it.
  ///
  /// The flag bits are those of PCI Local Bus 3.0, section 6.2.5.1.
  func register(index: UInt8) -> BaseAddressRegister {
    let kind: BaseAddressRegister.Kind
    let address: UInt64
    if base & 1 == 1 {
      kind = .io
      address = base & ~0x3
    } else {
      kind =
        switch (base >> 1) & 3 {
        case 1: .memoryBelow1MiB
        case 2: .memory64
        default: .memory32
        }
      address = base & ~0xf
    }
    return BaseAddressRegister(
      index: index, kind: kind, isPrefetchable: kind != .io && base & 8 == 8,
      isEnabled: isEnabled, address: address == 0 ? nil : address,
      size: length == 0 ? nil : length)
  }
}
