// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The functions that lack attributes, kept until the scan can say why.
///
/// One function without an attribute is a gap of that function. A tree in
/// which no function has it is a gap of the host: the kernel is too old, or
/// the recording left it out.
struct Absences: Sendable {
  /// An attribute that may be missing.
  enum Attribute: Hashable, Sendable {
    case devicePath, resource, revision, powerState
    /// There is `reset`, but not the list of methods.
    case resetMethodOnly
    /// There is neither.
    case resetMethodAndReset
  }

  private(set) var functions: [Attribute: [FunctionAddress]] = [:]

  /// Notes that a function lacks an attribute.
  mutating func note(_ attribute: Attribute, _ address: FunctionAddress) {
    functions[attribute, default: []].append(address)
  }

  /// Adds what another reader noted.
  mutating func merge(_ other: Absences) {
    functions.merge(other.functions) { $0 + $1 }
  }
}
