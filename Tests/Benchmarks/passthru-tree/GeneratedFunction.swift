// SPDX-License-Identifier: Apache-2.0

/// One function of a generated tree, and its attributes in the kernel's formats.
struct GeneratedFunction {
  enum Role {
    case hostBridge, rootPort, physicalFunction, virtualFunction, controller
  }

  var role: Role
  var domain: Int
  var bus: Int
  var device: Int
  var function: Int
  /// The directory above it, below `sys/devices`.
  var parent: String
  /// The path from its directory up to `sys`.
  var up: String
  var group: Int
  var serial: Int

  var name: String {
    hex(domain, 4) + ":" + hex(bus, 2) + ":" + hex(device, 2) + "." + String(function)
  }
  var path: String { "sys/devices/" + parent + "/" + name }

  var driver: String? {
    switch role {
    case .hostBridge: nil
    case .rootPort: "pcieport"
    case .physicalFunction: "ice"
    case .virtualFunction: serial % 4 == 0 ? nil : (serial % 4 == 1 ? "vfio-pci" : "iavf")
    case .controller: "nvme"
    }
  }

  private var ids: (vendor: Int, device: Int, subVendor: Int, sub: Int, classCode: Int) {
    switch role {
    case .hostBridge: (0x8086, 0x09a2, 0x8086, 0, 0x060000)
    case .rootPort: (0x8086, 0x347a, 0, 0, 0x060400)
    case .physicalFunction: (0x8086, 0x1592, 0x8086, 0x0002, 0x020000)
    case .virtualFunction: (0x8086, 0x1889, 0x8086, 0, 0x020000)
    case .controller: (0x144d, 0xa80a, 0x144d, 0xa801, 0x010802)
    }
  }

  var uevent: String {
    let ids = ids
    return (driver.map { "DRIVER=\($0)\n" } ?? "")
      + "PCI_CLASS=\(upper(ids.classCode, 4))\n"
      + "PCI_ID=\(upper(ids.vendor, 4)):\(upper(ids.device, 4))\n"
      + "PCI_SUBSYS_ID=\(upper(ids.subVendor, 4)):\(upper(ids.sub, 4))\n"
      + "PCI_SLOT_NAME=\(name)\n"
      + "MODALIAS=pci:v\(upper(ids.vendor, 8))d\(upper(ids.device, 8))sv\(upper(ids.subVendor, 8))"
      + "sd\(upper(ids.sub, 8))bc\(upper(ids.classCode >> 16, 2))"
      + "sc\(upper(ids.classCode >> 8 & 0xff, 2))i\(upper(ids.classCode & 0xff, 2))\n"
  }

  var resource: String {
    var lines = [String](repeating: Self.line(0, 0, 0), count: role == .rootPort ? 17 : 13)
    let base = 0x20_0000_0000 + serial * 0x100_0000
    switch role {
    case .hostBridge: break
    case .rootPort:
      lines[0] = Self.line(base, base + 0x1_ffff, 0x140204)
      lines[14] = Self.line(0xa000_0000, 0xa00f_ffff, 0x200)
      lines[15] = Self.line(base, base + 0xff_ffff, 0x101201)
    case .physicalFunction:
      lines[0] = Self.line(base, base + 0x7f_ffff, 0x14220c)
      lines[3] = Self.line(base + 0x80_0000, base + 0x80_ffff, 0x14220c)
      lines[6] = Self.line(0xa000_0000, 0xa00f_ffff, 0x46200)
      lines[7] = Self.line(base + 0x90_0000, base + 0x9f_ffff, 0x14220c)
    case .virtualFunction:
      lines[0] = Self.line(base, base + 0x1_ffff, 0x14220c)
      lines[3] = Self.line(base + 0x2_0000, base + 0x2_3fff, 0x14220c)
    case .controller:
      lines[0] = Self.line(base, base + 0x3fff, 0x140204)
    }
    return lines.joined()
  }

  /// The first 256 bytes of configuration space: a header, and nothing else.
  var configuration: [UInt8] {
    let ids = ids
    var bytes = [UInt8](repeating: 0, count: 256)
    func put(_ value: Int, at offset: Int, size: Int) {
      for index in 0..<size { bytes[offset + index] = UInt8(value >> (8 * index) & 0xff) }
    }
    put(ids.vendor, at: 0, size: 2)
    put(ids.device, at: 2, size: 2)
    put(0x0006, at: 4, size: 2)
    put(revision, at: 8, size: 1)
    put(ids.classCode, at: 9, size: 3)
    put((role == .rootPort ? 1 : 0) | (role == .physicalFunction ? 0x80 : 0), at: 0x0e, size: 1)
    if role != .rootPort {
      put(ids.subVendor, at: 0x2c, size: 2)
      put(ids.sub, at: 0x2e, size: 2)
    }
    return bytes
  }

  var revision: Int { role == .hostBridge ? 4 : 2 }
  var interrupt: Int { role == .hostBridge || role == .virtualFunction ? 0 : 24 + serial }
  var classText: String { "0x" + hex(ids.classCode, 6) }
  var vendorText: String { "0x" + hex(ids.vendor, 4) }
  var deviceText: String { "0x" + hex(ids.device, 4) }
  var subsystemVendorText: String { "0x" + hex(ids.subVendor, 4) }
  var subsystemText: String { "0x" + hex(ids.sub, 4) }

  private static func line(_ start: Int, _ end: Int, _ flags: Int) -> String {
    "0x" + hex(start, 16) + " 0x" + hex(end, 16) + " 0x" + hex(flags, 16) + "\n"
  }
}

func hex(_ value: Int, _ width: Int) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

private func upper(_ value: Int, _ width: Int) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
