// SPDX-License-Identifier: Apache-2.0

public import PCI

/// One step of a change: something the kernel is told, or asked.
public enum DeviceStep: Hashable, Sendable {
  /// Tell the kernel.
  case perform(DeviceAction)
  /// Ask which driver holds a function; any, or none, where `driver` is `nil`.
  case verify(FunctionAddress, driver: String?)
  /// Ask how many virtual functions there are.
  case verifyVirtualFunctions(FunctionAddress, count: UInt16)

  /// What it does on Linux, as a command line or a sentence.
  public var text: String { text(through: .sysfs) }

  /// What it does on a system that is told so.
  public func text(through interface: DriverInterface) -> String {
    switch self {
    case .perform(let action): action.commandLine(through: interface)
    case .verify(let address, .some(let driver)):
      "check that " + driver + " holds " + interface.spelling(address)
    case .verifyVirtualFunctions(let address, let count):
      "check that " + interface.spelling(address) + " has \(count) virtual functions"
    case .verify(let address, .none): "see which driver holds " + interface.spelling(address)
    }
  }
}
