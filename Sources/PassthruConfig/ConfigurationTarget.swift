// SPDX-License-Identifier: Apache-2.0

/// One consumer whose configuration can be written.
///
/// One conforming type a file under `Targets/`; `Target.all` lists them.
public protocol ConfigurationTarget: Sendable {
  /// The name on the command line: `vm-bhyve`.
  static var name: String { get }
  /// What it writes, in one line.
  static var summary: String { get }
  /// The kind of host it is for.
  static var platform: TargetPlatform { get }
  /// How its format writes comments.
  static var comments: CommentStyle { get }
  /// Whether the text names the guest; where it does not, none needs to be given.
  static var namesGuest: Bool { get }
  /// Whether the text names devices by their ids; where it does, they must be recorded.
  static var namesIdentifiers: Bool { get }
  /// Writes the configuration.
  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument
  /// Writes the way back; `nil` where taking the text out again is all of it.
  static func undo(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument?
  /// Works the configuration into an existing file; `nil` where it has no such way.
  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge?
}

extension ConfigurationTarget {
  static var comments: CommentStyle { .hash }
  static var namesGuest: Bool { true }
  static var namesIdentifiers: Bool { false }

  static func undo(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument? { nil }

  static func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? { nil }
}
