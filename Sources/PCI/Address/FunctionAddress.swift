// SPDX-License-Identifier: Apache-2.0

/// The place of one PCI function in one machine: domain, bus, device, function.
///
/// A domain (PCI Express: segment group) is 32 bits wide here, since Linux gives
/// the buses behind an Intel VMD domains from `0x10000` on. A function number
/// above 7 exists under ARI (PCI Express Base 6.0, section 6.13); the device
/// number is then 0.
///
/// Bus numbers change when cards are added: an address is not an identity.
public struct FunctionAddress: Hashable, Sendable {
  /// The domain, called segment group by PCI Express.
  public let domain: UInt32
  /// The bus number, 0 to 255.
  public let bus: UInt8
  /// The device number, 0 to 31.
  public let device: UInt8
  /// The function number: 0 to 7, or 0 to 255 under ARI with device 0.
  public let function: UInt8

  /// Makes an address, or `nil` where the numbers cannot name a function.
  ///
  /// A device above 31 is refused, and a function above 7 on any device but 0.
  public init?(domain: UInt32, bus: UInt8, device: UInt8, function: UInt8) {
    guard device < 32, function < 8 || device == 0 else { return nil }
    self.domain = domain
    self.bus = bus
    self.device = device
    self.function = function
  }

  /// Makes an address from the eight bits that hold device and function.
  ///
  /// Linux calls the byte `devfn`: device in bits 7:3, function in bits 2:0.
  public init(domain: UInt32, bus: UInt8, deviceFunction: UInt8) {
    self.domain = domain
    self.bus = bus
    self.device = deviceFunction >> 3
    self.function = deviceFunction & 7
  }

  /// Device and function in one byte, as they travel on the bus.
  ///
  /// Under ARI all eight bits are the function number.
  public var deviceFunction: UInt8 {
    function < 8 ? device << 3 | function : function
  }

  /// The requester id: bus in bits 15:8, device and function below.
  ///
  /// PCI Express Base 6.0, section 2.2.6.2.
  public var requesterID: UInt16 { UInt16(bus) << 8 | UInt16(deviceFunction) }

  /// The bus this function sits on.
  public var busAddress: BusAddress { BusAddress(domain: domain, bus: bus) }

  /// Whether both functions are in one slot: same domain, bus and device.
  ///
  /// Linux compares `devfn >> 3` even under ARI (drivers/iommu/iommu.c,
  /// `get_pci_function_alias_group`), and so does this.
  public func isInSameSlot(as other: FunctionAddress) -> Bool {
    domain == other.domain && bus == other.bus
      && deviceFunction >> 3 == other.deviceFunction >> 3
  }
}

extension FunctionAddress: Comparable {
  /// The order of domain, bus, device, function.
  public static func < (left: FunctionAddress, right: FunctionAddress) -> Bool {
    left.sortKey < right.sortKey
  }

  private var sortKey: UInt64 {
    UInt64(domain) << 32 | UInt64(bus) << 16 | UInt64(device) << 8 | UInt64(function)
  }
}
