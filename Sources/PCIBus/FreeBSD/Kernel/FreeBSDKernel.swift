// SPDX-License-Identifier: Apache-2.0

package import PCI

/// What a FreeBSD kernel answers: the running one through the shim, or a recorded one.
///
/// Nothing above this protocol knows of ioctls; nothing below it of `Machine`.
package protocol FreeBSDKernel {
  /// Every function, in the kernel's own order (PCIOCGETCONF).
  func functions() throws(KernelError) -> [ListedFunction]
  /// Whether a driver is attached; `nil` where that cannot be asked (PCIOCATTACHED).
  ///
  /// The list names a driver that was set by name and did not take the function.
  func isAttached(_ address: FunctionAddress) -> Bool?
  /// Why configuration space cannot be read; `nil` where it can.
  var configurationRefusal: KernelError? { get }
  /// Configuration space from offset 0 on: what was read, and why not more.
  func configuration(
    of address: FunctionAddress, length: Int
  ) -> (bytes: [UInt8], error: KernelError?)
  /// Four bytes of configuration space (PCIOCREAD).
  func doubleWord(of address: FunctionAddress, at offset: Int) throws(KernelError) -> UInt32
  /// The base address register at a configuration offset (PCIOCGETBAR).
  func baseAddressRegister(of address: FunctionAddress, at offset: Int) throws(KernelError)
    -> ListedBaseAddressRegister
  /// A sysctl's value as text; `nil` where there is none of the name.
  func sysctl(_ name: String) -> [UInt8]?
  /// `name=value` strings, each ended by a zero byte; `nil` where refused.
  func kernelEnvironment() -> [UInt8]?
  /// Type, source and directory of each mount, each ended by a zero byte.
  func mounts() -> [UInt8]?
  /// The routing table's messages (NET_RT_DUMP).
  func routes() -> [UInt8]?
  /// Index (four little-endian bytes), name and a zero byte of each interface.
  func interfaces() -> [UInt8]?
  /// One ACPI table with its header.
  func firmwareTable(_ signature: String) throws(KernelError) -> [UInt8]
  /// A small file, such as the boot messages.
  func file(_ path: String) -> [UInt8]?
}

extension FreeBSDKernel {
  /// A sysctl's value as text without control characters.
  func text(_ name: String) -> String? { sysctl(name).map { displayText($0) } }

  /// A sysctl's value as a number.
  func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
}
