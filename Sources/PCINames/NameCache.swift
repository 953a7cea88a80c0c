// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Asks a database once for each distinct identity.
///
/// Hosts with thousands of functions have a few dozen kinds of device.
public struct NameCache: Sendable {
  /// Where the names come from.
  public let database: NameDatabase
  private var known: [Key: FunctionNames] = [:]

  private struct Key: Hashable {
    let ids: UInt64
    let hasSubsystem: Bool
  }

  /// Starts with nothing asked.
  public init(_ database: NameDatabase) { self.database = database }

  /// The names that belong to an identity.
  public mutating func names(of identity: Identity) -> FunctionNames {
    let board = identity.subsystemVendorID.flatMap { vendor in
      identity.subsystemID.map { (vendor: vendor, device: $0) }
    }
    let chip = UInt64(identity.vendorID) << 16 | UInt64(identity.deviceID)
    let boardIDs = UInt64(board?.vendor ?? 0) << 16 | UInt64(board?.device ?? 0)
    let key = Key(ids: chip << 32 | boardIDs, hasSubsystem: board != nil)
    if let names = known[key] { return names }
    var names = FunctionNames()
    names.vendor = database.vendor(identity.vendorID)
    names.device = database.device(identity.deviceID, vendor: identity.vendorID)
    if let board {
      names.subsystemVendor = database.vendor(board.vendor)
      names.subsystem = database.subsystem(
        board.device, subsystemVendor: board.vendor, device: identity.deviceID,
        vendor: identity.vendorID)
    }
    known[key] = names
    return names
  }
}
