// SPDX-License-Identifier: Apache-2.0

public import PCIHost
public struct ConfigurationReader: Sendable {
  public init(root: String) {}
  public func read(_ i: [Int], into host: inout Host) {}
}
