// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Why there is no plan.
public enum PlanError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The machine has no function at the address.
  case noFunction(FunctionAddress)

  /// What happened, and what to do.
  public var description: String {
    switch self {
    case .noFunction(let address):
      "there is no function at \(address): take an address of the machine's own functions"
    }
  }
}
