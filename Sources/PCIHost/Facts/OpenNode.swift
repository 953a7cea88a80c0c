// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A node of a device that a program has open.
///
/// From the links in `/proc/PID/fd`; those of other users take root.
public struct OpenNode: Hashable, Sendable {
  /// The function the node belongs to.
  public var function: FunctionAddress
  /// The node: `/dev/vfio/12`, `/dev/dri/card0`.
  public var path: String
  /// The program's name: `qemu-system-x86`.
  public var process: String
  /// The program's process id.
  public var processID: Int

  /// Records an open node.
  public init(function: FunctionAddress, path: String, process: String, processID: Int) {
    self.function = function
    self.path = path
    self.process = process
    self.processID = processID
  }
}
