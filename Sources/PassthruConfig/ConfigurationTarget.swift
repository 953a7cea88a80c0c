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
  /// Writes the configuration.
  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument
}

/// The kind of host a configuration is for.
public enum TargetPlatform: String, Hashable, Sendable, CaseIterable {
  /// A FreeBSD host with bhyve.
  case freebsd
  /// A Linux host's own configuration.
  case linux
  /// A virtual machine monitor on Linux.
  case hypervisor
  /// A cluster's agents.
  case cluster
  /// Some other system.
  case other
}

/// A target by value: Embedded Swift has no existential to hold the type.
public struct Target: Sendable {
  /// The name on the command line.
  public let name: String
  /// What it writes, in one line.
  public let summary: String
  /// The kind of host it is for.
  public let platform: TargetPlatform
  private let write:
    @Sendable (ConfigurationRequest) -> Result<ConfigurationDocument, ConfigurationError>

  /// Wraps a target's type.
  public init<Wrapped: ConfigurationTarget>(_: Wrapped.Type) {
    name = Wrapped.name
    summary = Wrapped.summary
    platform = Wrapped.platform
    write = { request in
      do throws(ConfigurationError) {
        return .success(try Wrapped.emit(request))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Writes the configuration.
  public func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    try write(request).get()
  }

  /// The target with a name.
  public static func named(_ name: String) -> Target? { all.first { $0.name == name } }
}
