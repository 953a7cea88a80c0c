// SPDX-License-Identifier: Apache-2.0

import Foundation

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

  /// Runs the command; the output goes through files, since pipes fill up.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("passthru-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appendingPathComponent("output")
    let errors = folder.appendingPathComponent("errors")
    for file in [output, errors] {
      try Data().write(to: file)
    }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Run(
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      status: process.terminationStatus)
  }

  /// Runs a shell's script, with the command as `$0` and the arguments as `$1` and so on.
  static func inShell(_ script: String, _ arguments: [String]) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, executable.path] + arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      output: String(decoding: data, as: UTF8.self), errors: "",
      status: process.terminationStatus)
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
