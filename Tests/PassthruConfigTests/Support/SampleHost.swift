// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis

@testable import PassthruConfig

/// A small host written by hand: two cards with two ports, one single NIC, a bridge.
enum SampleHost {
  static func address(_ text: String) -> FunctionAddress {
    guard let address = FunctionAddress(text) else { preconditionFailure("\(text)") }
    return address
  }

  static func function(
    _ text: String, ids: (UInt16, UInt16) = (0x8086, 0x1521), classCode: UInt32 = 0x020000,
    driver: DriverBinding? = nil, header: HeaderType = .endpoint
  ) -> Function {
    var function = Function(
      address: address(text), identity: Identity(vendorID: ids.0, deviceID: ids.1))
    function.classCode = ClassCode(rawValue: classCode)
    function.headerType = header
    function.driver = driver
    function.upstream = .rootBus(BusAddress(domain: function.address.domain, bus: 0))
    return function
  }

  /// A FreeBSD 14 gateway: em0 and em1 are one card at bus 10, em2 at bus 11.
  static var gateway: Machine {
    var host = Machine(
      source: Source(kind: .pciconf, location: "gateway.pciconf"),
      system: OperatingSystem(family: .freebsd, release: "14.1-RELEASE", architecture: "amd64"))
    host.functions = [
      function("00:00.0", ids: (0x8086, 0x3e30), classCode: 0x060000),
      function("00:1c.0", ids: (0x8086, 0xa338), classCode: 0x060400, header: .bridge),
      function("0a:00.0", driver: DriverBinding(name: "em", unit: 0)),
      function("0a:00.1", driver: DriverBinding(name: "em", unit: 1)),
      function("0b:00.0", ids: (0x8086, 0x10d3), driver: DriverBinding(name: "em", unit: 2)),
    ]
    return host
  }

  /// A Linux machine with the same cards, and one behind a VMD.
  static var workstation: Machine {
    var host = gateway
    host.system = OperatingSystem(family: .linux, release: "6.12.9-amd64", architecture: "x86_64")
    host.source = Source(kind: .sysfs, location: "/sys")
    for index in host.functions.indices where host.functions[index].driver != nil {
      host.functions[index].driver = DriverBinding(name: "igb")
      host.functions[index].iommuGroup = 10 + Int(host.functions[index].address.bus) - 10
    }
    host.functions.append(
      function("10000:e1:00.0", ids: (0x144d, 0xa808), classCode: 0x010802))
    return host
  }

  static func request(
    _ devices: String..., host: Machine = gateway, guest: String = "pfsense"
  ) -> ConfigurationRequest {
    ConfigurationRequest(host: host, devices: devices.map { address($0) }, guest: guest)
  }
}
