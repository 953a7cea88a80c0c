// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

extension Machine {
  /// Asks the running kernel which disks on some functions are in use, and adds what it says.
  ///
  /// For root, right before a change: files do not tell of mounts in other namespaces, of
  /// the other devices of a btrfs or a ZFS pool, and of an external journal. Each block
  /// device is opened alone for a moment (`O_EXCL`); nothing is read or written. A disk
  /// that sleeps is not woken, and that is said.
  public mutating func readClaims(on addresses: Set<FunctionAddress>) {
    guard source.kind == .live, isRoot(), let location = try? SysfsLocation(at: "/sys") else {
      return
    }
    let tree = SystemTree(location)
    let disks = BlockDevices(tree)
    for whole in disks.wholeDisks {
      let functions = disks.functionsRightBelow(whole).filter { addresses.contains($0) }
      guard !functions.isEmpty else { continue }
      if tree.line("class/block/\(whole)/device/power/runtime_status") == "suspended" {
        noteUnasked("\(whole) sleeps, and was not woken to be asked", functions)
        continue
      }
      let parts = disks.numbered.filter { disks.disk(of: $0.name) == whole || $0.name == whole }
      var held: [(number: String, name: String)] = []
      for part in parts {
        // Slashes are exclamation marks in sysfs: /dev/cciss/c0d0.
        let node = "/dev/" + part.name.split(separator: "!").joined(separator: "/")
        switch BlockClaim(node: node, number: part.number) {
        case .free: continue
        case .held: held.append(part)
        case .unknown(let reason): noteUnasked(reason, functions)
        }
      }
      // A partition that is held has its disk held; it says more.
      if held.count > 1 { held.removeAll { $0.name == whole } }
      for part in held where !dependencies.contains(where: { $0.chain.contains(part.name) }) {
        let subject = Self.holder(of: part, tree)
        for function in functions {
          dependencies.append(
            HostDependency(
              kind: .program, subject: subject,
              chain: part.name == whole ? [whole] : [part.name, whole], function: function))
        }
      }
    }
  }

  private mutating func noteUnasked(_ reason: String, _ functions: [FunctionAddress]) {
    for function in functions {
      gaps.append(
        Gap(
          .function(function), HostDependency.programFact, reason: reason,
          remedy: "see lsblk and fuser for what uses it"))
    }
  }

  /// Who has a block device for itself, as far as the kernel's files tell.
  private static func holder(
    of part: (number: String, name: String), _ tree: borrowing SystemTree
  ) -> String {
    if let above = tree.names("class/block/\(part.name)/holders").first { return above }
    var spaces: Set<[UInt8]> = []
    var buffer = ReadBuffer()
    for process in tree.processNames(".") ?? [] where process.allSatisfy(\.isNumber) {
      // Processes of one namespace see the same mounts.
      guard let space = tree.processLink(process + "/ns/mnt", into: &buffer),
        spaces.insert(space).inserted
      else { continue }
      for words in tree.words(process + "/mountinfo") ?? []
      where words.count > 4 && words[2] == part.number {
        let name = tree.words(process + "/comm")?.first?.joined(separator: " ") ?? "process"
        return MountedFileSystem.unescaped(words[4]) + ", as \(name) (\(process)) sees it,"
      }
    }
    return "what the kernel has it open for, alone (a file system, a pool, a journal),"
  }
}
