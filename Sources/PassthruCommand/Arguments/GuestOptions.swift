// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruConfig

/// What `plan` and `emit` are told of the guest.
struct GuestOptions: Hashable, Sendable {
  /// The guest's name.
  var name: String?
  /// The guest slot and function to start at: `20`, `20:0`.
  var slot: String?
  /// The file with the expansion ROM for the guest.
  var romFile: String?
  /// The place in the guest's boot order.
  var bootIndex: Int?
  /// FreeBSD's major release.
  var release: Int?
  /// The hypervisor's version: `10.0`.
  var version: String?

  /// The request for a host with these choices.
  func request(on host: Machine) throws(ArgumentError) -> ConfigurationRequest {
    guard let name else {
      throw ArgumentError("the guest has no name: add --guest NAME", isWhole: true)
    }
    var request = ConfigurationRequest(host: host, devices: [], guest: name)
    do throws(ConfigurationError) { try request.checkGuestName() } catch {
      throw ArgumentError(error.reason + ": " + error.remedy, isWhole: true)
    }
    if let slot {
      let parts = slot.split(separator: ":", omittingEmptySubsequences: false)
      guard let number = UInt8(parts[0]), number < 32, parts.count <= 2,
        parts.count == 1 || UInt8(parts[1]).map({ $0 < 8 }) == true
      else {
        throw ArgumentError(
          "\(displayText(slot.utf8)) is not a guest slot: write SLOT or SLOT:FUNCTION, "
            + "0 to 31 and 0 to 7", isWhole: true)
      }
      request.guestSlot = number
      request.guestFunction = parts.count == 2 ? UInt8(parts[1]) : nil
    }
    if let version {
      var numbers: [Int] = []
      for part in version.split(separator: ".", omittingEmptySubsequences: false) {
        guard let number = Int(part), number >= 0 else {
          throw ArgumentError(
            "\(displayText(version.utf8)) is not a version: write numbers and points",
            isWhole: true)
        }
        numbers.append(number)
      }
      request.version = numbers
    }
    request.romFile = romFile
    request.bootIndex = bootIndex
    request.release = release
    return request
  }
}

/// A subcommand about a guest.
protocol GuestSubcommand: SubcommandOptions {
  var guest: GuestOptions { get set }
}

extension GuestSubcommand {
  static var guestOptions: [CommandOption<Self>] {
    [
      .value("--guest", "NAME", "The name of the guest.") { $0.guest.name = $1 },
      .value("--slot", "SLOT", "The guest slot to start at: SLOT or SLOT:FUNCTION.") {
        $0.guest.slot = $1
      },
      .value(
        "--rom", "FILE", "A file with the expansion ROM for the guest.", completes: .files
      ) { $0.guest.romFile = $1 },
      .number("--boot-index", "NUMBER", "The place in the guest's boot order.") {
        $0.guest.bootIndex = $1
      },
      .number("--release", "NUMBER", "FreeBSD's major release, 12 to 15.") {
        $0.guest.release = $1
      },
      .value(
        "--hypervisor-version", "VERSION", "The version of the hypervisor or the manager."
      ) { $0.guest.version = $1 },
    ]
  }
}
