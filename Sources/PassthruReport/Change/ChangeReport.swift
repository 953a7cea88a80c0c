// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIDrivers
public import PCIHost
public import PassthruAnalysis

/// A change of the host in words: what, step by step, and the way back.
public struct ChangeReport: Hashable, Sendable {
  /// A function and what happens to it.
  public struct Item: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// What it is.
    public var title: String
    /// What it is now: its driver, or how many virtual functions it has.
    public var from: String
    /// What it is to be.
    public var to: String

    /// Describes what happens to a function.
    public init(_ address: FunctionAddress, title: String, from: String, to: String) {
      self.address = address
      self.title = title
      self.from = from
      self.to = to
    }
  }

  /// A reason against it.
  public struct Refusal: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// What was found.
    public var finding: Finding

    /// Pairs a function and what is against changing it.
    public init(_ address: FunctionAddress, _ finding: Finding) {
      self.address = address
      self.finding = finding
    }
  }

  /// The subcommand.
  public var verb: String
  /// How the kernel is told.
  public var interface: DriverInterface
  /// The functions it is about.
  public var items: [Item]
  /// What the kernel is told and asked.
  public var steps: [DeviceStep]
  /// What a person should know besides.
  public var notes: [String]
  /// The command that takes it back; `nil` where none does.
  public var undo: String?
  /// What is in the way.
  public var refusals: [Refusal]
  /// Functions that must go along and were not chosen.
  public var missing: [FunctionAddress]
  /// What is not known of the host.
  public var gaps: [Gap] = []

  /// Starts a report.
  public init(
    _ verb: String, _ interface: DriverInterface = .sysfs, items: [Item] = [],
    steps: [DeviceStep] = [], notes: [String] = [],
    undo: String? = nil, refusals: [Refusal] = [], missing: [FunctionAddress] = []
  ) {
    self.verb = verb
    self.interface = interface
    self.items = items
    self.steps = steps
    self.notes = notes
    self.undo = undo
    self.refusals = refusals
    self.missing = missing
  }

  /// The report for a person; `isDryRun` says that nothing was done.
  public func text(_ style: TextStyle, host: Machine, isDryRun: Bool) -> String {
    let short = AddressSpelling(host)
    func spell(_ address: FunctionAddress) -> String {
      interface == .devctl ? interface.spelling(address) : short.short(address)
    }
    var lines: [String] = []
    for item in items {
      let from = item.from == item.to ? item.to + " already" : item.from + " -> " + item.to
      lines.append(
        style.colored(spell(item.address), .strong) + "  " + item.title + "  " + from)
    }
    for refusal in refusals {
      Self.add(
        style.colored(refusal.finding.id, .bad) + "  " + spell(refusal.address) + ": "
          + refusal.finding.evidence, indent: "  ", style, to: &lines)
      if !refusal.finding.remedy.isEmpty {
        Self.add("-> " + refusal.finding.remedy, indent: "     ", style, to: &lines)
      }
    }
    if !missing.isEmpty {
      let names = missing.map { spell($0) }.joined(separator: " ")
      Self.add(
        "these must go along: " + names + ": name them too, or add --with-group", indent: "  ",
        style, to: &lines)
    }
    guard refusals.isEmpty, missing.isEmpty else {
      lines.append("Nothing was changed.")
      return lines.joined(separator: "\n") + "\n"
    }
    for (number, step) in steps.enumerated() {
      lines.append((number < 9 ? "   " : "  ") + "\(number + 1)  " + step.text(through: interface))
    }
    for note in notes { Self.add("note: " + note, indent: "   ", style, to: &lines) }
    if steps.isEmpty {
      lines.append("There is nothing to do.")
    } else if isDryRun {
      lines.append("Nothing was changed: add --apply to do it.")
    }
    if let undo, !steps.isEmpty { lines.append("To take it back: " + undo) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func add(
    _ text: String, indent: String, _ style: TextStyle, to lines: inout [String]
  ) {
    for line in text.wrapped(style.width - indent.utf8.count) { lines.append(indent + line) }
  }

  /// Writes the document `passthru.change/1`.
  public func write(into json: inout JSONWriter, isApplied: Bool) {
    json.document("passthru.change/1") { json in
      json.member("verb", verb)
      json.member("isApplied", isApplied)
      json.array("functions", of: items) { json, item in
        json.member("address", item.address.description)
        json.member("from", item.from)
        json.member("to", item.to)
      }
      json.member("steps", steps.map { $0.text(through: interface) })
      json.member("notes", notes)
      json.member("undo", undo)
      json.member("missing", missing.map { $0.description })
      json.array("refusals", of: refusals) { json, refusal in
        json.member("address", refusal.address.description)
        json.member("id", refusal.finding.id)
        json.member("evidence", refusal.finding.evidence)
        json.member("remedy", refusal.finding.remedy)
        json.member("source", refusal.finding.source)
      }
      Machine.write(gaps, into: &json)
    }
  }
}
