// SPDX-License-Identifier: Apache-2.0

extension ConfigurationSpace {
  /// The base address registers, without sizes; what reads zero is left out.
  ///
  /// A register that reads zero is not listed: it is unimplemented, or nothing
  /// was assigned to it, and the bytes cannot tell which.
  public var baseAddressRegisters: [BaseAddressRegister] {
    guard let count = headerType?.baseAddressRegisterCount else { return [] }
    var registers: [UInt32] = []
    for index in 0..<count {
      guard let register = doubleWord(at: 0x10 + 4 * index) else { break }
      registers.append(register)
    }
    var bars = BaseAddressRegister.bars(
      registers, isIOEnabled: command?.isIOSpaceEnabled,
      isMemoryEnabled: command?.isMemorySpaceEnabled)
    if let rom = expansionROM { bars.append(rom) }
    return bars
  }

  /// The expansion ROM's BAR, where an address is assigned to it.
  ///
  /// PCI Local Bus 3.0, section 6.2.5.2.
  public var expansionROM: BaseAddressRegister? {
    guard let header = headerType, header == .endpoint || header == .bridge,
      let register = doubleWord(at: header == .bridge ? 0x38 : 0x30),
      register & 0xffff_f800 != 0, register != 0xffff_ffff
    else { return nil }
    return BaseAddressRegister(
      index: 6, kind: .expansionROM, isPrefetchable: false,
      isEnabled: register[bit: 0] && command?.isMemorySpaceEnabled == true,
      address: UInt64(register & 0xffff_f800), size: nil)
  }
}

extension BaseAddressRegister {
  /// The BARs that consecutive registers describe; what reads zero is left out.
  static func bars(
    _ registers: [UInt32], isIOEnabled: Bool?, isMemoryEnabled: Bool?
  ) -> [BaseAddressRegister] {
    var bars: [BaseAddressRegister] = []
    var index = 0
    while index < registers.count {
      defer { index += 1 }
      let low = registers[index]
      guard low != 0, low != 0xffff_ffff else { continue }
      if low[bit: 0] {
        let address = UInt64(low & 0xffff_fffc)
        bars.append(
          BaseAddressRegister(
            index: UInt8(index), kind: .io, isPrefetchable: false, isEnabled: isIOEnabled,
            address: address == 0 ? nil : address, size: nil))
        continue
      }
      var address = UInt64(low & 0xffff_fff0)
      let kind: BaseAddressRegister.Kind
      switch low[bits: 1...2] {
      case 1: kind = .memoryBelow1MiB
      case 2:
        // The upper half is the next register; a 64-bit BAR in the last
        // register of a header has no upper half and is a device's mistake.
        kind = .memory64
        if index + 1 < registers.count { address |= UInt64(registers[index + 1]) << 32 }
      default: kind = .memory32
      }
      bars.append(
        BaseAddressRegister(
          index: UInt8(index), kind: kind, isPrefetchable: low[bit: 3],
          isEnabled: isMemoryEnabled, address: address == 0 ? nil : address, size: nil))
      if kind == .memory64 { index += 1 }
    }
    return bars
  }
}
