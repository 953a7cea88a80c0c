// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs the programs that judge configurations.
enum Programs {
  /// What a program left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Whether a program is installed; says so where it is not.
  static func have(_ program: String) -> Bool {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
    for folder in path.split(separator: ":") {
      if FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)") { return true }
    }
    print("SKIPPED: no \(program): Scripts/install-validators.sh installs it")
    return false
  }

  /// Whether a file is there; says so where it is not.
  static func haveFile(_ path: String) -> Bool {
    if FileManager.default.fileExists(atPath: path) { return true }
    print("SKIPPED: no \(path): Scripts/install-validators.sh installs it")
    return false
  }

  /// Runs a program to its end, with input from a string.
  static func run(
    _ program: String, _ arguments: [String], input: String = "",
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = (variables["PATH"] ?? "") + ":/usr/sbin:/sbin"
    variables["LC_ALL"] = "C.UTF-8"
    for (key, value) in environment { variables[key] = value }
    process.environment = variables
    let folder = try TemporaryFolder()
    let inputURL = try folder.write(input, to: "input")
    let outputURL = try folder.write("", to: "output")
    let errorsURL = try folder.write("", to: "errors")
    process.standardInput = try FileHandle(forReadingFrom: inputURL)
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorsURL)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(decoding: Data(contentsOf: outputURL), as: UTF8.self),
      errors: try String(decoding: Data(contentsOf: errorsURL), as: UTF8.self))
  }
}

/// A folder that is gone when the last reference to it is.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("passthru-config-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file
  }
}
