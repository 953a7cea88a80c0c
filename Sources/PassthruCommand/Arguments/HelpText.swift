// SPDX-License-Identifier: Apache-2.0

internal import PassthruReport

/// The help, made from the table of subcommands.
struct HelpText {
  static let summary =
    "passthru says which PCI devices a virtual machine can have, why, and how to give them."
  static let selectors =
    "SELECTOR is an address (0a:00.0, pci0:10:0:0, 10/0/0), all functions of a slot (0a:00), "
    + "a driver unit, a network interface or a disk (em0, eth0, nvme0n1), ids (8086:1521), "
    + "class:NAME, driver:NAME or group:N."
  static let statuses =
    "Exit status: 0 done, and nothing selected is blocked; 1 something selected is blocked or "
    + "unknown; 2 the source could not be read; 64 the arguments are wrong."

  private let width: Int

  init(_ style: TextStyle) { width = min(style.width, 100) }

  /// The subcommands, a line or two each: README has the same.
  static func table(_ width: Int) -> String {
    rows(Subcommand.shown.map { ("passthru " + $0.usage, $0.declaration.summary) }, width)
  }

  /// The whole help.
  var whole: String {
    paragraph(Self.summary) + "\n" + Self.table(width) + "\n"
      + paragraph("Without a subcommand it is list. passthru help SUBCOMMAND says more of one.")
      + "\n" + paragraph(Self.selectors) + "\nOptions of all subcommands:\n"
      + Self.rows(
        CommonOptions.options.map { ("  " + $0.declaration.usage, $0.declaration.help) } + [
          ("  -h, --help", "Show help, or that of the subcommand."),
          ("  --version", "Show the version."),
        ], width)
      + "\n" + paragraph(Self.statuses)
  }

  /// The page of one subcommand: examples first.
  func page(of subcommand: Subcommand) -> String {
    let declaration = subcommand.declaration
    var text = paragraph("passthru \(subcommand.name): \(declaration.summary)") + "\n"
    if !declaration.examples.isEmpty {
      let examples = declaration.examples.map { example in
        ("  passthru" + (example.line.isEmpty ? "" : " " + example.line), example.meaning)
      }
      text += "Examples:\n" + Self.rows(examples, width) + "\n"
    }
    text += "Usage: passthru " + subcommand.usage + " [OPTION...]\n\n"
    if !declaration.details.isEmpty { text += paragraph(declaration.details) + "\n" }
    let arguments = subcommand.arguments()
    if !arguments.isEmpty {
      text += "Arguments:\n" + Self.rows(arguments.map { ("  " + $0.name, $0.help) }, width) + "\n"
    }
    let own = subcommand.ownOptions().filter { !$0.isHidden }
    if !own.isEmpty { text += "Options:\n" + options(own) + "\n" }
    text += "Options of other subcommands too:\n"
    text += options(Array(subcommand.options.dropFirst(own.count)))
    if arguments.contains(where: { $0.name == "SELECTOR" }) {
      text += "\n" + paragraph(Self.selectors)
    }
    return text
  }

  private func options(_ options: [OptionDeclaration]) -> String {
    Self.rows(options.map { ("  " + $0.usage, $0.help) }, width)
  }

  private func paragraph(_ text: String) -> String {
    text.wrapped(width).joined(separator: "\n") + "\n"
  }

  /// Two columns, the second wrapped; what is too long for the first has a line of its own.
  private static func rows(_ rows: [(String, String)], _ width: Int) -> String {
    let room = max(20, min(40, width / 2 - 2))
    let longest = rows.map { $0.0.utf8.count }.filter { $0 <= room }.max() ?? room
    let indent = longest + 2
    var text = ""
    for (first, second) in rows {
      let lines = second.wrapped(max(20, width - indent))
      let start = first.utf8.count <= longest ? first : ""
      if start.isEmpty { text += first + "\n" }
      for (number, line) in lines.enumerated() {
        let left = number == 0 ? start : ""
        text += left + String(repeating: " ", count: indent - left.utf8.count) + line + "\n"
      }
    }
    return text
  }
}
