// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Upstream {
  /// What a function's canonical device path says is right above it.
  ///
  /// `bytes` is where `/sys/bus/pci/devices/NAME` leads:
  /// `../../../devices/pci0000:00/0000:00:1c.0/0000:01:00.0`. A directory named
  /// as a function is a bridge; `pciDDDD:BB` is a host bridge. Where a host
  /// bridge is itself below a function, that function is an endpoint which
  /// holds a domain of its own (Intel VMD, drivers/pci/controller/vmd.c).
  init(devicePath bytes: Span<UInt8>) {
    self = .unknown
    let own = bytes.lastComponent(before: bytes.count)
    let above = bytes.lastComponent(before: own.lowerBound)
    if let bridge = bytes.functionAddress(in: above) {
      self = .bridge(bridge)
    } else if let bus = bytes.rootBus(in: above) {
      let endpoint = bytes.functionAddress(in: bytes.lastComponent(before: above.lowerBound))
      self = endpoint.map { .bridge($0) } ?? .rootBus(bus)
    }
  }
}
