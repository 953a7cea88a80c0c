// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads the document `passthru.host/1` back.
///
/// A member that is missing is unknown; a member of the wrong kind, and an
/// address that is there twice, are errors that name the member.
public struct MachineReader {
  /// Why a document is not a host.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong, in one sentence without a full stop.
    public let reason: String
  }

  /// Reads a snapshot's bytes.
  public static func read(_ bytes: [UInt8], location: String) throws(Failure) -> Machine {
    let document: JSONValue
    do throws(JSONReader.Failure) {
      document = try JSONReader.read(bytes)
    } catch {
      throw Failure(reason: "line \(error.line): \(error.reason)")
    }
    return try MachineReader().host(document, location: location)
  }

  private func host(_ document: JSONValue, location: String) throws(Failure) -> Machine {
    guard let schema = document["schema"]?.text else {
      throw Failure(reason: "there is no member \"schema\"")
    }
    guard schema == MachineWriter.schema else {
      throw Failure(
        reason: "the schema is \(displayText(schema.utf8)), not \(MachineWriter.schema)")
    }
    guard let functions = document["functions"]?.elements else {
      throw Failure(reason: "there is no array \"functions\"")
    }
    var host = Machine(
      source: Source(kind: .snapshot, location: location),
      system: OperatingSystem(family: .unknown))
    try read(Machine.facts.map { $0.reader }, of: document, into: &host, at: "")
    var seen = Set<FunctionAddress>()
    host.functions.reserveCapacity(functions.count)
    for (index, value) in functions.enumerated() {
      // What every function has is read over these.
      var function = Function(
        address: .zero, identity: Identity(vendorID: 0xffff, deviceID: 0xffff))
      try read(
        value["configuration"] == nil ? Function.readers : Function.readersBesideCapabilities,
        of: value, into: &function, at: "functions[\(index)]: ")
      guard seen.insert(function.address).inserted else {
        throw Failure(reason: "the function \(function.address.description) is there twice")
      }
      host.functions.append(function)
    }
    return host
  }

  private func read<Subject>(
    _ readers: [Fact<Subject>.Reader], of document: JSONValue, into subject: inout Subject,
    at place: String
  ) throws(Failure) {
    for reader in readers {
      do throws(JSONMismatch) { try reader.read(document[reader.name], &subject) } catch {
        throw Failure(reason: place + error.reason)
      }
    }
  }
}
