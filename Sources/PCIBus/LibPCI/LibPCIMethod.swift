// SPDX-License-Identifier: Apache-2.0

/// One of libpci's ways to reach the bus.
///
/// Which of them exist depends on the library that is installed: `ecam` came
/// with version 3.10.
public struct LibPCIMethod: Hashable, Sendable {
  /// libpci's name of the method, as `lspci -A` takes it.
  public let name: String
  /// The parameter that says where to read, as `lspci -O` takes it; `nil` for none.
  public let parameter: String?

  /// Names a method.
  public init(name: String, parameter: String? = nil) {
    self.name = name
    self.parameter = parameter
  }

  /// Linux's sysfs; the place is a `bus/pci` directory.
  public static let sysfs = LibPCIMethod(name: "linux-sysfs", parameter: "sysfs.path")
  /// Linux's procfs; the place is a `bus/pci` directory of one.
  public static let proc = LibPCIMethod(name: "linux-proc", parameter: "proc.path")
  /// PCI Express's memory-mapped configuration space, through /dev/mem; root only.
  public static let ecam = LibPCIMethod(name: "ecam", parameter: "ecam.addrs")
  /// The I/O ports 0xcf8 and 0xcfc of PCs; root only.
  public static let intelConfiguration1 = LibPCIMethod(name: "intel-conf1")
  /// A file with the text of `lspci -x`.
  public static let dump = LibPCIMethod(name: "dump", parameter: "dump.name")

  /// The methods this project offers.
  public static let all: [LibPCIMethod] = [sysfs, proc, ecam, intelConfiguration1, dump]
}
