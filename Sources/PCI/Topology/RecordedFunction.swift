// SPDX-License-Identifier: Apache-2.0

/// A function, read so that each fact is known, absent or not recorded.
///
/// The same record as `Function`, for those who decide something by it: a
/// fact cannot be read here without an answer for a record that lacks it.
public struct RecordedFunction: Sendable {
  private let function: Function

  /// Reads a function so.
  public init(_ function: Function) { self.function = function }

  /// Where the function is.
  public var address: FunctionAddress { function.address }
  /// Vendor, device, subsystem and revision.
  public var identity: Identity { function.identity }
  /// What is right above it; `.unknown` where that is not recorded.
  public var upstream: Upstream { function.upstream }
  /// What kind of device it is.
  public var classCode: Recorded<ClassCode> { Recorded(function.classCode, isRecorded: false) }
  /// The layout of its header.
  public var headerType: Recorded<HeaderType> { Recorded(function.headerType, isRecorded: false) }
  /// Whether it is a bridge of any kind, by header or by class.
  public var isBridge: Recorded<Bool> { Recorded(function.isBridge, isRecorded: false) }
  /// The kernel's cached power state.
  public var powerState: Recorded<PowerState> { Recorded(function.powerState, isRecorded: false) }
  /// The ways Linux can reset it, in its order; empty where it has none.
  public var resetMethods: Recorded<[ResetMethod]> {
    Recorded(function.resetMethods, isRecorded: false)
  }
  /// Its configuration space, as far as it was read.
  public var configuration: Recorded<ConfigurationSpace> {
    Recorded(function.configuration, isRecorded: false)
  }
  /// The driver that holds it.
  public var driver: Recorded<DriverBinding> {
    Recorded(function.driver, isRecorded: isRecorded(.driver))
  }
  /// The number of the IOMMU group the kernel reports.
  public var iommuGroup: Recorded<Int> {
    Recorded(function.iommuGroup, isRecorded: isRecorded(.iommuGroup))
  }
  /// Its base address registers; absent where it has none.
  public var baseAddressRegisters: Recorded<[BaseAddressRegister]> {
    let registers = function.baseAddressRegisters
    return Recorded(
      registers.isEmpty ? nil : registers, isRecorded: isRecorded(.baseAddressRegisters))
  }
  /// The physical function, where it is a virtual one.
  public var physicalFunction: Recorded<FunctionAddress> {
    Recorded(function.physicalFunction, isRecorded: isRecorded(.physicalFunction))
  }
  /// Its virtual functions' counts, where it is a physical one.
  public var virtualFunctions: Recorded<VirtualFunctionState> {
    Recorded(function.virtualFunctions, isRecorded: isRecorded(.virtualFunctions))
  }
  /// The NUMA node, where the firmware names one.
  public var numaNode: Recorded<Int> {
    Recorded(function.numaNode, isRecorded: isRecorded(.numaNode))
  }
  /// Whether the firmware showed its console on it; absent for what is no VGA device.
  public var isBootVGA: Recorded<Bool> {
    Recorded(function.isBootVGA, isRecorded: isRecorded(.bootVGA))
  }
  /// The name of the physical slot.
  public var slotName: Recorded<String> {
    Recorded(function.slotName, isRecorded: isRecorded(.slotName))
  }

  private func isRecorded(_ fact: UnrecordedFacts) -> Bool {
    !function.unrecorded.contains(fact)
  }
}
