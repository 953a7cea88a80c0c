// SPDX-License-Identifier: Apache-2.0

public import PCIDrivers
internal import PCIHost
public import PassthruReport

/// What a subcommand wants to do to the running host, decided and not yet done.
public struct HostChange: Hashable, Sendable {
  /// The work.
  public enum Work: Hashable, Sendable {
    /// Change drivers, all or none.
    case transaction(DriverTransaction)
    /// Put back what the journal has.
    case restore(DriverJournal.Choice)
    /// Tell the kernel a few things, one after the other.
    case steps([DeviceStep])
  }

  /// What to do.
  public var work: Work
  /// What it is, for a person and for a program.
  public var report: ChangeReport

  init(_ work: Work, _ report: ChangeReport) {
    self.work = work
    self.report = report
  }
}
