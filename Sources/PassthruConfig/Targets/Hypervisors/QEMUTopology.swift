// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// QEMU's `-device` options for a selection, before they are spelled out.
///
/// A root port for each card, on slots of pcie.0 from 0x10 on, where neither
/// QEMU's defaults nor libvirt put anything; behind a port there is slot 0 only
/// (PCI Express Base 6.0, section 7.3.1).
struct QEMUTopology: Sendable {
  /// One `-device` or `-object`: its driver, and its properties in order.
  struct Option: Hashable, Sendable {
    /// `device` or `object`.
    var kind: String
    /// The driver, or the object's type.
    var driver: String
    /// The properties; a flag or a number is spelled without quotes in JSON.
    var properties: [(key: String, value: Value)]

    static func == (left: Option, right: Option) -> Bool { left.classic == right.classic }
    func hash(into hasher: inout Hasher) { hasher.combine(classic) }
  }

  /// A property's value.
  enum Value: Hashable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
  }

  var options: [Option] = []
  var losses: [String] = []
  var warnings: [String] = []

  /// The first slot of pcie.0 that a root port gets.
  static let slots: [UInt8] = Array(0x10...0x1e) + Array(0x08...0x0f)

  /// Lays out a request.
  init(_ request: ConfigurationRequest) throws(ConfigurationError) {
    let functions = try request.checkedFunctions()
    let placements = try request.place(functions, in: Self.slots, last: 0x1e)
    losses = placements.losses
    warnings = placements.warnings
    let usesIOMMUFD = request.isVersion(atLeast: [9, 0]) == true
    if usesIOMMUFD {
      options.append(
        Option(kind: "object", driver: "iommufd", properties: [("id", .text("iommufd0"))]))
      warnings.append(
        "iommufd needs Linux 6.6 on the host, and /dev/iommu; without, say --version 8")
    }
    var number = 0
    for (card, places) in placements.bySlot.enumerated() {
      let slot = Int(places.first?.slot ?? 0)
      let port = "passthru-port\(card)"
      options.append(
        Option(
          kind: "device", driver: "pcie-root-port",
          properties: [
            ("id", .text(port)), ("bus", .text("pcie.0")),
            ("addr", .text(UInt8(slot).hexadecimal(width: 2) + ".0")),
            ("chassis", .number(slot)), ("slot", .number(slot)),
          ]))
      // Function 0 comes last on no account: QEMU wants it with its
      // multifunction bit before it takes another function.
      for place in places.sorted(by: { $0.guestFunction < $1.guestFunction }) {
        options.append(
          Self.device(place, number: number, port: port, request, usesIOMMUFD: usesIOMMUFD))
        number += 1
      }
    }
    warnings.append("-machine q35 (pcie.0 is its bus)")
  }

  private static func device(
    _ place: GuestPlacement, number: Int, port: String, _ request: ConfigurationRequest,
    usesIOMMUFD: Bool
  ) -> Option {
    // `host=` takes 16 bits of a domain (tried: 7.2 refuses 10000:e1:00.0), a path takes all.
    let isPath = place.function.address.domain > 0xffff
    var properties: [(key: String, value: Value)] = [
      isPath
        ? ("sysfsdev", .text(SysfsBinding.folder(place.function.address)))
        : ("host", .text(place.function.address.linuxName)),
      ("id", .text("passthru\(number)")), ("bus", .text(port)),
      ("addr", .text("00.\(place.guestFunction)")),
    ]
    if place.needsMultiFunctionBit { properties.append(("multifunction", .flag(true))) }
    if usesIOMMUFD { properties.append(("iommufd", .text("iommufd0"))) }
    if let file = request.romFile { properties.append(("romfile", .text(file))) }
    if let index = request.bootIndex { properties.append(("bootindex", .number(index + number))) }
    return Option(kind: "device", driver: "vfio-pci", properties: properties)
  }
}

extension QEMUTopology.Option {
  /// The classic form: `vfio-pci,host=0000:0a:00.0,id=...`.
  var classic: String {
    var text = driver
    for (key, value) in properties {
      switch value {
      case .text(let value): text += ",\(key)=\(value.qemuEscaped)"
      case .number(let value): text += ",\(key)=\(value)"
      case .flag(let value): text += ",\(key)=" + (value ? "on" : "off")
      }
    }
    return text
  }

  /// The JSON form: `{"driver":"vfio-pci","host":...}`.
  var json: String {
    var text = kind == "object" ? "{\"qom-type\":" : "{\"driver\":"
    text += driver.jsonQuoted
    for (key, value) in properties {
      text += ",\(key.jsonQuoted):"
      switch value {
      case .text(let value): text += value.jsonQuoted
      case .number(let value): text += "\(value)"
      case .flag(let value): text += value ? "true" : "false"
      }
    }
    return text + "}"
  }
}
