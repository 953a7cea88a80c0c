// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Machine {
  /// The host without device serial numbers.
  ///
  /// A Device Serial Number capability often holds a network card's MAC
  /// address. Its eight bytes become zero, and the digits of a listed one `x`.
  public var maskingSerialNumbers: Machine {
    var masked = self
    for index in masked.functions.indices {
      if let space = masked.functions[index].configuration {
        masked.functions[index].configuration = Self.masking(space)
      }
      guard let listed = masked.functions[index].listedCapabilities else { continue }
      masked.functions[index].listedCapabilities = listed.map { capability in
        guard capability.id == DeviceSerialNumber.id else { return capability }
        var capability = capability
        capability.text = Self.maskingDigits(capability.text)
        return capability
      }
    }
    return masked
  }

  private static func masking(_ space: ConfigurationSpace) -> ConfigurationSpace {
    guard let offset = space.offset(of: DeviceSerialNumber.id) else { return space }
    var bytes = space.bytes
    for position in (offset + 4)..<(offset + 12) where position < bytes.count {
      bytes[position] = 0
    }
    return ConfigurationSpace(bytes)
  }

  /// `Serial 1 a0369f...` keeps its words: only runs of eight digits and more go,
  /// with lspci's dashes between them or without.
  private static func maskingDigits(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.utf8.count >= 8 && word.utf8.allSatisfy({ hexadecimalDigit($0) != nil || $0 == 0x2d })
        ? String(repeating: "x", count: word.utf8.count) : String(word)
    }
    return words.joined(separator: " ")
  }
}
