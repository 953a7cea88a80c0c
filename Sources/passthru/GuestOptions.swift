// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import PassthruCommand

/// The options about the guest.
struct GuestOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The name of the guest.", valueName: "name"))
  var guest: String?

  @Option(
    help: ArgumentHelp("The guest slot to start at: SLOT or SLOT:FUNCTION.", valueName: "slot"))
  var slot: String?

  @Option(help: ArgumentHelp("A file with the expansion ROM for the guest.", valueName: "file"))
  var rom: String?

  @Option(help: ArgumentHelp("The place in the guest's boot order.", valueName: "number"))
  var bootIndex: Int?

  @Option(help: ArgumentHelp("FreeBSD's major release, 12 to 15.", valueName: "number"))
  var release: Int?

  @Option(
    name: .customLong("hypervisor-version"),
    help: ArgumentHelp("The version of the hypervisor or the manager.", valueName: "version"))
  var version: String?

  /// Adds the choices to an invocation.
  func add(to invocation: inout Invocation) {
    invocation.guest = guest
    invocation.guestSlot = slot
    invocation.romFile = rom
    invocation.bootIndex = bootIndex
    invocation.release = release
    invocation.version = version
  }
}
