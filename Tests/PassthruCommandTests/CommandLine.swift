// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora

/// Runs the built `passthru` as a user would.
enum Passthru {
  /// What one run of the command gave.
  struct Run {
    var output: String
    var errors: String
    var status: Int32
  }

  /// The executable beside the test bundle.
  static let executable = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("passthru")

  /// Runs the command.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try run(executable, arguments, environment: environment)
  }

  /// Runs a shell's script, with the command as `$0` and the arguments as `$1` and so on.
  static func inShell(_ script: String, _ arguments: [String]) throws -> Run {
    try run(URL(fileURLWithPath: "/bin/sh"), ["-c", script, executable.path] + arguments)
  }

  private static func run(
    _ program: URL, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Run {
    let run = try ProgramRun(program, arguments, environment: environment)
    return Run(
      output: String(decoding: run.output, as: UTF8.self),
      errors: String(decoding: run.errors, as: UTF8.self), status: run.status)
  }

  /// A file with these bytes that is removed after `body`.
  static func withFile<Result>(
    _ bytes: Data, _ body: (String) throws -> Result
  ) throws -> Result {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("passthru-file-\(UUID().uuidString)")
    try bytes.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }
}
