// SPDX-License-Identifier: Apache-2.0

/// What a scan reads.
///
/// No option makes a scan read configuration space: that is
/// `ConfigurationReader`'s work, function by function.
public struct ScanOptions: Hashable, Sendable {
  /// The facts to read of each function.
  public var facts: FunctionFacts
  /// Whether to read what the host tells besides its functions.
  ///
  /// Its IOMMU, the kernel's command line and modules, child devices, and what
  /// the running host depends on: `Machine.iommu`, `.linux`, `.childDevices` and
  /// `.dependencies`.
  public var includesHostFacts: Bool
  /// Whether to read who uses the machine's devices, and what a user may do.
  ///
  /// The programs that have a device open, monitors, limits, the firmware's table
  /// DMAR: what some risks and advice rest on, at the cost of a look at every
  /// program. Part of the host's facts, and read with them only.
  public var includesUse: Bool
  /// The ssh session that asks, as `SSH_CONNECTION` has it.
  ///
  /// `nil` takes the process's own, for the running machine only, and else that of a
  /// process which started it: sudo drops the variable.
  public var session: String?
  /// How many threads read functions; `nil` takes one a processor, and one for
  /// a bus that is not large.
  public var threads: Int?

  /// Chooses what to read.
  public init(
    facts: FunctionFacts, includesHostFacts: Bool, includesUse: Bool = false,
    session: String? = nil, threads: Int? = nil
  ) {
    self.facts = facts
    self.includesHostFacts = includesHostFacts
    self.includesUse = includesUse
    self.session = session
    self.threads = threads
  }

  /// The functions with their inventory, and nothing else.
  public static let inventory = ScanOptions(facts: .inventory, includesHostFacts: false)
  /// What a list shows of verdicts, without what only advice and documents tell.
  ///
  /// Who has a device open is left out too: a function that a running guest holds is
  /// `ready` in a list, and a check says that the guest must stop first.
  public static let verdicts = ScanOptions(facts: .verdicts, includesHostFacts: true)
  /// Everything: what findings, plans and snapshots need.
  public static let full = ScanOptions(
    facts: .all, includesHostFacts: true, includesUse: true)
}
