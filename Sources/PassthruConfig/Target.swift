// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// A target by value: Embedded Swift has no existential to hold the type.
public struct Target: Sendable {
  /// The name on the command line.
  public let name: String
  /// What it writes, in one line.
  public let summary: String
  /// The kind of host it is for.
  public let platform: TargetPlatform
  /// How its format writes comments.
  public let comments: CommentStyle
  /// Whether the text names the guest; where it does not, none needs to be given.
  public let namesGuest: Bool
  /// Whether the text names devices by their ids; where it does, they must be recorded.
  public let namesIdentifiers: Bool
  private let write:
    @Sendable (ConfigurationRequest) -> Result<ConfigurationDocument, ConfigurationError>
  private let revert:
    @Sendable (ConfigurationRequest) -> Result<ConfigurationDocument?, ConfigurationError>

  private let work:
    @Sendable (ConfigurationRequest, [UInt8]) -> Result<ConfigurationMerge?, ConfigurationError>

  /// Wraps a target's type.
  public init<Wrapped: ConfigurationTarget>(_: Wrapped.Type) {
    name = Wrapped.name
    summary = Wrapped.summary
    platform = Wrapped.platform
    comments = Wrapped.comments
    namesGuest = Wrapped.namesGuest
    namesIdentifiers = Wrapped.namesIdentifiers
    write = { request in
      do throws(ConfigurationError) {
        return .success(try Wrapped.emit(request))
      } catch {
        return .failure(error)
      }
    }
    revert = { request in
      do throws(ConfigurationError) {
        return .success(try Wrapped.undo(request))
      } catch {
        return .failure(error)
      }
    }
    work = { request, existing in
      do throws(ConfigurationError) {
        return .success(try Wrapped.merge(request, into: existing))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Writes the configuration, with the request's remarks as comments.
  ///
  /// Where the format has no comments the remarks are warnings.
  package func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    try checkIdentifiers(request)
    var document = try write(request).get()
    if comments == .none {
      document.warnings = request.remarks + document.warnings
    } else {
      document.text = comments.adding(request.remarks, to: document.text)
    }
    return document
  }

  /// Writes the way back; `nil` where taking the text out again is all of it.
  package func undo(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument? {
    try revert(request).get()
  }

  /// Works the configuration into an existing file; `nil` where the target has no such way.
  ///
  /// Comments, order and everything that is not ours stay. Merging twice is
  /// merging once. Files above `ConfigurationMerge.largestFile` are refused.
  package func merge(
    _ request: ConfigurationRequest, into existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    guard existing.count <= ConfigurationMerge.largestFile else {
      throw ConfigurationError(
        "the file has \(existing.count) bytes, more than any file of its kind",
        remedy: "name the right file")
    }
    try checkIdentifiers(request)
    return try work(request, existing).get()
  }

  /// Refuses devices without recorded ids, where the text would name them by these.
  private func checkIdentifiers(_ request: ConfigurationRequest) throws(ConfigurationError) {
    guard namesIdentifiers else { return }
    for address in request.devices
    where request.host.function(at: address)?.hasIdentity == false {
      throw ConfigurationError(
        "the ids of \(address) are not recorded, and \(name) names devices by them",
        remedy: "record with lspci -nn, or choose a target that names addresses alone")
    }
  }

  /// The system that hands functions over to this consumer.
  public func consumer(on machine: Machine) -> Consumer {
    switch platform {
    case .freebsd: .bhyve
    case .linux, .hypervisor, .cluster: .vfio
    case .other: Consumer(for: machine)
    }
  }

  /// The target with a name.
  public static func named(_ name: String) -> Target? { all.first { $0.name == name } }
}
