// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Writes a host as the document `passthru.host/1`.
public struct MachineWriter {
  /// How much of each function is written.
  public enum Detail: Int, Hashable, Sendable, Comparable {
    /// Inventory only.
    case inventory
    /// All that is decoded besides: the header, a bridge's windows, the capabilities,
    /// and what could not be decoded.
    case decoded
    /// The raw configuration space besides, so that the document can be read back.
    case snapshot

    /// Whether the first has less.
    public static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
  }

  /// The schema's name and version.
  public static let schema = "passthru.host/1"

  // Taken out of the rows once: a bus may have 65,536 functions.
  private static let identityWriters = Function.identityFacts.dropFirst().map { $0.write }
  private static let stateWriters = Function.stateFacts.map { $0.write }

  private let host: Machine
  private let detail: Detail
  private let names: (inout JSONWriter, Function) -> Void

  /// Prepares to write a host; `names` may add members to each function.
  public init(
    _ host: Machine, detail: Detail,
    names: @escaping (inout JSONWriter, Function) -> Void = { _, _ in }
  ) {
    self.host = host
    self.detail = detail
    self.names = names
  }

  /// Writes the document with the functions at these positions.
  public func write(_ indices: [Int]? = nil, into json: inout JSONWriter) {
    let paths = Topology(host).paths
    let indices = indices ?? Array(host.functions.indices)
    var host = host
    if detail == .decoded { host.gaps += decodingGaps(indices) }
    json.object { json in
      json.member("schema", Self.schema)
      write(Machine.systemFacts, of: host, into: &json)
      json.object("source") { json in
        json.member("kind", host.source.kind.rawValue)
        json.member("location", host.source.location)
      }
      write(Machine.platformFacts, of: host, into: &json)
      json.array("functions") { json in
        for index in indices {
          json.object { json in
            write(host.functions[index], path: paths[index], into: &json)
          }
        }
      }
      write(Machine.useFacts, of: host, into: &json)
      Machine.gapsFact.write(host, &json)
    }
  }

  private func write<Subject>(
    _ facts: [Fact<Subject>], of subject: Subject, into json: inout JSONWriter
  ) {
    for fact in facts where fact.detail <= detail { fact.write(subject, &json) }
  }

  private func write(_ function: Function, path: String?, into json: inout JSONWriter) {
    json.member("address", function.address)
    json.member("path", path)
    for write in Self.identityWriters { write(function, &json) }
    names(&json, function)
    for write in Self.stateWriters { write(function, &json) }
    Function.unrecordedFact.write(function, &json)
    if detail == .decoded { writeHeader(of: function.configuration, into: &json) }
    if detail == .inventory { return }
    if let space = function.configuration {
      json.member("capabilities", space.capabilities)
    } else {
      Function.capabilitiesFact.write(function, &json)
    }
    if detail == .snapshot { Function.configurationFact.write(function, &json) }
  }

  /// What could not be decoded of functions, besides what their source says already.
  private func decodingGaps(_ indices: [Int]) -> [Gap] {
    indices.flatMap { index in
      let function = host.functions[index]
      guard let found = function.configuration?.gaps(of: function.address) else { return [Gap]() }
      let known = host.gaps(of: function.address)
      return found.filter { gap in
        !known.contains { $0.fact == gap.fact || $0.reason == gap.reason }
      }
    }
  }

  /// The header's fields, and the windows of a bridge.
  private func writeHeader(of space: ConfigurationSpace?, into json: inout JSONWriter) {
    json.member("windows", space?.windows)
    guard let space, !space.isAllOnes else { return json.null("header") }
    json.object("header") { json in
      for field in space.headerFields {
        json.member(dynamic: String(field.name.dropFirst("header.".count)), field)
      }
    }
  }
}

extension Machine {
  /// Writes the member `gaps`, which every document of a host has: what could not be
  /// known, and why.
  public func writeGaps(into json: inout JSONWriter) { Self.write(gaps, into: &json) }

  /// Writes the member `gaps` of a document of several hosts, or of a change.
  public static func write(_ gaps: [Gap], into json: inout JSONWriter) {
    json.key("gaps")
    JSONForm.list(.gap).write(gaps, &json)
  }
}

extension BridgeWindow: JSONWritable {
  /// Writes a bridge's window.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      switch kind {
      case .io: json.member("kind", "io")
      case .memory: json.member("kind", "memory")
      case .prefetchableMemory: json.member("kind", "prefetchableMemory")
      }
      json.member("base", hexadecimal: base, digits: 1, prefix: true)
      json.member("limit", hexadecimal: limit, digits: 1, prefix: true)
      json.member("size", size)
      json.member("addressWidth", addressWidth)
      json.member("isOpen", isOpen)
    }
  }
}
