// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Commands for devctl(8): to ppt at once, until the next boot.
///
/// `devctl set driver` moves no other unit (kern/subr_bus.c, `devctl2_ioctl`).
enum Devctl: ReversibleTarget {
  static let name = "devctl"
  static let summary = "devctl commands: to ppt now, without a reboot"
  static let platform = TargetPlatform.freebsd
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    var lines = ["kldload -n vmm"]
    lines += functions.map { "devctl set driver -f \($0.address.freeBSDSelector) ppt" }
    return ConfigurationDocument(
      text: text(lines),
      warnings: [
        "it holds until the next boot: the loader.conf target is for good",
        "a driver that cannot release a device in use may hang or panic the host (seen with em"
          + " on 12.1): take the interface down or unmount first",
      ])
  }

  /// The command that gives a function back for this boot.
  ///
  /// `devctl clear driver` undoes `set driver` only: a device that pptdevs gave to
  /// ppt has no driver set, and stays there (kern/subr_bus.c, `devctl2_ioctl`).
  static func giveBack(_ address: FunctionAddress, _ driver: String?) -> String {
    let name = driver.flatMap { $0 == "ppt" ? nil : $0 } ?? "DRIVER"
    return "devctl set driver -f \(address.freeBSDSelector) \(name)"
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    functions.map { "devctl clear driver -f \($0.address.freeBSDSelector)" }
  }
}
