// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads the document `passthru.host/1` back.
///
/// A member that is missing is unknown; a member of the wrong kind, and an
/// address that is there twice, are errors that name the member.
public struct HostReader {
  /// Why a document is not a host.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong, in one sentence without a full stop.
    public let reason: String
  }

  /// Reads a snapshot's bytes.
  public static func read(_ bytes: [UInt8], location: String) throws(Failure) -> Host {
    let document: JSONValue
    do throws(JSONReader.Failure) {
      document = try JSONReader.read(bytes)
    } catch {
      throw Failure(reason: "line \(error.line): \(error.reason)")
    }
    return try HostReader().host(document, location: location)
  }

  private func host(_ document: JSONValue, location: String) throws(Failure) -> Host {
    guard let schema = document["schema"]?.text else {
      throw Failure(reason: "there is no member \"schema\"")
    }
    guard schema == HostWriter.schema else {
      throw Failure(reason: "the schema is \(displayText(schema.utf8)), not \(HostWriter.schema)")
    }
    guard let functions = document["functions"]?.elements else {
      throw Failure(reason: "there is no array \"functions\"")
    }
    do throws(Failure) { try NumberRanges.host.check(document) } catch {
      throw Failure(reason: String(error.reason.dropFirst()))
    }
    var system = OperatingSystem(family: .unknown)
    system.family =
      document["os"]?.text.flatMap { OperatingSystem.Family(rawValue: $0) } ?? .unknown
    system.release = document["kernel"]?.text
    system.architecture = document["architecture"]?.text
    var host = Host(source: Source(kind: .snapshot, location: location), system: system)
    host.isInKernelOrder = document["isInKernelOrder"]?.flag ?? false
    if let iommu = document["iommu"] { host.iommu = self.iommu(iommu) }
    var seen = Set<FunctionAddress>()
    host.functions.reserveCapacity(functions.count)
    for (index, value) in functions.enumerated() {
      let function = try FunctionReader(value, position: index).function()
      guard seen.insert(function.address).inserted else {
        throw Failure(reason: "the function \(function.address.description) is there twice")
      }
      host.functions.append(function)
    }
    HostFactsReader(document).read(into: &host)
    return host
  }

  private func iommu(_ value: JSONValue) -> IOMMUState {
    IOMMUState(
      kind: value["kind"]?.text.flatMap { IOMMUState.Kind(rawValue: $0) },
      isEnabled: value["isEnabled"]?.flag, isPresent: value["isPresent"]?.flag,
      remapsInterrupts: value["remapsInterrupts"]?.flag,
      units: value["units"]?.elements?.compactMap { $0.text } ?? [])
  }
}
