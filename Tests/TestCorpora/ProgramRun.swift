// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What one run of a program gave.
public struct ProgramRun: Sendable, Equatable {
  /// What it printed.
  public var output: Data

  /// Its messages.
  public var errors: Data

  /// The exit status; 128 and the signal's number where one ended it, as shells say it.
  public var status: Int32

  /// What it printed, and then its messages.
  public var text: String {
    String(decoding: output, as: UTF8.self) + String(decoding: errors, as: UTF8.self)
  }

  /// Runs a program to its end without input.
  ///
  /// `environment` is added to that of the tests. Output goes through files, since
  /// pipes fill up.
  public init(
    _ executable: URL, _ arguments: [String], environment: [String: String] = [:]
  ) throws {
    let name = "passthru-run-\(UUID().uuidString)"
    let files = ["out", "err"].map {
      FileManager.default.temporaryDirectory.appendingPathComponent("\(name).\($0)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let handles = try files.map { file in
      try Data().write(to: file)
      return try FileHandle(forWritingTo: file)
    }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try process.run()
    process.waitUntilExit()
    output = try Data(contentsOf: files[0])
    errors = try Data(contentsOf: files[1])
    status =
      process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
  }
}
