// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// What a rule may look at: one function, and tables of its host made once.
public struct RuleContext: Sendable {
  /// The position of the function in the host's list.
  public var index: Int
  /// The tables of the whole host.
  public var tables: HostTables

  /// Points a rule at one function.
  public init(index: Int, tables: HostTables) {
    self.index = index
    self.tables = tables
  }

  /// The function to judge.
  public var function: Function { tables.host.functions[index] }
  /// The host it is in.
  public var host: Host { tables.host }
  /// The system that would hand it over.
  public var consumer: Consumer { tables.consumer }
}
