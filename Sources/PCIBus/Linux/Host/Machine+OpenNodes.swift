// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads which programs have a device open that matters here.
  ///
  /// Groups that vfio holds, and graphics cards.
  mutating func readOpenNodes(
    _ tree: borrowing SystemTree, _ open: OpenDevices, _ capabilities: UInt64?
  ) {
    let places = nodes(tree)
    // CAP_SYS_PTRACE (bit 19) lets a process read the links of all others.
    linux?.seesAllPrograms = capabilities.map { $0 & 1 << 19 != 0 }
    linux?.openNodes = open.entries.flatMap { entry in
      (places[entry.path] ?? []).map {
        OpenNode(
          function: $0, path: entry.path, process: entry.process, processID: entry.processID)
      }
    }.sorted { ($0.function, $0.path, $0.processID) < ($1.function, $1.path, $1.processID) }
    if !places.isEmpty, linux?.seesAllPrograms != true {
      gaps.append(
        Gap(
          .host, "linux.openNodes", reason: "the files of other users' programs were not seen",
          remedy: "run as root"))
    }
  }

  /// Finds the programs that have a disk, a partition or a volume open.
  mutating func readOpenDisks(_ open: OpenDevices, _ disks: borrowing BlockDevices) {
    for entry in open.entries {
      let subject = "\(entry.process) (\(entry.processID))"
      if let disk = disks.name(path: entry.path) {
        add(.program, subject, disks.foundations(of: disk))
      } else if Self.isDisk(entry.path) {
        noteUnresolved(
          HostDependency.programFact, subject,
          "it has \(entry.path) open, which sysfs does not show", "see lsblk -s for where it is")
      }
    }
  }

  /// Whether a path is named as the kernel names disks; `/dev/nvme0` is a controller.
  private static func isDisk(_ path: String) -> Bool {
    let name = path.utf8.dropFirst("/dev/".utf8.count)
    if name.starts(with: "nvme".utf8) { return name.dropFirst(4).contains(UInt8(ascii: "n")) }
    return ["sd", "vd", "md", "dm-"].contains { name.starts(with: $0.utf8) }
  }

  /// The functions of each node, by the node's path.
  private func nodes(_ tree: borrowing SystemTree) -> [String: [FunctionAddress]] {
    var nodes: [String: [FunctionAddress]] = [:]
    for function in functions where passthroughDriver(function.driver?.name) == .vfio {
      if let group = function.iommuGroup {
        nodes["/dev/vfio/\(group)", default: []].append(function.address)
      }
    }
    // A node for each device instead of its group (Linux 6.6 and later).
    for name in tree.names("class/vfio-dev") {
      if let function = deviceFunction("class/vfio-dev/" + name, tree) {
        nodes["/dev/vfio/devices/" + name] = [function]
      }
    }
    for name in tree.names("class/drm")
    where (name.hasPrefix("card") || name.hasPrefix("renderD")) && !name.contains("-") {
      if let function = deviceFunction("class/drm/" + name, tree) {
        nodes["/dev/dri/" + name] = [function]
      }
    }
    // NVIDIA's own driver numbers its cards in a file of its own.
    for name in tree.processNames("driver/nvidia/gpus") ?? [] {
      guard let function = FunctionAddress(name),
        let lines = tree.words("driver/nvidia/gpus/" + name + "/information")
      else { continue }
      for words in lines where words.count == 3 && words[0] == "Device" && words[1] == "Minor:" {
        nodes["/dev/nvidia" + words[2]] = [function]
      }
    }
    return nodes
  }
}
