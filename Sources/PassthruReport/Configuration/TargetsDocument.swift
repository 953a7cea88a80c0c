// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruConfig

/// The document `passthru.targets/1`.
public struct TargetsDocument: Sendable {
  private let targets: [Target]

  /// Prepares the document.
  public init(_ targets: [Target]) { self.targets = targets }

  /// Writes the consumers that a configuration can be written for.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.targets/1") { json in
      json.array("targets", of: targets) { json, target in
        json.member("name", target.name)
        json.member("platform", target.platform.rawValue)
        json.member("summary", target.summary)
      }
    }
  }
}
