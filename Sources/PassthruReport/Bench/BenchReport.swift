// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// How long scans of this machine's bus take, and what others take for it.
public struct BenchReport: Hashable, Sendable {
  /// Times of one thing that was done several times.
  public struct Series: Hashable, Sendable {
    /// What was done.
    public var name: String
    /// How long each time took, in nanoseconds, in rising order.
    public private(set) var nanoseconds: [UInt64]

    /// Sorts the times of a thing.
    public init(_ name: String, _ nanoseconds: [UInt64]) {
      self.name = name
      self.nanoseconds = nanoseconds.sorted()
    }

    /// The least, which is what the machine can do.
    public var minimum: UInt64? { nanoseconds.first }
    /// The middle one, which is what one gets.
    public var median: UInt64? {
      nanoseconds.isEmpty ? nil : nanoseconds[nanoseconds.count / 2]
    }
  }

  /// How many functions the bus has.
  public var functions: Int
  /// How many processors there are.
  public var processors: Int
  /// The kernel and the machine's architecture.
  public var system: String
  /// Scans in one process: ids, class, driver, BARs, group, topology, and
  /// revision, interrupt and node.
  public var scan: Series
  /// System calls of one scan; `nil` where nothing counted them.
  public var systemCalls: Int?
  /// Why they were not counted.
  public var uncounted: String?
  /// The whole command, and others', from start to end; the command first.
  public var processes: [Series]
  /// Why others were not timed.
  public var notes: [String]

  /// Starts a report of scans.
  public init(functions: Int, processors: Int, system: String, scan: Series) {
    self.functions = functions
    self.processors = processors
    self.system = system
    self.scan = scan
    processes = []
    notes = []
  }

  /// Functions a second at the median; `nil` for an empty bus.
  public var functionsPerSecond: UInt64? {
    guard functions > 0, let median = scan.median, median > 0 else { return nil }
    return UInt64(functions) * 1_000_000_000 / median
  }

  /// How many times as long as the command another process took, in hundredths.
  private func ratio(of series: Series) -> UInt64? {
    guard let own = processes.first?.median, own > 0, let other = series.median else { return nil }
    return other * 100 / own
  }

  /// The report for a person.
  public func text() -> String {
    var lines = [
      "\(functions) functions, \(scan.nanoseconds.count) scans, \(processors) processors, \(system)"
    ]
    lines.append("  scan        " + Self.times(scan))
    if let functionsPerSecond {
      lines.append("              \(functionsPerSecond) functions a second at the median")
    }
    if let systemCalls {
      var text = "  calls       \(systemCalls) system calls a scan"
      if functions > 0 {
        text +=
          ", " + Self.hundredths(UInt64(systemCalls) * 100 / UInt64(functions))
          + " a function"
      }
      lines.append(text)
    } else if let uncounted {
      lines.append("  calls       not counted: " + uncounted)
    }
    for (index, series) in processes.enumerated() {
      var line = "  " + series.name
      line += String(repeating: " ", count: max(12 - series.name.utf8.count, 1))
      line += Self.times(series)
      if index > 0, let ratio = ratio(of: series) {
        line += ", \(Self.hundredths(ratio)) times as long"
      }
      lines.append(line)
    }
    for note in notes { lines.append("  " + note) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func times(_ series: Series) -> String {
    guard let minimum = series.minimum, let median = series.median else { return "not timed" }
    return "minimum \(milliseconds(minimum)) ms, median \(milliseconds(median)) ms"
  }

  /// Milliseconds with three digits behind the point.
  private static func milliseconds(_ nanoseconds: UInt64) -> String {
    let micro = (nanoseconds + 500) / 1000
    let rest = String(micro % 1000)
    return "\(micro / 1000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
  }

  private static func hundredths(_ number: UInt64) -> String {
    let rest = String(number % 100)
    return "\(number / 100)." + String(repeating: "0", count: 2 - rest.utf8.count) + rest
  }

  /// Writes the document `passthru.bench/1`; times are whole nanoseconds.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.bench/1") { json in
      json.member("functions", functions)
      json.member("processors", processors)
      json.member("system", system)
      json.member("scan", scan)
      json.member("functionsPerSecond", functionsPerSecond)
      json.member("systemCalls", systemCalls)
      json.member("processes", processes)
      json.member(
        "notes", notes + (uncounted.map { ["system calls were not counted: " + $0] } ?? []))
    }
  }
}

extension BenchReport.Series: JSONWritable {
  /// Writes the series without its single runs.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("runs", nanoseconds.count)
      json.member("minimum", minimum)
      json.member("median", median)
    }
  }
}
