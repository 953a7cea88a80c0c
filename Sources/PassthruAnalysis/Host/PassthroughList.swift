// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The functions that the loader variables `pptdevs`, `pptdevs2` and `pptdevs3` name.
///
/// FreeBSD, sys/amd64/vmm/vmm.c, `vmm_is_pptdev`: words are parted by spaces, and
/// of each word the numbers at its start count. There is no domain: 0 is meant.
struct PassthroughList: Hashable, Sendable {
  /// The longest value that every loader keeps.
  static let safeLength = 127

  /// What is named as vmm(4) reads it.
  var named: Set<FunctionAddress> = []
  /// What is named in some other form: after a comma, with colons.
  var misspelled: Set<FunctionAddress> = []
  /// The variables that are longer than every loader keeps.
  var tooLong: [String] = []

  init(_ environment: [NamedValue]) {
    for variable in environment {
      switch variable.name {
      case "pptdevs", "pptdevs2", "pptdevs3": read(variable)
      default: continue
      }
    }
    misspelled.subtract(named)
  }

  private mutating func read(_ variable: NamedValue) {
    if variable.value.utf8.count > Self.safeLength { tooLong.append(variable.name) }
    for word in variable.value.utf8.split(separator: 0x20) {
      // What the kernel sees: three decimal numbers with slashes, and no more.
      var reader = NumberReader(word)
      if let bus = reader.decimal(), reader.skip(UInt8(ascii: "/")), let slot = reader.decimal(),
        reader.skip(UInt8(ascii: "/")), let function = reader.decimal(),
        let address = Self.address(bus, slot, function)
      {
        named.insert(address)
      }
      // What the writer may have meant.
      let pieces = word.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x09 }
      for piece in pieces {
        let numbers = piece.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
          .compactMap { text -> UInt32? in
            var reader = NumberReader(text)
            guard let number = reader.decimal(), reader.isAtEnd else { return nil }
            return number
          }
        guard numbers.count == 3,
          let address = Self.address(numbers[0], numbers[1], numbers[2])
        else { continue }
        misspelled.insert(address)
      }
    }
  }

  private static func address(_ bus: UInt32, _ slot: UInt32, _ function: UInt32)
    -> FunctionAddress?
  {
    guard let bus = UInt8(exactly: bus), let slot = UInt8(exactly: slot),
      let function = UInt8(exactly: function)
    else { return nil }
    return FunctionAddress(domain: 0, bus: bus, device: slot, function: function)
  }
}
