// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIDrivers
public import PCIHost
public import PassthruReport

/// What a front is on: files, a terminal, a clock, and a bus where there is one.
///
/// A conformance says what the system does and holds no logic. What a system does
/// not have is left to the defaults, which say so.
public protocol Platform {
  /// What tells the kernel of changes.
  associatedtype Control: DeviceControl

  /// Where it runs.
  var kind: PlatformKind { get }

  // MARK: Files

  /// The bytes of a file.
  func read(_ path: String) throws(PlatformError) -> [UInt8]
  /// Hands out a file piece by piece; `false` where it could not be read to its end.
  func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) -> Bool
  /// Whether there is a directory, which a scan can take for a sysfs root.
  func isDirectory(_ path: String) -> Bool
  /// Writes a file anew.
  func write(_ bytes: [UInt8], to path: String) throws(PlatformError)
  /// Replaces a file that has the bytes `old` at once, keeping them beside it.
  func replace(_ path: String, _ old: [UInt8], with bytes: [UInt8]) throws(PlatformError)

  // MARK: Terminal, clock, environment

  /// Writes to standard output: the system's words for what went wrong, where
  /// anything did; a reader that has gone away is no error.
  func put(_ bytes: [UInt8]) -> String?
  /// Writes to standard error.
  func printError(_ bytes: [UInt8])
  /// The columns of the terminal; `nil` where standard output is none.
  var terminalWidth: Int? { get }
  /// A variable of the environment.
  func environment(_ name: String) -> String?
  /// Nanoseconds of a clock that never goes back.
  var nanoseconds: UInt64 { get }

  // MARK: Scans

  /// This machine's bus, or that of a sysfs root.
  func scan(root: String?, _ depth: ScanDepth) throws(PlatformError) -> Machine
  /// This machine's bus, or a recording, through another library: `libpci:linux-proc`.
  func scan(via method: String, _ path: String?) throws(PlatformError) -> Machine
  /// Reads configuration space of functions by position, where the host has it.
  func readConfiguration(of indices: [Int], into host: inout Machine, root: String?, wakes: Bool)
  /// Makes the rows of a list, in several threads where there are any.
  func rows(_ count: Int, _ make: @Sendable (Range<Int>) -> ListRows) -> [ListRows]
  /// Tells what happens on the bus, in bursts, until `report` says that it is enough.
  ///
  /// - Parameters:
  ///   - begin: Called when nothing that happens is lost any more.
  ///   - report: A burst of events, whether it is whole, and the time of day.
  func watch(
    _ begin: () throws(PlatformError) -> Void,
    _ report: ([DeviceEvent], Bool, String) throws(PlatformError) -> Bool
  ) throws(PlatformError)
  /// Adds to a timing of scans what others take, and how often the kernel is called.
  func addOthers(to report: inout BenchReport, _ bench: BenchRequest)
  /// The number of processors.
  var processors: Int { get }

  // MARK: Control

  /// The running kernel.
  func control() throws(PlatformError) -> Control
  /// The journal of changes in a directory, or where the system keeps it.
  func journal(_ directory: String?) throws(DeviceControlError) -> DriverJournal
  /// Has another process do the work where this one has to stay free; `nil` to do it here.
  func delegate(_ change: ChangeRequest, _ arguments: [String]) -> CommandResult?
  /// Adds to a host what only the running kernel knows of some functions that are to change.
  func readClaims(on addresses: Set<FunctionAddress>, into host: inout Machine)
  /// Carries out a change with the journal that is kept on this system.
  ///
  /// `confirm` is asked once more, while no other process can change drivers.
  func carryOut(
    _ change: HostChange, _ request: ChangeRequest, _ control: inout Control,
    confirm: () throws(DeviceControlError) -> Void
  ) -> CommandResult
}

extension Platform {
  /// Writes to standard output, and says once where that cannot be done.
  ///
  /// A terminal gets text only: no file's own commands to it.
  public func print(_ bytes: [UInt8]) {
    let text = terminalWidth == nil ? bytes : TextStyle.terminalText(bytes)
    guard let reason = put(text), OutputFailure.isFirst() else { return }
    printError(Array(OutputFailure.message(reason).utf8))
  }

  /// In one piece.
  public func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) -> Bool {
    guard let bytes = try? read(path) else { return false }
    body(bytes)
    return true
  }

  /// No sysfs root can be read.
  public func isDirectory(_ path: String) -> Bool { false }

  /// There is no other library.
  public func scan(via method: String, _ path: String?) throws(PlatformError) -> Machine {
    throw PlatformError("--via needs libpci, which this build does not have: leave it out")
  }

  /// In one go.
  public func rows(_ count: Int, _ make: @Sendable (Range<Int>) -> ListRows) -> [ListRows] {
    [make(0..<count)]
  }

  /// Nothing is told.
  public func watch(
    _ begin: () throws(PlatformError) -> Void,
    _ report: ([DeviceEvent], Bool, String) throws(PlatformError) -> Bool
  ) throws(PlatformError) {
    throw PlatformError("this system does not tell of its devices: run passthru on Linux")
  }

  /// Nothing is added.
  public func addOthers(to report: inout BenchReport, _ bench: BenchRequest) {
    report.uncounted = "strace is Linux's"
  }

  /// One, where nothing says how many.
  public var processors: Int { 1 }

  /// Nothing is known besides.
  public func readClaims(on addresses: Set<FunctionAddress>, into host: inout Machine) {}

  /// This process does it.
  public func delegate(_ change: ChangeRequest, _ arguments: [String]) -> CommandResult? { nil }
}
