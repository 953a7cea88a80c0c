// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Unpacks archives of the corpora into a folder of this test process.
final class Unpacking: @unchecked Sendable {
  static let shared = Unpacking()

  private let lock = NSLock()
  /// In memory where the system has room for files there: a tree of 980
  /// functions is 44,000 files, which took 2 s there and 59 s on a slow disk.
  private let folder = Unpacking.temporary.appendingPathComponent(
    "swift-pci-corpora-\(ProcessInfo.processInfo.processIdentifier)")
  private var done: [String: URL] = [:]

  private static var temporary: URL {
    let memory = URL(fileURLWithPath: "/dev/shm")
    return FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
  }

  private init() {
    // The folder is the process's own; atexit runs when the tests are over.
    atexit { Unpacking.shared.remove() }
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  func folder(of archive: String) throws -> URL {
    try lock.withLock {
      if let url = done[archive] { return url }
      guard let corpora = TestCorpora.corpora else { throw CocoaError(.fileNoSuchFile) }
      var name = (archive as NSString).lastPathComponent
      if let dot = name.range(of: ".tar.") { name = String(name[..<dot.lowerBound]) }
      let target = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      guard
        try TestCorpora.run(
          "tar",
          ["-xf", corpora.appendingPathComponent(archive).path, "-C", target.path]) != nil
      else { throw CocoaError(.fileReadCorruptFile) }
      done[archive] = target
      return target
    }
  }
}
