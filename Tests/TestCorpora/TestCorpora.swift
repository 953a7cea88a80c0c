// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the recordings are that tests read.
///
/// `fixtures` is part of the project. The corpora beside the project are
/// other people's and not part of it: a test that needs one is skipped, and
/// says so, where it is absent.
public enum TestCorpora {
  /// The project's root.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The project's own recordings.
  public static let fixtures = root.appendingPathComponent("Fixtures")

  /// The corpora beside the project, or `nil` where they are absent.
  public static let corpora: URL? = {
    let url = root.deletingLastPathComponent().appendingPathComponent("shared/corpora")
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("SKIPPED: no corpora at ../shared/corpora: tests that need them do not run")
      return nil
    }
    return url
  }()

  /// Whether the corpora beside the project are there.
  public static var isPresent: Bool { corpora != nil }

  /// The bytes of a file.
  public static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

  /// The files of a folder of the corpora, sorted; empty where they are absent.
  public static func files(_ folder: String, suffix: String = "") -> [URL] {
    guard let corpora else { return [] }
    let url = corpora.appendingPathComponent(folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().map { url.appendingPathComponent($0) }
  }

  /// The folder that an archive of the corpora unpacks to, unpacked once a run.
  ///
  /// `archive` is a path below the corpora, such as `linux-vm/intel-rich.tar.zst`.
  public static func unpacked(_ archive: String) throws -> URL {
    try Unpacking.shared.folder(of: archive)
  }

  /// Runs a program and returns its output; `nil` where it is not installed or fails.
  public static func run(_ program: String, _ arguments: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
