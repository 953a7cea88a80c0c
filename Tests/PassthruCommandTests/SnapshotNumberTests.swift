// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import PassthruAnalysis
import PassthruConfig
import TestCorpora
import Testing

@testable import PassthruCommand

/// Every number of a snapshot, made one that no machine has: refused, or worked with.
///
/// All subcommands run in this process: a trap ends it, and the test run with it.
@Suite("Numbers of snapshots")
struct SnapshotNumberTests {
  /// The snapshots of hosts of both systems, with and without configuration space.
  static let names = [
    "hosts/lab-numa.json", "freebsd-vm/ppt15/pciconf-lvbce.txt",
  ]

  /// A snapshot with every member that holds a number, whatever the recording lacks.
  static func document(_ name: String) throws -> Any {
    let bytes = try TestCorpora.bytes(TestCorpora.fixtures.appendingPathComponent(name))
    var host = try Machine(recording: bytes, location: name)
    if let first = host.functions.first?.address {
      host.remapping = RemappingFacts(
        units: [
          .init(domain: 0, servesRest: true, scopes: [DeviceScope(kind: 1, bus: 0, path: [2, 0])])
        ],
        leadingUnits: 1,
        reservedMemory: [
          .init(
            domain: 0, start: 0x1000, end: 0x1fff,
            scopes: [DeviceScope(kind: 1, bus: 0, path: [2, 0])])
        ])
      host.gaps.append(Gap(.line(3), "a line", reason: "not read"))
      if var linux = host.linux {
        linux.deviceOrder = linux.deviceOrder ?? [0, 8]
        linux.reservedRegions.append(
          ReservedRegion(group: 1, start: 0xfee0_0000, end: 0xfeef_ffff, type: "msi"))
        linux.passthroughNodes = [PassthroughNode(group: 1, owner: 0, permissions: 0o600)]
        linux.openNodes = [
          OpenNode(function: first, path: "/dev/vfio/1", process: "qemu", processID: 7)
        ]
        host.linux = linux
      } else {
        host.freeBSD = FreeBSDFacts(
          releaseDate: 1_201_000, sysctls: [], kernelEnvironment: [])
      }
    }
    host.functions[0].virtualFunctions = VirtualFunctionState(total: 7, enabled: 1)
    host.functions[0].numaNode = 0
    host.functions[0].interrupt = 16
    var json = JSONWriter(isIndented: false)
    MachineWriter(host, detail: .snapshot).write(into: &json)
    return try JSONSerialization.jsonObject(with: Data(json.bytes))
  }

  /// Where a number is: member names and positions, and the same with positions left out.
  struct Spot {
    var path: [Step] = []
    var shape: String {
      path.map { if case .member(let name) = $0 { name } else { "[]" } }.joined(separator: ".")
    }
  }

  enum Step {
    case member(String)
    case element(Int)
  }

  /// The numbers, and the texts that are hexadecimal numbers, of a document.
  static func spots(_ value: Any, _ at: Spot = Spot()) -> [(spot: Spot, isText: Bool)] {
    switch value {
    case let members as [String: Any]:
      members.keys.sorted().flatMap { name -> [(spot: Spot, isText: Bool)] in
        // What a configuration space decodes to is written, and never read.
        if name == "capabilities", members["configuration"] is String { return [] }
        return spots(members[name] as Any, Spot(path: at.path + [.member(name)]))
      }
    case let elements as [Any]:
      elements.enumerated().flatMap { index, element in
        spots(element, Spot(path: at.path + [.element(index)]))
      }
    case let number as NSNumber where !Self.isFlag(number): [(at, false)]
    case let text as String where text.hasPrefix("0x"): [(at, true)]
    default: []
    }
  }

  /// Foundation keeps `true` and `false` as numbers of their own type.
  static func isFlag(_ number: NSNumber) -> Bool { number.objCType.pointee == 0x63 }

  static func replacing(_ value: Any, _ path: ArraySlice<Step>, with new: Any) -> Any {
    guard let step = path.first else { return new }
    switch (step, value) {
    case (.member(let name), var members as [String: Any]):
      members[name] = replacing(members[name] as Any, path.dropFirst(), with: new)
      return members
    case (.element(let index), var elements as [Any]):
      elements[index] = replacing(elements[index], path.dropFirst(), with: new)
      return elements
    default: return value
    }
  }

  static let numbers: [any Sendable] = [
    Int64(-1), Int64.min, Int64.max, Int64(1) << 31, Int64(1) << 32, Int64(255), Int64(65_536),
    1.5,
  ]
  static let texts: [any Sendable] = [
    "0x0", "0xffffffff", "0x8000000000000000", "0xffffffffffffffff",
  ]

  @Test(arguments: names) func everyNumberIsCheckedWhereItIsRead(_ name: String) throws {
    let document = try Self.document(name)
    var seen: [String: Int] = [:]
    var read = 0
    var refused = 0
    for (spot, isText) in Self.spots(document) {
      seen[spot.shape, default: 0] += 1
      guard seen[spot.shape] == 1 else { continue }
      for value in isText ? Self.texts : Self.numbers {
        let changed = Self.replacing(document, spot.path[...], with: value)
        let bytes = [UInt8](try JSONSerialization.data(withJSONObject: changed))
        let host: Machine
        do throws(MachineReader.Failure) {
          host = try MachineReader.read(bytes, location: "changed")
          read += 1
        } catch {
          #expect(error.reason.contains(" must be "), "\(spot.shape): \(error.reason)")
          refused += 1
          continue
        }
        let isNegative = (value as? Int64).map { $0 < 0 } ?? false
        #expect(!isNegative || isText, "\(spot.shape) may be \(value)")
        Self.runAll(on: host)
      }
    }
    print("\(name): \(seen.count) kinds of number, \(read) changes read and \(refused) refused")
    #expect(seen.count >= 8 && read > 0 && refused > 0)
  }

  /// Every subcommand and every target; what they answer is another test's.
  static func runAll(on host: Machine) {
    let front = Front(PlayedPlatform(host))
    let selectors = host.functions.prefix(3).map(\.address.description)
    for subcommand in Subcommand.all where subcommand.declaration.need != .nothing {
      let own = subcommand.ownOptions().map(\.name)
      // Recorded, so that a change needs no kernel.
      var words = [subcommand.name, "-a", "-v", "--from", "/host"]
      if own.contains("--guest") { words += ["--guest", "g"] }
      if own.contains("--force") { words.append("--force") }
      if own.contains("--runs") { words += ["--runs", "1"] }
      let takesTarget = subcommand.arguments().contains { $0.name == "TARGET" }
      for target in takesTarget ? Target.all.map(\.name) : [""] {
        var given: [String] = takesTarget ? [target] : []
        for argument in subcommand.arguments() where argument.name != "TARGET" {
          switch argument.name {
          case "SELECTOR" where argument.count.upperBound == 1: given += selectors.prefix(1)
          case "SELECTOR": given += subcommand.name == "list" ? [] : selectors
          case "COUNT": given.append("1")
          default: given.append("/host")
          }
        }
        for consumer in takesTarget ? [Consumer(for: host)] : [.vfio, .bhyve] {
          for format in takesTarget ? ["text"] : ["text", "json", "pciconf"] {
            _ = front.run(words + given + ["--for", consumer.rawValue, "--format", format])
          }
        }
      }
    }
  }
}
