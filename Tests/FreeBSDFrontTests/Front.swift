// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora

/// The FreeBSD executable's own objects over a played kernel, and the full command.
///
/// `Scripts/freebsd-front-harness.sh` links them: Embedded Swift's objects and the
/// shim's are those of FreeBSD, and only the calls to the kernel are renamed.
enum Front {
  static let counted = Counted("FreeBSD front")

  private static let built = TestCorpora.root.appendingPathComponent(".build-freebsd/front")

  static let executable = built.appendingPathComponent("passthru")

  /// The same under address and undefined-behaviour sanitizers.
  static let checked = built.appendingPathComponent("passthru-checked")

  /// The command of the whole package: `PASSTHRU`, or what is beside the tests.
  static let full: URL =
    ProcessInfo.processInfo.environment["PASSTHRU"].map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("passthru")

  /// Why these tests cannot run; `nil` where they can.
  static let missing: String? = {
    let sources = ["Sources", "CShims", "Tests/FreeBSDHarness"]
    guard let age = date(executable), date(checked) != nil else {
      return "the FreeBSD front is not built for this machine"
    }
    let newer = sources.lazy.compactMap { folder in
      FileManager.default.enumerator(atPath: TestCorpora.root.path + "/" + folder)?
        .compactMap { $0 as? String }
        .first { name in
          [".swift", ".c", ".h"].contains { name.hasSuffix($0) }
            && (date(TestCorpora.root.appendingPathComponent("\(folder)/\(name)")) ?? age) > age
        }
    }.first
    return newer.map { "the FreeBSD front is older than \($0)" }
  }()

  /// Whether they can; says so where they cannot.
  static let isBuilt: Bool = {
    if let missing {
      print("SKIPPED: FreeBSDFrontTests: \(missing): Scripts/freebsd-front-harness.sh builds it")
    }
    return missing == nil
  }()

  private static func date(_ file: URL) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return attributes?[.modificationDate] as? Date
  }

  /// A new folder of this run, kept after it to look at.
  static func folder(_ name: String) throws -> URL {
    let folder = all.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static let all: URL = {
    let all = TestCorpora.root.appendingPathComponent(".build-freebsd/front-tests")
    try? FileManager.default.removeItem(at: all)
    return all
  }()
}
