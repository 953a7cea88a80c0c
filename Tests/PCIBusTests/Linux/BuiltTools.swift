// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora

/// The benchmark tools that were built beside these tests.
enum BuiltTools {
  /// The directory that the test bundle is in.
  private static let directory: URL = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
    let path = bundle.map { String($0[..<($0.range(of: ".xctest")?.upperBound ?? $0.endIndex)]) }
    return path.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
      ?? TestCorpora.root.appendingPathComponent(".build/debug")
  }()

  /// The path of a tool.
  static func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  /// Makes a tree of N functions in a directory of its own.
  static func tree(of count: Int, isFull: Bool = false) throws -> SyntheticTree {
    let tree = try SyntheticTree()
    let made = try TestCorpora.run(
      path("passthru-tree"), [tree.root.path, String(count)] + (isFull ? ["--full"] : []))
    guard made != nil else { throw CocoaError(.executableNotLoadable) }
    return tree
  }

  /// Whether a program answers when asked for its version; says so where not.
  static func isInstalled(_ program: String) -> Bool {
    let answer = try? TestCorpora.run(program, ["--version"])
    if (answer ?? nil) == nil { print("SKIPPED: \(program) is not installed") }
    return (answer ?? nil) != nil
  }
}
