// SPDX-License-Identifier: Apache-2.0

/// Where the host and the names come from.
struct SourceOptions {
  /// The recording; `nil` is this machine.
  var from: String?
  /// The recording's kind; `nil` is told by content.
  var kind: String?
  /// The access method; `nil` is the system's own.
  var via: String?
  /// The file with names; `nil` is the system's.
  var pciIDs: String?
  /// Whether devices in D3cold may be woken.
  var wake = false
}
