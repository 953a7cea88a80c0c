// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora

/// A recorded kernel, played for somebody.
struct Kernel: Sendable, CustomStringConvertible {
  /// Who asks, as `Tests/FreeBSDHarness/environment.c` takes it.
  enum Who: String, CaseIterable { case root, user, jail, securelevel }

  /// A folder of `Fixtures/freebsd-vm`.
  let name: String
  var who: Who = .root

  var description: String { "\(name)-\(who)" }

  var folder: URL { TestCorpora.fixtures.appendingPathComponent("freebsd-vm/\(name)") }

  /// Every recorded kernel.
  static let names =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: TestCorpora.fixtures.appendingPathComponent("freebsd-vm").path)) ?? []).sorted()

  /// Each for root and for another user.
  static let all = names.flatMap { [Kernel(name: $0), Kernel(name: $0, who: .user)] }

  var environment: [String: String] {
    ["FREEBSD_RECORDING": folder.path + "/", "FREEBSD_AS": who.rawValue]
  }

  func run(_ arguments: [String], environment more: [String: String] = [:]) throws -> ProgramRun {
    try ProgramRun(
      Front.executable, arguments, environment: environment.merging(more) { $1 })
  }

  /// What the front finds live, as a file; made once a run.
  func snapshot() throws -> String {
    guard let path = try Self.snapshots.get()[description] else {
      throw CocoaError(.fileNoSuchFile)
    }
    return path
  }

  private static let snapshots = Result<[String: String], any Error> {
    let folder = try Front.folder("snapshots")
    var paths: [String: String] = [:]
    for kernel in all {
      let file = folder.appendingPathComponent("\(kernel).json")
      let run = try kernel.run(["snapshot"])
      guard run.status == 0 else { throw CocoaError(.fileReadUnknown) }
      try run.output.write(to: file)
      paths[kernel.description] = file.path
    }
    return paths
  }
}
