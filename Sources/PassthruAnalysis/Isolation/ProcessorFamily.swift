// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The processors of a machine, as far as the rules of grouping differ between them.
enum ProcessorFamily: Hashable, Sendable {
  /// Intel's and AMD's, and those made like them.
  case x86
  /// Arm's.
  case arm
  /// IBM's POWER.
  case power
  /// IBM's mainframes.
  case mainframe
  /// One of another kind, by the kernel's name for it.
  case other(String)
  /// Not recorded, and no device tells.
  case unknown

  /// Reads it from the recorded architecture, or else from what only one family has.
  init(of host: Machine) {
    if let architecture = host.system.architecture {
      self.init(architecture)
      return
    }
    switch host.iommu.kind {
    case .intel, .amd: self = .x86
    case .smmu, .smmuV3: self = .arm
    case .virtio, .other, nil: self = Self.family(byBridgesOf: host)
    }
    // FreeBSD's passthrough is amd64's (sys/amd64/vmm).
    if self == .unknown, host.system.family == .freebsd || host.system.family == .dragonfly {
      self = .x86
    }
  }

  private init(_ architecture: String) {
    let starts: [(String, ProcessorFamily)] = [
      ("x86", .x86), ("amd64", .x86), ("i386", .x86), ("i486", .x86), ("i586", .x86),
      ("i686", .x86), ("aarch64", .arm), ("arm", .arm), ("ppc", .power), ("powerpc", .power),
      ("s390", .mainframe),
    ]
    self =
      starts.first { architecture.utf8.starts(with: $0.0.utf8) }?.1 ?? .other(architecture)
  }

  /// Host bridges that are on machines of one family only.
  private static func family(byBridgesOf host: Machine) -> ProcessorFamily {
    for function in host.functions {
      let identity = function.identity
      switch (function.classCode?.baseAndSubClass, identity.vendorID) {
      // Intel, AMD (with ATI's bridges), Hygon, Zhaoxin, VIA, SiS, ServerWorks.
      case (0x0600, 0x8086), (0x0600, 0x1022), (0x0600, 0x1002), (0x0600, 0x1d94),
        (0x0600, 0x1d17), (0x0600, 0x1106), (0x0600, 0x1039), (0x0600, 0x1166):
        return .x86
      // The root ports of POWER's PCI host bridges: PHB3, PHB4, PHB5.
      case (0x0604, 0x1014) where [0x03dc, 0x04c1, 0x0652].contains(identity.deviceID):
        return .power
      default: break
      }
    }
    return .unknown
  }
}
