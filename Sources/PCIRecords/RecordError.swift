// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Why no host could be made of a recording.
///
/// What was skipped in a recording that could be read is no error but a gap of
/// the host. The description says what happened and what to do.
public enum RecordError: Error, Hashable, Sendable {
  /// Nothing but blanks: `size` bytes of them.
  case empty(size: Int)
  /// Not a text: a control character is at `offset`.
  case binary(offset: Int, size: Int)
  /// JSON, but no snapshot of this project.
  case foreignJSON
  /// A text without a header line of lspci or pciconf.
  case noHeader(lines: Int, first: String)
  /// A text with header lines, none of which names a function's ids.
  case noIdentity(RecordKind, line: Int, reason: String)
  /// Two entries for one function, with the numbers of their lines.
  case duplicateAddress(FunctionAddress, first: Int, second: Int)
  /// More functions than a machine can have.
  case tooManyFunctions(limit: Int)
  /// A snapshot that does not follow its schema.
  case snapshot(reason: String)
}

extension RecordError: CustomStringConvertible {
  /// What happened, and what to do, in one line without a full stop.
  public var description: String {
    switch self {
    case .empty(let size):
      size == 0
        ? "the file is empty: record again, for example with \(Self.commands)"
        : "the file holds nothing but \(size) blanks: record again, for example with "
          + Self.commands
    case .binary(let offset, let size):
      "the file is not text (a control character at byte \(offset) of \(size)): "
        + "give the output of \(Self.commands), a snapshot, or a sysfs directory"
    case .foreignJSON:
      "the file is JSON without the schema passthru.host: give a document of passthru snapshot"
    case .noHeader(let lines, let first):
      "none of the \(lines) lines starts a function as lspci or pciconf do (the text begins "
        + "\"\(first)\"): give the output of \(Self.commands)"
    case .noIdentity(let kind, let line, let reason):
      "no function could be read; the first header, line \(line), failed because \(reason): "
        + "record with \(kind == .pciconf ? "pciconf -lvbc" : "lspci -nnvvvxxxx, as root")"
    case .duplicateAddress(let address, let first, let second):
      "the recording has \(address) twice, in lines \(first) and \(second): "
        + "give one recording of one machine"
    case .tooManyFunctions(let limit):
      "the recording has more than \(limit) functions: give one recording of one machine"
    case .snapshot(let reason):
      "the snapshot cannot be read: \(reason): take it again with passthru snapshot"
    }
  }

  private static var commands: String { "pciconf -lvbc or lspci -nnvvvxxxx" }
}
