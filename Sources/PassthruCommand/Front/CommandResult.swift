// SPDX-License-Identifier: Apache-2.0

internal import PCIHost

/// What a subcommand prints, and how it ended.
public struct CommandResult: Hashable, Sendable {
  /// The bytes for standard output.
  public var output: [UInt8]
  /// The lines for standard error, each without its line end.
  public var messages: [String]
  /// How it ended.
  public var status: ExitStatus
  /// The file to replace, with its new bytes; `nil` where none is.
  public var replacement: InputFile?

  /// Wraps what a subcommand printed.
  public init(output: [UInt8], messages: [String] = [], status: ExitStatus = .done) {
    self.output = output
    self.messages = messages
    self.status = status
  }

  init(_ text: String, messages: [String] = [], status: ExitStatus = .done) {
    self.init(output: Array(text.utf8), messages: messages, status: status)
  }

  /// A JSON document, indented.
  static func json(
    messages: [String] = [], status: ExitStatus = .done, _ write: (inout JSONWriter) -> Void
  ) -> CommandResult {
    var json = JSONWriter(isIndented: true)
    write(&json)
    return CommandResult(output: json.bytes, messages: messages, status: status)
  }

  /// An error: what happened, and what to do.
  public static func failure(_ status: ExitStatus, _ message: String) -> CommandResult {
    CommandResult(output: [], messages: ["passthru: " + message], status: status)
  }
}
