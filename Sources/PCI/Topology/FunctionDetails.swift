// SPDX-License-Identifier: Apache-2.0

/// What few functions have, or few commands ask for.
///
/// Kept beside the function's record, so that a large bus costs little memory.
struct FunctionDetails: Hashable, Sendable {
  var physicalFunction: FunctionAddress?
  var virtualFunctions: VirtualFunctionState?
  var isBootVGA: Bool?
  var slotName: String?
  var label: String?
  var driverOverride: String?
  var configuration: ConfigurationSpace?
  var listedCapabilities: [ListedCapability]?
  var printedName: String?

  /// Whether nothing is known.
  var isEmpty: Bool { self == Self() }
}
