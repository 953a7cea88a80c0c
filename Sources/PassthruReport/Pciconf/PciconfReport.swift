// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// A host in the form that FreeBSD's `pciconf -lvbc` prints.
///
/// So that what reads pciconf's text can read any host. The header line is
/// FreeBSD 12's where the host's release says so, and that of 13 and later
/// everywhere else. A capability whose registers pciconf spells out further
/// than is done here is named with pciconf's own first words.
public struct PciconfReport {
  private let host: Machine
  private let names: DeviceNames
  /// Whether the form is that of FreeBSD 12 and earlier.
  private let isOldForm: Bool

  /// Describes a host.
  public init(_ host: Machine, names: DeviceNames) {
    self.host = host
    self.names = names
    isOldForm = Self.majorRelease(host).map { $0 < 13 } ?? false
  }

  private static func majorRelease(_ host: Machine) -> Int? {
    guard host.system.family == .freebsd else { return nil }
    if let date = host.freeBSD?.releaseDate, date >= 100_000 { return date / 100_000 }
    return host.system.release.flatMap { release in
      Int(displayText(release.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }))
    }
  }

  /// The text for the functions at these positions, in the host's order.
  public func text(_ positions: [Int]) -> String {
    var text = ""
    // pciconf counts the functions without a driver in the order it prints them.
    var undriven = 0
    for position in positions where host.functions.indices.contains(position) {
      let function = host.functions[position]
      text += header(function, &undriven) + "\n"
      for line in nameLines(function) { text += line + "\n" }
      for line in barLines(function) { text += line + "\n" }
      for line in PciconfCapabilities(function, isOldForm: isOldForm).lines {
        text += line + "\n"
      }
    }
    return text
  }

  private func header(_ function: Function, _ undriven: inout Int) -> String {
    let name: String
    if let driver = function.driver {
      // Linux has no units: the name alone would not be a device's.
      name = driver.unit == nil ? driver.name + "0" : driver.description
    } else {
      name = "none\(undriven)"
      undriven += 1
    }
    let identity = function.identity
    let classCode = (function.classCode?.rawValue ?? 0).hexadecimal(width: 6)
    let revision = (identity.revisionID ?? 0).hexadecimal(width: 2)
    let header = (function.headerType?.rawValue ?? 0).hexadecimal(width: 2)
    let vendor = identity.vendorID.hexadecimal(width: 4)
    let device = identity.deviceID.hexadecimal(width: 4)
    let subvendor = (identity.subsystemVendorID ?? 0).hexadecimal(width: 4)
    let subdevice = (identity.subsystemID ?? 0).hexadecimal(width: 4)
    let selector = name + "@" + function.address.freeBSDSelector + ":\t"
    if isOldForm {
      return selector + "class=0x\(classCode) card=0x\(subdevice)\(subvendor) "
        + "chip=0x\(device)\(vendor) rev=0x\(revision) hdr=0x\(header)"
    }
    return selector + "class=0x\(classCode) rev=0x\(revision) hdr=0x\(header) "
      + "vendor=0x\(vendor) device=0x\(device) subvendor=0x\(subvendor) "
      + "subdevice=0x\(subdevice)"
  }

  private func nameLines(_ function: Function) -> [String] {
    var lines: [String] = []
    if let vendor = names.vendor(function.identity) {
      lines.append("    vendor     = '" + vendor + "'")
    }
    if let device = names.device(function.identity) {
      lines.append("    device     = '" + device + "'")
    }
    if let code = function.classCode {
      if let words = PciconfClassWords.baseClass(code.baseClass) {
        lines.append("    class      = " + words)
      }
      if let words = PciconfClassWords.subClass(code.baseAndSubClass) {
        lines.append("    subclass   = " + words)
      }
    }
    return lines
  }

  private func barLines(_ function: Function) -> [String] {
    var lines: [String] = []
    // The expansion ROM is not among what pciconf asks for.
    for bar in function.baseAddressRegisters {
      let type: String
      let range: String
      switch bar.kind {
      case .io: (type, range) = ("I/O Port", "32")
      case .memory32: (type, range) = (memory(bar), "32")
      case .memoryBelow1MiB: (type, range) = (memory(bar), "20")
      case .memory64: (type, range) = (memory(bar), "64")
      case .expansionROM: continue
      }
      let offset = UInt(bar.offset(in: function.headerType ?? .endpoint))
      // C's %#jx prints zero without its prefix.
      let base =
        bar.address.map { $0 == 0 ? "0" : "0x" + $0.hexadecimal(width: 1) } ?? "0"
      var line = "    bar   [" + offset.hexadecimal(width: 2) + "] = type " + type
      line += ", range " + range + ", base " + base
      // A source that does not know the size has no such field.
      if let size = bar.size { line += ", size \(size)" }
      if let isEnabled = bar.isEnabled { line += isEnabled ? ", enabled" : ", disabled" }
      lines.append(line)
    }
    return lines
  }

  private func memory(_ bar: BaseAddressRegister) -> String {
    bar.isPrefetchable ? "Prefetchable Memory" : "Memory"
  }
}
