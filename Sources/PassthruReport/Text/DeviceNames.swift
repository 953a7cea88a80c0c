// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost
public import PCINames

/// What people call a function: names from a pci.ids where there is one.
public struct DeviceNames: Sendable {
  private let database: NameDatabase?

  /// Uses a database; without one, functions are called by their numbers.
  public init(_ database: NameDatabase?) { self.database = database }

  /// Whether names are known at all.
  public var isAvailable: Bool { database != nil }

  /// The vendor's name, as the database has it.
  public func vendor(_ identity: Identity) -> String? {
    database?.vendor(identity.vendorID)
  }

  /// The device's name.
  public func device(_ identity: Identity) -> String? {
    database?.device(identity.deviceID, vendor: identity.vendorID)
  }

  /// The board's name; the board vendor's where the board has none.
  public func subsystem(_ identity: Identity) -> String? {
    guard let vendor = identity.subsystemVendorID, let device = identity.subsystemID,
      vendor != 0, vendor != 0xffff
    else { return nil }
    return database?.subsystem(
      device, subsystemVendor: vendor, device: identity.deviceID, vendor: identity.vendorID)
      ?? database?.vendor(vendor).map { Self.short($0) + " board" }
  }

  /// Vendor and device in a few words: `Intel I350 Gigabit Network Connection`.
  ///
  /// Where a name is unknown its number stands for it.
  public func title(of identity: Identity) -> String {
    let vendor =
      vendor(identity).map(Self.short) ?? "vendor " + identity.vendorID.hexadecimal(width: 4)
    let device =
      device(identity) ?? "device " + identity.deviceID.hexadecimal(width: 4)
    return vendor + " " + device
  }

  /// A function by its names, or by those that a text printed instead of its ids.
  public func title(of function: Function) -> String {
    function.hasIdentity ? title(of: function.identity) : function.printedName ?? "unnamed device"
  }

  /// A company's name without its legal form: `Intel`, `AMD/ATI`, `Realtek`.
  static func short(_ vendor: String) -> String {
    // "Advanced Micro Devices, Inc. [AMD/ATI]" is known by what is in brackets.
    if let open = vendor.utf8.lastIndex(of: UInt8(ascii: "[")),
      vendor.utf8.last == UInt8(ascii: "]")
    {
      let inner = vendor[vendor.utf8.index(after: open)...].dropLast()
      if !inner.isEmpty { return String(inner) }
    }
    let bytes = Array(vendor.utf8)
    var end = bytes.count
    // A form goes only with the blank before it: a company may be called "Inc.".
    while let blank = bytes[..<end].lastIndex(of: 0x20), isLegalForm(bytes[(blank + 1)..<end]) {
      end = blank
    }
    if bytes[..<end].last == UInt8(ascii: ","), end > 1 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  private static func isLegalForm(_ word: ArraySlice<UInt8>) -> Bool {
    let bare = word.filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ".") }
    return legalForms.contains { $0.utf8.elementsEqual(bare) }
  }

  private static let legalForms = [
    "Corporation", "Corp", "Inc", "Ltd", "Co", "Limited", "Company", "GmbH", "AG", "LLC",
    "Semiconductor", "Technology", "Technologies", "Electronics", "Systems", "International",
    "Incorporated",
  ]
}

extension DeviceNames {
  /// Writes the names of a function as members of its JSON object.
  public func write(into json: inout JSONWriter, _ function: Function) {
    json.member("kind", function.classCode?.shortKind)
    json.member("vendorName", vendor(function.identity))
    json.member("deviceName", device(function.identity))
    json.member("subsystemName", subsystem(function.identity))
  }
}
