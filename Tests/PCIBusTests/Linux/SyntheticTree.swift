// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A sysfs tree made by a test, in a directory that goes away with it.
///
/// Files are written in the kernel's formats, which the tests spell out by hand.
final class SyntheticTree {
  let root: URL

  init() throws {
    let memory = URL(fileURLWithPath: "/dev/shm")
    let base =
      FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    root = base.appendingPathComponent("swift-pci-tree-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Writes a file, and the directories above it.
  func write(_ path: String, _ text: String) throws {
    let url = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Makes a symbolic link, and the directories above it.
  func link(_ path: String, to target: String) throws {
    let url = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
  }

  /// Adds a function: `path` is its directory below `sys/devices`.
  func addFunction(
    _ path: String, uevent: String = "PCI_CLASS=20000\nPCI_ID=8086:1521\n",
    resource: [String] = Array(repeating: SyntheticTree.emptyLine, count: 13)
  ) throws {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    try write("sys/devices/\(path)/uevent", uevent)
    try write("sys/devices/\(path)/resource", resource.map { $0 + "\n" }.joined())
    try link("sys/bus/pci/devices/\(name)", to: "../../../devices/\(path)")
  }

  static let emptyLine = "0x0000000000000000 0x0000000000000000 0x0000000000000000"
}
