// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost
public import PassthruAnalysis

/// What an emitter is asked to write.
public struct ConfigurationRequest: Hashable, Sendable {
  /// The host that the functions are in.
  public var host: Machine
  /// The functions to hand over, in address order.
  public var devices: [FunctionAddress]
  /// The name of the guest.
  public var guest: String
  /// The guest slot to start at, where the user chose one.
  public var guestSlot: UInt8?
  /// The guest function of the first device, where the user chose one.
  public var guestFunction: UInt8?
  /// A file with the expansion ROM for the guest.
  public var romFile: String?
  /// The place of the device in the guest's boot order.
  public var bootIndex: Int?
  /// FreeBSD's major release, 12 to 15, where it was given.
  public var release: Int?
  /// The hypervisor's version, where it was given: `[10, 0]`.
  public var version: [Int]?
  /// The units to pin with hints, from the plan's renumbering.
  public var renumbered: [Renumbering]
  /// What speaks against it, to be carried as comments; empty where nothing does.
  public var remarks: [String]

  /// What is not known of what the configuration rests on; among the remarks too.
  public internal(set) var unknowns: [String]

  /// Starts a request with nothing chosen.
  public init(host: Machine, devices: [FunctionAddress], guest: String) {
    self.host = host
    self.devices = devices
    self.guest = guest
    renumbered = []
    remarks = []
    unknowns = []
  }
}
