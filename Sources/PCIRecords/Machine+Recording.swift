// SPDX-License-Identifier: Apache-2.0

public import PCIHost

extension Machine {
  /// Makes a host from the bytes of a recording.
  ///
  /// The kind is told by content unless it is given. A recorded sysfs tree is no
  /// file and not read here: the sysfs scanner reads it under another root.
  ///
  /// - Parameters:
  ///   - bytes: the whole file. Hostile input is safe: it takes time and memory
  ///     in proportion to its size.
  ///   - kind: the kind to read it as, or `nil` to tell by content.
  ///   - location: where it came from, for the host's `source`.
  /// - Throws: `RecordError` where no host can be made; whatever is skipped on the
  ///   way to one is in the host's gaps, with its line number.
  public init(
    recording bytes: [UInt8], as kind: RecordKind? = nil, location: String = "recording"
  ) throws(RecordError) {
    let bytes = PastedText.cleaned(bytes)
    let found: RecordKind
    if let kind {
      _ = try RecordKind.startOfText(bytes)
      found = kind
    } else {
      found = try RecordKind(cleaned: bytes)
    }
    switch found {
    case .lspci: self = try LspciReader.read(bytes, location: location)
    case .pciconf: self = try PciconfReader.read(bytes, location: location)
    case .snapshot:
      do {
        self = try MachineReader.read(bytes, location: location)
      } catch { throw .snapshot(reason: error.reason) }
    }
  }
}

/// How large a recorded host may be.
enum RecordLimits {
  /// More functions than any machine has: the largest host timed has 65,536.
  static let functions = 1 << 18
  /// More capabilities than both lists of one function can hold.
  static let capabilities = 48 + 960
}
