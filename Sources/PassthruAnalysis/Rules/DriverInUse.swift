// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A host driver holds the function, and goes with what it made of it.
  static let driverInUse: Rule = Rule(
    id: "driver.in-use", consumers: [.vfio, .bhyve],
    meaning: "A driver of the host holds the function now. Handing it over takes the driver "
      + "away, and with it the interfaces, disks and displays that it made.",
    decision: "A driver other than the passthrough driver, a stub or a port driver is bound. "
      + "It is a risk where devices hang on it, and advice where none are known.",
    source: "Linux Documentation/driver-api/vfio.rst; FreeBSD share/man/man4/vmm.4"
  ) { context in
    let function = context.function
    guard let driver = function.driver.value(ifNotRecorded: nil), !context.isBridgeOrChipset,
      !context.isHandedOver
    else {
      return []
    }
    // What pci-stub or pciback holds, the host has given up already.
    switch context.host.passthroughDriver(driver.name) {
    case .stub, .pciback: return []
    case .vfio, .ppt, .userSpace, nil: break
    }
    let names = context.childNames
    let remedy =
      switch context.consumer {
      case .vfio: "bind \(function.address) to vfio-pci (driver_override); the plan has the steps"
      case .bhyve:
        "name \(function.address.bhyveTriple) in pptdevs of /boot/loader.conf; "
          + "the plan has the steps"
      }
    if names.isEmpty {
      return [
        Rule.driverInUse.finding(
          .advice, "the driver \(driver) holds it and must release it", remedy: remedy)
      ]
    }
    return [
      Rule.driverInUse.finding(
        .risk, "the driver \(driver) holds it; with it goes \(listed(names))", remedy: remedy)
    ]
  }
}
