// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The value of one field by its dotted name, for scripts.
public struct FieldReport: Sendable {
  /// Why there is no value.
  public enum Failure: Error, Hashable, Sendable {
    /// No field has the name: `passthru fields` lists those there are.
    case unknownName(String)
    /// The name is known, but the function has no such capability or register.
    case notPresent(String)
    /// The configuration space was not read.
    case noConfiguration
  }

  /// The values: one, or one for each of several capabilities with the same id.
  public let values: [(offset: Int?, field: Field)]

  /// Looks a field up: `pcie.linkCapabilities.maxSpeed`, `vsec@0x150.length`.
  public init(_ name: String, of function: Function) throws(Failure) {
    guard let space = function.configuration else { throw .noConfiguration }
    values = space.fields(named: name)
    guard values.isEmpty else { return }
    let known = FieldCatalogue.pattern(of: Self.withoutOffset(name))
    throw FieldCatalogue.names.contains(known) ? .notPresent(name) : .unknownName(name)
  }

  /// The lines: the value's meaning, or its bits in hexadecimal.
  ///
  /// Several values are told apart by the offset of their capability.
  public func text(isRaw: Bool) -> String {
    var text = ""
    for value in values {
      if values.count > 1, let offset = value.offset {
        text += "0x" + UInt(offset).hexadecimal(width: 2) + " "
      }
      text += (isRaw ? value.field.rawText : value.field.text) + "\n"
    }
    return text
  }

  /// All names, in the order of the registers.
  public static var names: [String] { FieldCatalogue.names }

  /// All names, one a line, in the order of the registers.
  public static func catalogue() -> String {
    FieldCatalogue.names.joined(separator: "\n") + "\n"
  }

  private static func withoutOffset(_ name: String) -> String {
    guard let at = name.utf8.firstIndex(of: UInt8(ascii: "@")),
      let dot = name.utf8[at...].firstIndex(of: UInt8(ascii: "."))
    else { return name }
    return String(name[..<at]) + String(name[dot...])
  }
}

extension FieldReport.Failure {
  /// What happened and what to do, in one line.
  public var message: String {
    switch self {
    case .unknownName(let name):
      "no field is called \(name): passthru fields lists the names"
    case .notPresent(let name):
      "the function has no \(name): passthru show lists its capabilities"
    case .noConfiguration:
      "the configuration space was not read: run as root, or use a recording that has it"
    }
  }
}
