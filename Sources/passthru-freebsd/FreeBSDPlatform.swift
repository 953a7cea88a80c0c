// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIDrivers
internal import PCIHost
internal import PassthruCommand
internal import PassthruReport

/// A FreeBSD host, through the shim.
struct FreeBSDPlatform: Platform {
  var kind: PlatformKind { .freeBSD }

  // MARK: Files

  func read(_ path: String) throws(PlatformError) -> [UInt8] {
    do throws(SystemFailure) { return try SystemProcess.read(path) } catch {
      // EISDIR has the same number on FreeBSD and Linux.
      throw error.number == 21 ? Self.directory(path) : Self.failure(path, error)
    }
  }

  func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) -> Bool {
    SystemProcess.forEachPiece(of: path, body)
  }

  func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    do throws(SystemFailure) { try SystemProcess.write(bytes, to: path) } catch {
      throw Self.failure(path, error)
    }
  }

  func replace(_ path: String, _ old: [UInt8], with bytes: [UInt8]) throws(PlatformError) {
    do throws(SystemFailure) { try SystemProcess.replace(path, old, with: bytes) } catch {
      throw PlatformError(
        path, error.number, error.text, realPath: SystemProcess.realPath(path))
    }
  }

  private static func failure(_ path: String, _ error: SystemFailure) -> PlatformError {
    PlatformError(path, error.number, error.text)
  }

  private static func directory(_ path: String) -> PlatformError {
    PlatformError(
      "\(path) is a directory, and sysfs trees are not read on FreeBSD: "
        + "make a snapshot of it on Linux")
  }

  // MARK: Terminal, clock, environment

  func put(_ bytes: [UInt8]) -> String? { SystemProcess.print(bytes, to: 1)?.text }
  func printError(_ bytes: [UInt8]) { _ = SystemProcess.print(bytes, to: 2) }
  var terminalWidth: Int? { SystemProcess.terminalWidth }
  func environment(_ name: String) -> String? { SystemProcess.environment(name) }
  var nanoseconds: UInt64 { SystemProcess.nanoseconds }

  // MARK: Scans

  func scan(root: String?, _ depth: ScanDepth) throws(PlatformError) -> Machine {
    if let root { throw Self.directory(root) }
    do throws(ScanError) {
      return try DevPCIScanner().scan(depth == .inventory ? .inventory : .full)
    } catch {
      throw PlatformError(error.description)
    }
  }

  func readConfiguration(of indices: [Int], into host: inout Machine, root: String?, wakes: Bool) {
    guard let scanner = try? DevPCIScanner() else { return }
    scanner.readConfiguration(into: &host, of: indices)
  }

  // MARK: Control

  func control() throws(PlatformError) -> DevctlControl {
    do throws(ScanError) { return try DevctlControl() } catch {
      throw PlatformError(error.description)
    }
  }

  func journal(_ directory: String?) throws(DeviceControlError) -> DriverJournal {
    try DevctlJournal.look(directory: directory ?? DevctlJournal.standardDirectory)
  }

  /// In this process: a request that the kernel keeps waiting keeps it waiting too,
  /// and what took longer than the deadline is taken back when it returns.
  func carryOut(
    _ change: HostChange, _ request: ChangeRequest, _ control: inout DevctlControl,
    confirm: () throws(DeviceControlError) -> Void
  ) -> CommandResult {
    let directory = request.options.stateDirectory ?? DevctlJournal.standardDirectory
    return request.carryOut(
      change, with: &control,
      journal: { () throws(DeviceControlError) in try DevctlJournal(directory: directory) },
      confirm: confirm, virtualFunctionCount: { _ in nil },
      progress: { step in
        guard request.common.format == .text else { return }
        print(Array(("  " + step.text(through: change.report.interface) + "\n").utf8))
      })
  }
}
