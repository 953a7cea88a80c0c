// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// What a rule may look at: one function, and tables of its host made once.
public struct RuleContext: Sendable {
  /// The position of the function in the host's list.
  public let index: Int
  /// The tables of the whole host.
  public let tables: HostTables
  /// The function to judge.
  public let function: Function
  /// Whether another rule blocks the function for what it is, whatever else holds.
  ///
  /// More reasons would only hide that one.
  let isBridgeOrChipset: Bool

  /// Points a rule at one function.
  public init(index: Int, tables: HostTables) {
    self.index = index
    self.tables = tables
    function = tables.host.functions[index]
    if let header = function.headerType, header != .endpoint {
      isBridgeOrChipset = true
      return
    }
    switch function.classCode?.baseAndSubClass {
    case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x0607, 0x0609, 0x0800, 0x0801, 0x0802,
      0x0803, 0x0806, 0x0807, 0x0c05:
      isBridgeOrChipset = true
    default: isBridgeOrChipset = function.isVirtioIOMMU
    }
  }

  /// The host it is in.
  public var host: Host { tables.host }
  /// The system that would hand it over.
  public var consumer: Consumer { tables.consumer }
}

extension Function {
  /// Whether it is a paravirtual IOMMU, which has no class code of its own.
  ///
  /// Virtio 1.2, sections 4.1.2.1 and 5.13: 1040h and the device type, 23.
  var isVirtioIOMMU: Bool { identity.vendorID == 0x1af4 && identity.deviceID == 0x1057 }
}
