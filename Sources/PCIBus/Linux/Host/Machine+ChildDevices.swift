// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads which interfaces, disks and cards drivers made of the functions.
  ///
  /// The class directories list them, so that the cost is one link a device
  /// and nothing a function.
  mutating func readChildDevices(_ tree: borrowing SystemTree, _ disks: borrowing BlockDevices) {
    var children: [ChildDevice] = []
    func add(_ kind: ChildDevice.Kind, _ folder: String, where isWanted: (String) -> Bool) {
      for name in tree.names(folder) where isWanted(name) {
        if let function = deviceFunction(folder + "/" + name, tree) {
          children.append(ChildDevice(kind: kind, name: name, function: function))
        }
      }
    }
    add(.network, "class/net") { _ in true }
    add(.nvme, "class/nvme") { _ in true }
    // Connectors are named `card0-HDMI-A-1`.
    add(.display, "class/drm") { $0.hasPrefix("card") && !$0.contains("-") }
    for name in tree.names("class/graphics") where name.hasPrefix("fb") && name != "fbcon" {
      if let function = deviceFunction("class/graphics/" + name, tree)
        ?? firmwareDisplay(below: "class/graphics/" + name, tree)
      {
        children.append(ChildDevice(kind: .framebuffer, name: name, function: function))
      }
    }
    add(.sound, "class/sound") { $0.hasPrefix("card") }
    add(.usb, "bus/usb/devices") { $0.hasPrefix("usb") }
    add(.input, "class/input") { $0.hasPrefix("input") }
    add(.serial, "class/tty") { $0.hasPrefix("ttyS") }
    for disk in disks.wholeDisks {
      for function in disks.functionsRightBelow(disk) {
        children.append(ChildDevice(kind: .block, name: disk, function: function))
      }
    }
    childDevices = children.sorted {
      ($0.function, $0.kind.rawValue, $0.name) < ($1.function, $1.kind.rawValue, $1.name)
    }
  }
}

extension Machine {
  /// The function whose memory a framebuffer of the firmware uses, which before Linux 6.9
  /// hangs on a platform device (drivers/firmware/sysfb.c): `/proc/iomem` tells root, and
  /// otherwise the display that the firmware booted on is it.
  private func firmwareDisplay(
    below path: String, _ tree: borrowing SystemTree
  ) -> FunctionAddress? {
    guard let link = tree.link(path), link.components.contains("platform") else { return nil }
    var owner: FunctionAddress?
    for words in tree.words("iomem") ?? [] {
      guard let name = words.last, words.first?.hasPrefix("0000") != true else { continue }
      if let address = FunctionAddress(name) { owner = address }
      if ["efifb", "vesafb", "simplefb", "simple-framebuffer", "BOOTFB"].contains(name), let owner {
        return owner
      }
    }
    let displays = functions.filter { $0.isBootVGA == true }
    return displays.count == 1 ? displays.first?.address : nil
  }
}

/// The function that a device of a class is below.
///
/// Where the class entry is a directory, as in Linux 2.6 and some recordings,
/// its `device` link is used.
func deviceFunction(_ path: String, _ tree: borrowing SystemTree) -> FunctionAddress? {
  (tree.link(path) ?? tree.link(path + "/device"))?.function
}
