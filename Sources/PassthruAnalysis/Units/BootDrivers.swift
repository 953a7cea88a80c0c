// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The drivers that functions had when a FreeBSD host booted.
///
/// `devctl set driver` hands a function to ppt(4) at run time and leaves a hole in its old
/// driver's units, where the next boot counts it again.
struct BootDrivers: Hashable, Sendable {
  /// What held a function; `nil` of none.
  private var before: [FunctionAddress: DriverBinding?] = [:]
  private let named: Set<FunctionAddress>
  private let isListKnown: Bool

  init(_ host: Machine) {
    let environment = host.freeBSD?.$kernelEnvironment.recorded
    named = PassthroughList(environment ?? []).named
    isListKnown = environment != nil
    for entry in host.freeBSD?.driversBefore ?? [] {
      guard entry.name.hasPrefix("pci"),
        let address = FunctionAddress(freeBSDNumbers: entry.name.dropFirst(3))
      else { continue }
      if entry.value == "none" {
        before.updateValue(nil, forKey: address)
      } else if let driver = Self.binding(entry.value) {
        before.updateValue(driver, forKey: address)
      }
    }
  }

  /// Reads `em1`.
  private static func binding(_ text: String) -> DriverBinding? {
    let digits = text.utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    var reader = NumberReader(text.utf8.dropFirst(text.utf8.count - digits))
    guard digits > 0, digits < text.utf8.count, let unit = reader.decimal() else { return nil }
    return DriverBinding(name: String(text.dropLast(digits)), unit: Int(unit))
  }

  /// What held a function at boot, as far as is known, and holds it now otherwise.
  func driver(of function: Function) -> DriverBinding? {
    if let known = before[function.address] { return known }
    return function.driver
  }

  /// Why it is not known what held a function at boot; `nil` where it is known.
  func unknown(_ function: Function) -> String? {
    guard let driver = function.driver, driver.name == "ppt", before[function.address] == nil,
      !named.contains(function.address)
    else { return nil }
    return isListKnown
      ? "pptdevs of this boot does not name \(function.address.bhyveTriple), so that \(driver) was "
        + "bound after it, and no journal of passthru's that could be read says what was there"
      : "it is not recorded whether pptdevs gave \(driver) its device at boot, or devctl after it"
  }
}
