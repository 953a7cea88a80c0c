// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import PCIRecords
import TestCorpora

/// Hosts of the corpora, for tests that need many.
enum CorporaHosts {
  /// Each recording that can be read, with its name; empty where the corpora are absent.
  static func all() throws -> [(String, Machine)] {
    guard TestCorpora.isPresent else { return [] }
    var hosts: [(String, Machine)] = []
    for archive in ["intel-rich", "noiommu-rich", "legacy-i440fx", "arm-smmuv3", "vfio-bound"] {
      let folder = try TestCorpora.unpacked("linux-vm/\(archive).tar.zst")
      guard let root = sysfsRoot(below: folder) else { continue }
      hosts.append((archive, try SysfsScanner(root: root.path).scan()))
    }
    hosts += try recordings()
    return hosts
  }

  /// One of the project's own recordings.
  static func fixture(_ name: String) throws -> Machine {
    let file = TestCorpora.fixtures.appendingPathComponent(name)
    return try Machine(recording: try TestCorpora.bytes(file), location: name)
  }

  /// The recordings that are one file: pciconf's and lspci's texts.
  static func recordings() throws -> [(String, Machine)] {
    let files = TestCorpora.files("pciconf", suffix: ".pciconf") + TestCorpora.files("lspci-hex")
    var hosts: [(String, Machine)] = []
    for file in files {
      let name = file.lastPathComponent
      hosts.append((name, try Machine(recording: try TestCorpora.bytes(file), location: name)))
    }
    return hosts
  }

  /// The folder that holds `bus/pci`.
  static func sysfsRoot(below folder: URL) -> URL? {
    let files = FileManager.default
    var pending = [folder]
    for _ in 0..<50 {
      guard !pending.isEmpty else { return nil }
      let next = pending.removeFirst()
      let devices = next.appendingPathComponent("bus/pci/devices/")
      var isFolder: ObjCBool = false
      if files.fileExists(atPath: devices.path, isDirectory: &isFolder), isFolder.boolValue {
        return next
      }
      let names = (try? files.contentsOfDirectory(atPath: next.path)) ?? []
      pending += names.sorted().map { next.appendingPathComponent($0) }
    }
    return nil
  }
}
