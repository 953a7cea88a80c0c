// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCINames
import TestCorpora
import Testing

/// The system's own pci.ids, against another reader of it and against lspci.
@Suite struct InstalledListTests {
  /// The file of this system; `nil`, said once, where there is none.
  static let place: String? = {
    let place = NameDatabase.places.first { FileManager.default.fileExists(atPath: $0) }
    if place == nil { print("SKIPPED: no pci.ids in \(NameDatabase.places)") }
    return place
  }()

  /// Whether lspci is there; said once where it is not.
  static let hasLspci: Bool = {
    let found = (try? TestCorpora.run("lspci", ["--version"])) != nil
    if !found { print("SKIPPED: lspci is not installed: names are not compared with its names") }
    return found
  }()

  private static func database() throws -> NameDatabase {
    let place = try #require(place)
    return NameDatabase(bytes: try TestCorpora.bytes(URL(fileURLWithPath: place)))
  }

  /// A reader that does the obvious thing with strings.
  @Test(.enabled(if: place != nil)) func everyVendorAndClassAndASampleOfTheRest() throws {
    let names = try Self.database()
    let text = String(
      decoding: try TestCorpora.bytes(URL(fileURLWithPath: try #require(Self.place))), as: UTF8.self
    )
    var vendor: UInt16?
    var device: UInt16?
    var baseClass: UInt32?
    var subClass: UInt32 = 0
    var compared = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      guard !line.hasPrefix("#") else { continue }
      let tabs = line.prefix { $0 == "\t" }.count
      let fields = line.dropFirst(tabs)
      if tabs == 0, fields.hasPrefix("C ") {
        vendor = nil
        let id = try #require(UInt32(fields.dropFirst(2).prefix(2), radix: 16))
        baseClass = id
        #expect(
          names.classNames(ClassCode(rawValue: id << 16)).baseClass == String(fields.dropFirst(6)))
      } else if tabs == 0 {
        vendor = UInt16(fields.prefix(4), radix: 16)
        device = nil
        baseClass = nil
        #expect(vendor.flatMap(names.vendor) == String(fields.dropFirst(6)))
      } else if let baseClass {
        let id = try #require(UInt32(fields.prefix(2), radix: 16))
        let name = String(fields.dropFirst(4))
        if tabs == 1 {
          subClass = id
          #expect(
            names.classNames(ClassCode(rawValue: baseClass << 16 | id << 8)).subClass == name)
        } else {
          let code = ClassCode(rawValue: baseClass << 16 | subClass << 8 | id)
          #expect(names.classNames(code).programmingInterface == name)
        }
      } else if let owner = vendor {
        if tabs == 1 { device = UInt16(fields.prefix(4), radix: 16) }
        // A third takes a debug build two seconds.
        guard number % 3 == 0, let chip = device else { continue }
        if tabs == 1 {
          #expect(names.device(chip, vendor: owner) == String(fields.dropFirst(6)))
        } else {
          let board = try #require(UInt16(fields.prefix(4), radix: 16))
          let id = try #require(UInt16(fields.dropFirst(5).prefix(4), radix: 16))
          #expect(
            names.subsystem(id, subsystemVendor: board, device: chip, vendor: owner)
              == String(fields.dropFirst(11)))
        }
      }
      compared += 1
    }
    #expect(compared > 2000)
    #expect(names.vendorCount > 2000)
  }

  /// `lspci -vmm` names every function of every dump as the database does.
  @Test(
    .enabled(if: place != nil && hasLspci && TestCorpora.isPresent),
    arguments: TestCorpora.files("lspci-hex"))
  func namesAreLspcis(_ dump: URL) throws {
    let names = try Self.database()
    let place = try #require(Self.place)
    let numbers = try #require(try records(of: dump, place, ["-n"]))
    let words = try #require(try records(of: dump, place, []))
    try #require(numbers.count == words.count)
    #expect(!numbers.isEmpty)
    for (number, word) in zip(numbers, words) {
      #expect(number["Slot"] == word["Slot"])
      let vendor = try #require(UInt16(number["Vendor"] ?? "", radix: 16))
      let device = try #require(UInt16(number["Device"] ?? "", radix: 16))
      let code = try #require(UInt32(number["Class"] ?? "", radix: 16)) << 8
      // lspci names what it does not know by number.
      #expect((names.vendor(vendor) ?? "Vendor " + hex(vendor)) == word["Vendor"])
      #expect((names.device(device, vendor: vendor) ?? "Device " + hex(device)) == word["Device"])
      let classes = names.classNames(ClassCode(rawValue: code))
      // Where only the base class has a name, lspci adds the number.
      let base = classes.baseClass.map { $0 + " [" + (number["Class"] ?? "") + "]" }
      #expect((classes.subClass ?? base) == word["Class"])
      if let board = UInt16(number["SVendor"] ?? "", radix: 16),
        let id = UInt16(number["SDevice"] ?? "", radix: 16)
      {
        #expect((names.vendor(board) ?? "Unknown vendor " + hex(board)) == word["SVendor"])
        let name = names.subsystem(id, subsystemVendor: board, device: device, vendor: vendor)
        #expect((name ?? "Device " + hex(id)) == word["SDevice"])
      }
    }
  }

  private func hex(_ number: UInt16) -> String { String(format: "%04x", number) }

  /// The tagged records of `lspci -vmm`.
  private func records(
    of dump: URL, _ place: String, _ more: [String]
  ) throws -> [[String: String]]? {
    // The udev database would answer with the chip's name for a board it does not know.
    let arguments = ["-O", "hwdb.disable=1", "-F", dump.path, "-i", place, "-vmm"] + more
    guard let output = try TestCorpora.run("lspci", arguments) else { return nil }
    return output.components(separatedBy: "\n\n").compactMap { record in
      var fields: [String: String] = [:]
      for line in record.split(separator: "\n") {
        guard let colon = line.firstIndex(of: ":") else { continue }
        fields[String(line[..<colon])] =
          line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
      return fields.isEmpty ? nil : fields
    }
  }
}
