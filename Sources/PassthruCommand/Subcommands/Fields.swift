// SPDX-License-Identifier: Apache-2.0

internal import PassthruReport

/// The subcommand `fields`.
struct Fields: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "fields", "The dotted names of all decoded fields, for show --field.", need: .nothing,
    examples: [.init("fields", "all of them, one per line")])

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work { .answer { CommandResult(FieldReport.catalogue()) } }
}
