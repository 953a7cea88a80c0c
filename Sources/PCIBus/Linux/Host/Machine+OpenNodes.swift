// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads which programs have a device open that matters here.
  ///
  /// Groups that vfio holds, and graphics cards. Where the machine has neither, no
  /// program is looked at.
  mutating func readOpenNodes(_ tree: borrowing SystemTree, _ capabilities: UInt64?) {
    let places = nodes(tree)
    // CAP_SYS_PTRACE (bit 19) lets a process read the links of all others.
    linux?.seesAllPrograms = capabilities.map { $0 & 1 << 19 != 0 }
    linux?.openNodes = []
    guard !places.isEmpty else { return }
    var found: [OpenNode] = []
    var buffer = ReadBuffer()
    for process in tree.processNames(".") ?? [] {
      guard let identity = Int(process) else { continue }
      var seen: Set<String> = []
      for file in tree.processNames(process + "/fd") ?? [] {
        guard let target = tree.processLink(process + "/fd/" + file, into: &buffer),
          target.starts(with: "/dev/".utf8)
        else { continue }
        let path = displayText(target)
        guard let functions = places[path], seen.insert(path).inserted else { continue }
        let name = tree.words(process + "/comm")?.first?.joined(separator: " ") ?? process
        for function in functions {
          found.append(
            OpenNode(function: function, path: path, process: name, processID: identity))
        }
      }
    }
    linux?.openNodes = found.sorted {
      ($0.function, $0.path, $0.processID) < ($1.function, $1.path, $1.processID)
    }
    if linux?.seesAllPrograms != true {
      gaps.append(
        Gap(
          .host, "linux.openNodes", reason: "the files of other users' programs were not seen",
          remedy: "run as root"))
    }
  }

  /// Finds the programs that have a disk, a partition or a volume open.
  mutating func readOpenDisks(_ tree: borrowing SystemTree, _ disks: borrowing BlockDevices) {
    var buffer = ReadBuffer()
    for process in tree.processNames(".") ?? [] {
      guard let identity = Int(process) else { continue }
      var seen: Set<String> = []
      for file in tree.processNames(process + "/fd") ?? [] {
        guard let target = tree.processLink(process + "/fd/" + file, into: &buffer),
          target.starts(with: "/dev/".utf8), let disk = disks.name(path: displayText(target)),
          seen.insert(disk).inserted
        else { continue }
        let name = tree.words(process + "/comm")?.first?.joined(separator: " ") ?? "process"
        for found in disks.foundations(of: disk) {
          dependencies.append(
            HostDependency(
              kind: .program, subject: "\(name) (\(identity))", chain: found.chain,
              function: found.function))
        }
      }
    }
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
