// SPDX-License-Identifier: Apache-2.0

import DeletionLaw
import Foundation
import PCIBus
import PCIHost
import PassthruAnalysis

/// A recorded sysfs tree, out of which its files are taken.
struct RecordedTree {
  let root: String

  /// The files and links of the tree.
  private var files: [String] {
    let all = FileManager.default.enumerator(
      at: URL(fileURLWithPath: root), includingPropertiesForKeys: [.isDirectoryKey])
    return (all?.compactMap { $0 as? URL } ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) != true
    }.map { $0.path }.sorted()
  }

  /// Takes each file away, scans, and puts it back.
  func hold(_ law: inout DeletionLaw) throws {
    let consumers = [Consumer.vfio, .bhyve]
    let host = try SysfsScanner(root: root).scan()
    let before = consumers.map { host.assessments(for: $0) }
    for file in files {
      try FileManager.default.moveItem(atPath: file, toPath: root + "-taken-out")
      defer { try? FileManager.default.moveItem(atPath: root + "-taken-out", toPath: file) }
      guard let host = try? SysfsScanner(root: root).scan() else { continue }
      for (consumer, before) in zip(consumers, before) {
        law.compare(before, host.assessments(for: consumer), consumer) {
          "the file " + file.dropFirst(root.count + 1)
        }
      }
    }
  }
}
