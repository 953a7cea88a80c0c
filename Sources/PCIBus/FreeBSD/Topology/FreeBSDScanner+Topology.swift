// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension FreeBSDScanner {
  /// Fills in the bridges' bus numbers, and what is above each function.
  func readTopology(into host: inout Machine) {
    let tree = DeviceTree(kernel, functions: host.functions)
    for index in host.functions.indices {
      guard host.functions[index].bridge == nil,
        let header = host.functions[index].headerType, header != .endpoint
      else { continue }
      if let buses = buses(of: host.functions[index], tree) {
        host.functions[index].bridge = buses
      }
    }
    // The tree is asked of each function only where numbers are missing.
    let isMissing = host.functions.contains { $0.headerType == .bridge && $0.bridge == nil }
    if isMissing {
      for index in host.functions.indices where host.functions[index].upstream == .unknown {
        host.functions[index].upstream = tree.upstream(of: host.functions[index])
      }
      spreadUpstream(in: &host)
    }
    host.deriveUpstream()
    host.deriveMultiFunction()
  }

  /// The bus numbers of a bridge that the list did not have.
  private func buses(of function: Function, _ tree: DeviceTree<Kernel>) -> BridgeBuses? {
    if kernel.configurationRefusal == nil,
      let register = try? kernel.doubleWord(of: function.address, at: 0x18),
      register != 0xffff_ffff
    {
      return BridgeBuses(
        primary: UInt8(truncatingIfNeeded: register),
        secondary: UInt8(truncatingIfNeeded: register >> 8),
        subordinate: UInt8(truncatingIfNeeded: register >> 16))
    }
    // pcib(4) shows what it set up: dev.pcib.N.secbus (12.1 and later; the
    // bridges of a CardBus slot do not).
    guard let driver = function.driver, driver.unit != nil else { return nil }
    let device = driver.description
    func number(_ leaf: String) -> UInt8? {
      tree.value(leaf, of: device).flatMap { UInt8($0) }
    }
    guard let secondary = number("secbus"), let subordinate = number("subbus") else {
      return nil
    }
    return BridgeBuses(
      primary: number("pribus"), secondary: secondary, subordinate: subordinate)
  }

  /// Gives functions without a driver the place of another one on their bus.
  private func spreadUpstream(in host: inout Machine) {
    var known: [BusAddress: Upstream] = [:]
    for function in host.functions where function.upstream != .unknown {
      known[function.address.busAddress] = function.upstream
    }
    for index in host.functions.indices where host.functions[index].upstream == .unknown {
      if let upstream = known[host.functions[index].address.busAddress] {
        host.functions[index].upstream = upstream
      }
    }
  }
}
