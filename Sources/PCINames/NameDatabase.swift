// SPDX-License-Identifier: Apache-2.0

public struct NameDatabase: Sendable {
  public static let places: [String] = []
  public init(bytes: [UInt8]) {}
  public func vendor(_ id: UInt16) -> String? { nil }
  public func device(_ id: UInt16, vendor: UInt16) -> String? { nil }
  public func subsystem(_ id: UInt16, subsystemVendor: UInt16, device: UInt16, vendor: UInt16) -> String? { nil }
}
