// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The drivers met so far, so that a name becomes text once and not once a function.
struct DriverNames {
  private var names: [[UInt8]] = []
  private var bindings: [DriverBinding] = []

  /// The driver whose name is in a range of what was read last.
  mutating func binding(_ buffer: borrowing ReadBuffer, _ range: Range<Int>) -> DriverBinding {
    let bytes = buffer.storage.span
    for (position, name) in names.enumerated() where name.count == range.count {
      var index = 0
      while index < name.count, name[index] == bytes[range.lowerBound + index] { index += 1 }
      if index == name.count { return bindings[position] }
    }
    var name: [UInt8] = []
    for index in range { name.append(bytes[index]) }
    let binding = DriverBinding(name: displayText(name))
    // A hostile tree may name a driver per function; a kernel has some dozens.
    if names.count < 256 {
      names.append(name)
      bindings.append(binding)
    }
    return binding
  }
}
