// SPDX-License-Identifier: Apache-2.0

public import PCI

/// What the drivers were before this project changed them, as kept on disk.
///
/// A record is there from before the first write until the function is given
/// back. One that is not `isSettled` is from a transaction, or from a way back, that was
/// cut off.
public struct DriverJournal: Hashable, Sendable {
  /// The state of one function before.
  public struct Record: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// What the kernel said of it before the first change.
    public var before: DeviceState
    /// The driver it was to have; `nil` left the choice to the kernel.
    public var driver: String?
    /// Whether the change was carried out and checked, and its way back not begun.
    public var isSettled: Bool

    /// Describes a record.
    public init(
      address: FunctionAddress, before: DeviceState, driver: String?, isSettled: Bool = false
    ) {
      self.address = address
      self.before = before
      self.driver = driver
      self.isSettled = isSettled
    }
  }

  /// What the kernel of the changes called itself; a later one has undone them.
  public var bootIdentifier: String?
  /// The functions that were changed, the first change first.
  public var records: [Record]
  /// Whether another process is at work on it right now, as far as was looked.
  ///
  /// What it has not settled is then not cut off. It is not kept on disk.
  public var isBeingChanged = false

  /// Starts an empty journal.
  public init(bootIdentifier: String? = nil) {
    self.bootIdentifier = bootIdentifier
    records = []
  }

  /// The records of transactions, and of ways back, that were cut off.
  public var cutOff: [Record] { records.filter { !$0.isSettled } }

  /// Whether the machine was started again since: every driver is as it boots.
  public func isOutdated(on bootIdentifier: String?) -> Bool {
    guard let own = self.bootIdentifier, let bootIdentifier else { return false }
    return own != bootIdentifier
  }

  /// Adds what is about to change.
  ///
  /// A function that is there already keeps its first state: that is what the
  /// host had before this project.
  mutating func begin(_ changes: [DriverChange]) {
    for change in changes {
      if let index = records.firstIndex(where: { $0.address == change.address }) {
        records[index].driver = change.driver
        records[index].isSettled = false
      } else {
        records.append(
          Record(address: change.address, before: change.before, driver: change.driver))
      }
    }
  }

  /// Notes that changes were carried out.
  mutating func settle(_ changes: [DriverChange]) {
    for change in changes { mark(change.address, isSettled: true) }
  }

  /// Notes whether a function is as its change left it, or on the way.
  mutating func mark(_ address: FunctionAddress, isSettled: Bool) {
    for index in records.indices where records[index].address == address {
      records[index].isSettled = isSettled
    }
  }

  /// Takes out what is as it was before.
  mutating func forget(_ address: FunctionAddress) {
    records.removeAll { $0.address == address }
  }
}
