// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Machine {
  /// The positions of the functions that a selector names, in list order.
  ///
  /// A selector that names nothing is an error; so is an address without a
  /// domain, or a name, that could be one of several.
  public func select(_ text: String) throws(SelectorError) -> [Int] {
    let selector = try Selector(text)
    let matches: [Int]
    switch selector {
    case .address(let address):
      return [try position(of: address, named: text, hasDomain: Self.hasDomain(text))]
    case .slot(let address):
      matches = functions.indices.filter {
        functions[$0].address.domain == address.domain
          && functions[$0].address.bus == address.bus
          && functions[$0].address.device == address.device
      }
    case .named(let name, let address):
      let index = try position(of: address, named: text, hasDomain: true)
      let actual = functions[index].driver?.description
      let isUndriven = actual == nil && name.utf8.starts(with: "none".utf8)
      guard actual == name || isUndriven else {
        throw .renamed(text, address: address, actual: actual)
      }
      return [index]
    case .name(let name):
      return try positions(ofName: name)
    case .identity(let vendor, let device):
      matches = functions.indices.filter {
        functions[$0].identity.vendorID == vendor && functions[$0].identity.deviceID == device
      }
    case .classCode(let value, let mask):
      matches = functions.indices.filter {
        functions[$0].classCode.map { $0.rawValue & mask == value } ?? false
      }
    case .classKeyword(let word):
      matches = functions.indices.filter {
        functions[$0].classCode?.matches(keyword: word) ?? false
      }
    case .group(let number):
      matches = functions.indices.filter { functions[$0].iommuGroup == number }
    case .driver(let name):
      matches = functions.indices.filter { functions[$0].driver?.name == name }
    }
    guard !matches.isEmpty else { throw .noMatch(text) }
    return matches
  }

  /// The positions that several selectors name, each once, in list order.
  public func select(all texts: [String]) throws(SelectorError) -> [Int] {
    var selected = Set<Int>()
    for text in texts {
      for index in try select(text) { selected.insert(index) }
    }
    return selected.sorted()
  }

  private func position(
    of address: FunctionAddress, named text: String, hasDomain: Bool
  ) throws(SelectorError) -> Int {
    if let index = functions.firstIndex(where: { $0.address == address }) { return index }
    guard !hasDomain else { throw .noMatch(text) }
    // Without a domain the user means domain 0; if nothing is there, it may
    // be the same place of another domain, but which one is for the user to say.
    let elsewhere = functions.map { $0.address }.filter {
      $0.bus == address.bus && $0.device == address.device && $0.function == address.function
    }
    if elsewhere.isEmpty { throw .noMatch(text) }
    throw .ambiguous(text, candidates: elsewhere)
  }

  /// Whether a user wrote a domain: two colons in Linux's spelling, `pci` with
  /// four numbers in FreeBSD's.
  private static func hasDomain(_ text: String) -> Bool {
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    if text.utf8.starts(with: "pci".utf8) { return colons >= 3 }
    return colons >= 2
  }

  private func positions(ofName name: String) throws(SelectorError) -> [Int] {
    var matches = Set<Int>()
    for (index, function) in functions.enumerated() {
      if let driver = function.driver, driver.unit != nil, driver.description == name {
        matches.insert(index)
      }
    }
    for child in childDevices where child.name == name {
      if let index = functions.firstIndex(where: { $0.address == child.function }) {
        matches.insert(index)
      }
    }
    guard !matches.isEmpty else { throw .noMatch(name) }
    guard matches.count == 1 else {
      throw .ambiguous(name, candidates: matches.sorted().map { functions[$0].address })
    }
    return matches.sorted()
  }
}
