// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Who uses a Linux host's devices, by function.
struct UseSurvey: Sendable {
  /// The positions in `linux.connectors` of each function's.
  private(set) var connectors: [Int: [Int]] = [:]
  /// The positions in `linux.openNodes` of each function's.
  private(set) var openNodes: [Int: [Int]] = [:]
  /// The node of each IOMMU group, by its number.
  private(set) var nodes: [Int: PassthroughNode] = [:]

  /// The kernel's lockdown, where there is one.
  private(set) var lockdown: String?
  /// Whether the processor's virtualization is known to be out of use.
  private(set) var lacksVirtualization = false
  /// How much memory a program may lock, where that is limited.
  private(set) var lockedMemoryLimit: UInt64?
  /// Whether the files of all programs were seen.
  private(set) var seesAllPrograms = false

  init(_ host: Machine, _ index: AddressIndex) {
    guard let linux = host.linux else { return }
    lockdown = linux.lockdown == "none" ? nil : linux.lockdown
    lacksVirtualization = linux.hasVirtualization == false
    lockedMemoryLimit = linux.lockedMemoryLimit == .max ? nil : linux.lockedMemoryLimit
    seesAllPrograms = linux.seesAllPrograms ?? false
    for (place, connector) in (linux.connectors ?? []).enumerated() {
      guard let position = index.position(of: connector.function) else { continue }
      connectors[position, default: []].append(place)
    }
    for (place, node) in (linux.openNodes ?? []).enumerated() {
      guard let position = index.position(of: node.function) else { continue }
      openNodes[position, default: []].append(place)
    }
    for node in linux.passthroughNodes ?? [] where nodes[node.group] == nil {
      nodes[node.group] = node
    }
  }
}
