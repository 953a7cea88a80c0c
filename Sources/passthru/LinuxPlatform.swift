// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIBus
internal import PCIDrivers
internal import PCIHost
internal import PassthruCommand
internal import PassthruReport

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A Linux host.
struct LinuxPlatform: Platform {
  var kind: PlatformKind { .linux }

  // MARK: Files

  func read(_ path: String) throws(PlatformError) -> [UInt8] {
    do throws(SystemFailure) { return try SystemProcess.read(path) } catch {
      throw PlatformError(path, error.number, error.text)
    }
  }

  func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) -> Bool {
    SystemProcess.forEachPiece(of: path, body)
  }

  func isDirectory(_ path: String) -> Bool {
    // Opening a file as a directory fails without touching its contents.
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }

  func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    do throws(SystemFailure) { try SystemProcess.write(bytes, to: path) } catch {
      throw PlatformError(path, error.number, error.text)
    }
  }

  func replace(_ path: String, _ old: [UInt8], with bytes: [UInt8]) throws(PlatformError) {
    do throws(SystemFailure) { try SystemProcess.replace(path, old, with: bytes) } catch {
      throw PlatformError(
        path, error.number, error.text, realPath: SystemProcess.realPath(path))
    }
  }

  // MARK: Terminal, clock, environment

  func put(_ bytes: [UInt8]) -> String? { SystemProcess.print(bytes, to: 1)?.text }
  func printError(_ bytes: [UInt8]) { _ = SystemProcess.print(bytes, to: 2) }
  var terminalWidth: Int? { SystemProcess.terminalWidth }
  func environment(_ name: String) -> String? { SystemProcess.environment(name) }
  var nanoseconds: UInt64 { SystemProcess.nanoseconds }
  var processors: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  // MARK: Scans

  func scan(root: String?, _ depth: ScanDepth) throws(PlatformError) -> Machine {
    let options: ScanOptions =
      switch depth {
      case .inventory: .inventory
      case .verdicts: .verdicts
      case .full: .full
      }
    do throws(ScanError) {
      return try SysfsScanner(root: root ?? "/sys").scan(options)
    } catch {
      throw PlatformError(error.description)
    }
  }

  func scan(via text: String, _ path: String?) throws(PlatformError) -> Machine {
    let parts = text.split(separator: ":", maxSplits: 1).map { String($0) }
    let name = parts.count == 2 ? parts[1] : LibPCIMethod.sysfs.name
    guard parts.first == "libpci", let method = LibPCIMethod.all.first(where: { $0.name == name })
    else {
      throw PlatformError(
        "there is no access method \(displayText(text.utf8)): write libpci or libpci:METHOD, "
          + "METHOD one of " + LibPCIMethod.all.map { $0.name }.joined(separator: " "))
    }
    do throws(ScanError) {
      return try LibPCIScanner(method: method, location: path).scan()
    } catch {
      throw PlatformError(error.description)
    }
  }

  func readConfiguration(of indices: [Int], into host: inout Machine, root: String?, wakes: Bool) {
    guard host.source.kind == .live || host.source.kind == .sysfs else { return }
    ConfigurationReader(root: root ?? "/sys", wakes: wakes).read(indices, into: &host)
  }

  func rows(_ count: Int, _ make: @Sendable (Range<Int>) -> ListRows) -> [ListRows] {
    inParts(of: count, make)
  }

  func watch(
    _ begin: () throws(PlatformError) -> Void,
    _ report: ([DeviceEvent], Bool, String) throws(PlatformError) -> Bool
  ) throws(PlatformError) {
    var socket: EventSocket
    do throws(ScanError) { socket = try EventSocket() } catch {
      throw PlatformError(error.description)
    }
    try begin()
    while true {
      var burst = EventBurst()
      do throws(ScanError) { try burst.wait(for: &socket) } catch {
        throw PlatformError(error.description)
      }
      guard try report(burst.events, burst.isComplete, EventBurst.timeOfDay) else { return }
    }
  }

  func addOthers(to report: inout BenchReport, _ bench: BenchRequest) {
    OtherScanners(bench).measure(into: &report)
  }

  // MARK: Control

  func control() throws(PlatformError) -> SysfsControl { SysfsControl() }

  func journal(_ directory: String?) throws(DeviceControlError) -> DriverJournal {
    try JournalFile.look(directory: directory ?? JournalFile.standardDirectory)
  }

  /// By a second process: the kernel can keep a write waiting for ever, as for a
  /// disk that is mounted, and a process whose thread waits so cannot even be killed.
  func delegate(_ change: ChangeRequest, _ arguments: [String]) -> CommandResult? {
    if change.options.runsInPlace {
      Supervisor.stepAside()
      return nil
    }
    return Supervisor(change).watch(arguments + ["--in-place"])
  }

  func readClaims(on addresses: Set<FunctionAddress>, into host: inout Machine) {
    host.readClaims(on: addresses)
  }

  func carryOut(
    _ change: HostChange, _ request: ChangeRequest, _ control: inout SysfsControl,
    confirm: () throws(DeviceControlError) -> Void
  ) -> CommandResult {
    let directory = request.options.stateDirectory ?? JournalFile.standardDirectory
    let unchanged = control
    return request.carryOut(
      change, with: &control,
      journal: { () throws(DeviceControlError) in try JournalFile(directory: directory) },
      confirm: confirm,
      virtualFunctionCount: { unchanged.virtualFunctionCount(of: $0) },
      progress: { step in
        let text = step.text(through: change.report.interface)
        Supervisor.report(text)
        if request.common.format == .text { print(Array(("  " + text + "\n").utf8)) }
      })
  }
}
