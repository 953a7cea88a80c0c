// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// What a rule may look at: one function, and tables of its host made once.
public struct RuleContext: Sendable {
  /// The position of the function in the host's list.
  public let index: Int
  /// The tables of the whole host.
  public let tables: HostTables
  /// The function to judge, of which each fact is known, absent or not recorded.
  public let function: RecordedFunction
  /// Whether another rule blocks the function for what it is, whatever else holds.
  ///
  /// More reasons would only hide that one.
  let isBridgeOrChipset: Bool

  /// Points a rule at one function.
  public init(index: Int, tables: HostTables) {
    self.index = index
    self.tables = tables
    function = RecordedFunction(tables.host.functions[index])
    isBridgeOrChipset = tables.host.functions[index].isBridgeOrChipset
  }

  /// The host it is in.
  public var host: Machine { tables.host }
  /// The system that would hand it over.
  public var consumer: Consumer { tables.consumer }
}
