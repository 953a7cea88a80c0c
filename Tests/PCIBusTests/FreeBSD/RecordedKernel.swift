// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import TestCorpora

@testable import PCIBus

/// A FreeBSD kernel's recorded answers: `devpci.txt` and the sysctls of its boot.
///
/// Reads the decoded lines, not the raw bytes, which the harness in C reads.
struct RecordedKernel: FreeBSDKernel {
  var listed: [ListedFunction] = []
  var bars: [FunctionAddress: [Int: ListedBaseAddressRegister]] = [:]
  var spaces: [FunctionAddress: [UInt8]] = [:]
  var sysctls: [String: String] = [:]
  var refusal: KernelError?
  var listError: KernelError?
  /// Functions whose driver's name is set and whose driver is not attached.
  var unattached: Set<FunctionAddress> = []
  var gone: Set<FunctionAddress> = []
  var environmentBytes: [UInt8]? = []
  var mountBytes: [UInt8]? = []
  var routeBytes: [UInt8]? = []
  var interfaceBytes: [UInt8]? = []
  var tables: [String: [UInt8]] = [:]
  var tableError = KernelError(.refused, number: 2, call: "the ACPI tables")
  var files: [String: [UInt8]] = [:]

  static let names = ["plain15", "ppt15", "rich12", "rich15"]
  static func folder(_ name: String) -> URL {
    TestCorpora.fixtures.appendingPathComponent("freebsd-vm").appendingPathComponent(name)
  }

  static func text(_ name: String, _ file: String) throws -> String {
    try String(contentsOf: folder(name).appendingPathComponent(file), encoding: .utf8)
  }

  init() {}

  init(_ name: String) throws {
    var current: FunctionAddress?
    for line in try Self.text(name, "devpci.txt").split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] == "dev" {
        let entry = try Self.entry(words)
        listed.append(entry)
        current = FunctionAddress(
          domain: entry.domain, bus: entry.bus, device: entry.device, function: entry.function)
      } else if let current, words[0] == "bar" {
        func value(_ index: Int) throws -> UInt64 {
          let text = words[index].split(separator: "=")[1]
          guard let value = UInt64(text, radix: 16) else { throw Mistake.number(String(line)) }
          return value
        }
        bars[current, default: [:]][Int(try value(1))] = ListedBaseAddressRegister(
          base: try value(3), length: try value(4), isEnabled: try value(2) == 1)
      } else if let current, words[0].count == 4, words[0].hasSuffix(":") {
        spaces[current, default: []] += words.dropFirst().compactMap { UInt8($0, radix: 16) }
      }
    }
    for (address, bytes) in spaces {
      // Rows that the recording leaves out: all ones past 256 bytes of a
      // conventional function, zeros past 1,024 of the others.
      let filler: UInt8 = bytes.count == 256 ? 0xff : 0
      spaces[address] = bytes + [UInt8](repeating: filler, count: 4096 - bytes.count)
    }
    for file in ["sysctl-host.txt", "sysctl-dev.txt"] {
      for line in try Self.text(name, file).split(separator: "\n") {
        guard let colon = line.range(of: ": "), !line.hasPrefix("sysctl: ") else { continue }
        sysctls[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
      }
    }
  }

  enum Mistake: Error { case number(String) }

  private static func entry(_ words: [Substring]) throws -> ListedFunction {
    var fields: [Substring: Substring] = [:]
    for word in words.dropFirst(2) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      fields[parts[0]] = parts[1]
    }
    func numbers(_ name: Substring, _ radix: Int) throws -> [UInt32] {
      let parts = (fields[name] ?? "").split(separator: ":").compactMap {
        UInt32($0, radix: radix)
      }
      guard !parts.isEmpty else { throw Mistake.number(String(name)) }
      return parts
    }
    let selector = try numbers("sel", 10)
    let ids = try numbers("id", 16)
    let subsystem = try numbers("sub", 16)
    var entry = ListedFunction(
      domain: selector[0], bus: UInt8(selector[1]), device: UInt8(selector[2]),
      function: UInt8(selector[3]), vendorID: UInt16(ids[0]), deviceID: UInt16(ids[1]))
    entry.subsystemVendorID = UInt16(subsystem[0])
    entry.subsystemID = UInt16(subsystem[1])
    entry.headerType = UInt8(try numbers("hdr", 16)[0])
    entry.classCode = try numbers("class", 16)[0]
    entry.revisionID = UInt8(try numbers("rev", 16)[0])
    entry.driver = String(fields["name"]?.dropFirst().dropLast() ?? "")
    entry.unit = UInt64(try numbers("unit", 10)[0])
    // 12.1 prints numa=-1 or nothing.
    if let numa = fields["numa"].flatMap({ Int32($0) }), numa >= 0 { entry.numaDomain = numa }
    return entry
  }

  // MARK: Answers

  func functions() throws(KernelError) -> [ListedFunction] {
    if let listError { throw listError }
    return listed
  }

  func isAttached(_ address: FunctionAddress) -> Bool? {
    refusal == nil ? !unattached.contains(address) : nil
  }

  var configurationRefusal: KernelError? { refusal }

  func configuration(
    of address: FunctionAddress, length: Int
  ) -> (bytes: [UInt8], error: KernelError?) {
    guard !gone.contains(address), let space = spaces[address] else {
      return ([], KernelError(.refused, number: 19, call: "PCIOCREAD"))
    }
    return (Array(space.prefix(length)), nil)
  }

  func doubleWord(of address: FunctionAddress, at offset: Int) throws(KernelError) -> UInt32 {
    if let refusal { throw refusal }
    guard !gone.contains(address), let space = spaces[address] else {
      throw KernelError(.refused, number: 19, call: "PCIOCREAD")
    }
    return (0..<4).reduce(0) { $0 | UInt32(space[offset + $1]) << (8 * UInt32($1)) }
  }

  func baseAddressRegister(of address: FunctionAddress, at offset: Int) throws(KernelError)
    -> ListedBaseAddressRegister
  {
    guard !gone.contains(address) else {
      throw KernelError(.refused, number: 19, call: "PCIOCGETBAR")
    }
    guard let bar = bars[address]?[offset] else {
      throw KernelError(.refused, number: 22, call: "PCIOCGETBAR")
    }
    return bar
  }

  func sysctl(_ name: String) -> [UInt8]? { sysctls[name].map { Array($0.utf8) } }
  func kernelEnvironment() -> [UInt8]? { environmentBytes }
  func mounts() -> [UInt8]? { mountBytes }
  func routes() -> [UInt8]? { routeBytes }
  func interfaces() -> [UInt8]? { interfaceBytes }
  func firmwareTable(_ signature: String) throws(KernelError) -> [UInt8] {
    guard let table = tables[signature] else { throw tableError }
    return table
  }
  func file(_ path: String) -> [UInt8]? { files[path] }
}

/// A refusal as a user without privilege gets it.
let userRefusal = KernelError(.open, number: 13, call: "open /dev/pci")
