// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// A kind of recording that is told apart by its content.
public enum RecordKind: String, Hashable, Sendable, CaseIterable {
  /// Hexadecimal dumps by `lspci -x`, `-xxx` or `-xxxx`, or lspci text with numeric ids.
  case lspci
  /// The text of FreeBSD's or DragonFly's `pciconf -l`.
  case pciconf
  /// A snapshot of this project, a JSON document.
  case snapshot

  /// The kind of source that a host read from it has.
  public var sourceKind: Source.Kind {
    switch self {
    case .lspci: .lspci
    case .pciconf: .pciconf
    case .snapshot: .snapshot
    }
  }
}
