// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruConfig

/// The document `passthru.emit/1`.
public struct EmitDocument: Sendable {
  private let document: ConfigurationDocument
  private let target: String
  private let request: ConfigurationRequest

  /// Prepares the document.
  ///
  /// - Parameters:
  ///   - document: What was written for the target.
  ///   - target: The target's name.
  ///   - request: What was asked for.
  public init(
    _ document: ConfigurationDocument, target: String, request: ConfigurationRequest
  ) {
    self.document = document
    self.target = target
    self.request = request
  }

  /// Writes the configuration, and what is lost in it.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.emit/1") { json in
      json.member("target", target)
      json.member("guest", request.guest)
      json.member("devices", request.devices.map { $0.description })
      json.member("path", document.path)
      json.member("text", document.text)
      json.member("losses", document.losses)
      json.member("warnings", document.warnings)
      json.member("unknowns", request.unknowns)
      request.host.writeGaps(into: &json)
    }
  }
}
