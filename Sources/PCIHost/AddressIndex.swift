// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The positions of a host's functions in the order of their addresses.
///
/// Finds a function by its address, the other functions of its slot, and all of
/// a bus, without a table of hashes: most sources are in this order already.
public struct AddressIndex: Sendable {
  /// The positions of the functions, by domain, requester id and then number.
  public let sequence: [Int]
  /// The keys of the functions in that order.
  private let keys: [UInt64]
  /// The place in `sequence` of each function; empty where it is its position.
  private let places: [Int]

  /// Sorts the functions of a host, unless they are sorted.
  public init(_ functions: [Function]) {
    let keys = functions.map { Self.key($0.address) }
    var isSorted = true
    for index in keys.indices.dropFirst() where keys[index - 1] > keys[index] {
      isSorted = false
      break
    }
    if isSorted {
      sequence = Array(keys.indices)
      places = []
      self.keys = keys
      return
    }
    // Of two functions with one address the first in the list comes first.
    let sequence = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var places = [Int](repeating: 0, count: keys.count)
    for (place, index) in sequence.enumerated() { places[index] = place }
    self.sequence = sequence
    self.places = places
    self.keys = sequence.map { keys[$0] }
  }

  /// Domain, requester id, and a bit for numbers above 7 (ARI).
  ///
  /// Linux's `devfn` of ARI's function 8 is that of device 1, function 0.
  private static func key(_ address: FunctionAddress) -> UInt64 {
    UInt64(address.domain) << 17 | UInt64(address.requesterID) << 1
      | (address.function > 7 ? 1 : 0)
  }

  /// The position of the function at an address; the first of several.
  public func position(of address: FunctionAddress) -> Int? {
    let key = Self.key(address)
    let place = lowerBound(key)
    return place < keys.count && keys[place] == key ? sequence[place] : nil
  }

  /// The functions in the slot of a function, itself included, in address order.
  ///
  /// Linux compares `devfn >> 3` even under ARI (drivers/iommu/iommu.c,
  /// `get_pci_function_alias_group`). Sixteen addresses can be in one slot; of a
  /// list that names one address many times only as many neighbours are looked at.
  public func slot(of index: Int) -> ArraySlice<Int> {
    let place = places.isEmpty ? index : places[index]
    let slot = keys[place] >> 4
    var first = place
    while first > 0, place - first < 16, keys[first - 1] >> 4 == slot { first -= 1 }
    var end = place + 1
    while end < keys.count, end - place < 16, keys[end] >> 4 == slot { end += 1 }
    return sequence[first..<end]
  }

  /// The functions on a bus, in address order.
  public func bus(_ bus: BusAddress) -> ArraySlice<Int> {
    let key = UInt64(bus.domain) << 17 | UInt64(bus.bus) << 9
    return sequence[lowerBound(key)..<lowerBound(key + 1 << 9)]
  }

  /// The first place whose key is no less.
  private func lowerBound(_ key: UInt64) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
