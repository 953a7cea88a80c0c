// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora

/// The recorded sysfs trees that tests read.
enum SysfsTrees {
  /// Every archive of the corpora that holds a sysfs tree.
  static let all: [String] = ["linux-vm", "hwloc", "ghw"].flatMap { folder in
    TestCorpora.files(folder).map { folder + "/" + $0.lastPathComponent }
      .filter { $0.contains(".tar.") }
  }

  /// The trees of real kernels booted for this project: whole, and with what
  /// the guest's own lspci said.
  static let whole: [String] = all.filter { $0.hasPrefix("linux-vm/") }

  /// The trees that hold configuration space: not ghw's, nor the one made of
  /// `class` files only.
  static let withConfiguration: [String] = all.filter {
    !$0.hasPrefix("ghw/") && !$0.contains("nvidiagpunumanodes")
  }

  /// The directory `bus/pci/devices` below an unpacked tree, found without the scanner.
  static func devices(below folder: URL) throws -> URL {
    let wrappers = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let found = ([""] + wrappers.map { $0 + "/" })
      .map { folder.appendingPathComponent($0 + "sys/bus/pci/devices") }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
    guard found.count == 1 else { throw CocoaError(.fileNoSuchFile) }
    return found[0]
  }
}
