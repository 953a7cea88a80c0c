// SPDX-License-Identifier: Apache-2.0

import PCIBus
import PCIDrivers
import PCIHost
import PassthruCommand
import PassthruReport

/// A system that is a host in memory: every scan and every directory is that host.
struct PlayedPlatform: Platform {
  /// What was printed.
  final class Output {
    var bytes: [UInt8] = []
    var errors: [UInt8] = []
  }

  let host: Machine
  /// What every file holds; `nil` where there is none.
  var file: [UInt8]?
  var kind = PlatformKind.linux
  let output = Output()

  init(_ host: Machine, kind: PlatformKind = .linux) {
    self.host = host
    self.kind = kind
  }

  func read(_ path: String) throws(PlatformError) -> [UInt8] {
    if let file { return file }
    throw PlatformError(path, 2, "nothing")
  }
  func isDirectory(_ path: String) -> Bool { file == nil }
  func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    throw PlatformError(path, 13, "not allowed")
  }
  func replace(_ path: String, _ old: [UInt8], with bytes: [UInt8]) throws(PlatformError) {
    throw PlatformError(path, 13, "not allowed")
  }
  func put(_ bytes: [UInt8]) -> String? {
    output.bytes += bytes
    return nil
  }
  func printError(_ bytes: [UInt8]) { output.errors += bytes }
  var terminalWidth: Int? { nil }
  func environment(_ name: String) -> String? { nil }
  var nanoseconds: UInt64 { 0 }
  func scan(root: String?, _ depth: ScanDepth) throws(PlatformError) -> Machine { host }
  func readConfiguration(
    of indices: [Int], into host: inout Machine, root: String?, wakes: Bool
  ) {}
  func control() throws(PlatformError) -> SysfsControl { throw PlatformError("no kernel") }
  func journal(_ directory: String?) throws(DeviceControlError) -> DriverJournal {
    DriverJournal()
  }
  func carryOut(
    _ change: HostChange, _ request: ChangeRequest, _ control: inout SysfsControl,
    confirm: () throws(DeviceControlError) -> Void
  ) -> CommandResult { .failure(.blocked, "no kernel") }
}
