// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis

extension Lint {
  /// Notes that a line hands a device over; with a whole slot, each of its functions.
  mutating func name(_ index: Int, _ address: FunctionAddress, isSlot: Bool = false) {
    guard let host else { return }
    let functions =
      isSlot ? host.functions.filter { $0.address.isInSameSlot(as: address) } : []
    if functions.isEmpty { return named.append((index, address)) }
    for function in functions { named.append((index, function.address)) }
  }

  /// Judges what the file hands over by the host that it is for.
  ///
  /// Whether an IOMMU is on is no fault of a file.
  mutating func judgeNamed() {
    guard let host, !named.isEmpty else { return }
    let isFreeBSD = host.system.family == .freebsd || host.system.family == .dragonfly
    let consumer: Consumer = isFreeBSD ? .bhyve : .vfio
    func spelled(_ address: FunctionAddress) -> String {
      isFreeBSD ? address.bhyveTriple : address.linuxName
    }
    let tables = HostTables(host: host, consumer: consumer)
    let all = Set(named.map { $0.address })
    let variants = host.linux?.passthroughModules ?? []
    for (index, address) in named {
      guard let position = tables.index.position(of: address) else {
        add(
          index, "host.absent", "there is no device at \(spelled(address)) on the host",
          "look its address up anew: cards that came or went move the bus numbers")
        continue
      }
      if host.functions[position].isBridge == true {
        add(
          index, "host.bridge", "\(spelled(address)) is a bridge, which cannot be handed over",
          "take it out: the devices behind a bridge go without it")
        continue
      }
      let assessment = Assessment(of: position, in: tables)
      let blocker = assessment.findings.first { finding in
        finding.severity == .blocker && finding.resolution == nil
          && ["host.", "dev.", "group.", "resv."].contains { finding.id.hasPrefix($0) }
      }
      if let blocker {
        add(index, "host.blocked", "\(spelled(address)): " + blocker.evidence, blocker.remedy)
      }
      let left = assessment.together.filter { other in
        !all.contains(other)
          && !consumer.owns(
            driver: host.function(at: other)?.driver?.name, variants: variants)
      }
      if !left.isEmpty {
        add(
          index, "host.group",
          "\(spelled(address)) goes only together with "
            + left.prefix(8).map { spelled($0) }.joined(separator: ", ")
            + ", which the host's drivers keep here",
          "hand them over too, or release them from their drivers")
      }
    }
  }
}
