// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// A difference between hosts, in words and as `passthru.diff/1`.
public struct DifferenceReport: Sendable {
  private let difference: MachineDifference
  private let names: DeviceNames

  /// Prepares the report.
  public init(_ difference: MachineDifference, names: DeviceNames) {
    self.difference = difference
    self.names = names
  }

  /// Functions that came and went, then what changed of the machine and of each function.
  ///
  /// A change that many functions share is told once.
  public func text(_ style: TextStyle) -> String {
    guard !difference.isEmpty else {
      // That a quick scan holds no configuration space is as it should be.
      return difference.gaps.allSatisfy { $0.fact == "configuration" }
        ? "Nothing changed.\n" : "Nothing changed in what is recorded of both.\n"
    }
    var lines: [String] = []
    for function in difference.removed { lines.append(line("-", function, style, .bad)) }
    for function in difference.added { lines.append(line("+", function, style, .good)) }
    if !difference.host.isEmpty { lines.append("~ the machine") }
    for change in difference.host { lines += Self.lines(change) }
    let shared = sharedChanges
    for (change, count) in shared {
      lines.append("~ \(count) functions")
      lines += Self.lines(change)
    }
    for entry in difference.functions {
      let own = entry.changes.filter { change in !shared.contains { $0.change == change } }
      if own.isEmpty { continue }
      lines.append(line("~", entry.function, style, .strong))
      for change in own { lines += Self.lines(change) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The changes that more than three functions share, each with their number.
  private var sharedChanges: [(change: FactChange, count: Int)] {
    var counts: [FactChange: Int] = [:]
    var order: [FactChange] = []
    for change in difference.functions.flatMap({ $0.changes }) {
      if counts[change] == nil { order.append(change) }
      counts[change, default: 0] += 1
    }
    return order.compactMap { change in
      counts[change].flatMap { $0 > 3 ? (change, $0) : nil }
    }
  }

  /// A line for a change; for a list one more for each element that came or went.
  private static func lines(_ change: FactChange) -> [String] {
    let before = elements(change.before)
    let after = elements(change.after)
    guard before != nil || after != nil else {
      return [
        "    " + change.fact + ": " + (change.before?.description ?? change.absence.text)
          + " -> " + (change.after?.description ?? change.absence.text)
      ]
    }
    let gone = (before ?? []).filter { after?.contains($0) != true }
    let new = (after ?? []).filter { before?.contains($0) != true }
    var title = "    " + change.fact + ":"
    if before == nil || after == nil {
      func count(_ elements: [String]?) -> String {
        elements.map { "\($0.count) recorded" } ?? change.absence.text
      }
      title += " " + count(before) + " -> " + count(after)
    } else if gone.isEmpty && new.isEmpty {
      title += " the same in another order"
    }
    return [title] + gone.map { "      - " + $0 } + new.map { "      + " + $0 }
  }

  private static func elements(_ text: FactText?) -> [String]? {
    if case .list(let elements) = text { elements } else { nil }
  }

  private func line(
    _ sign: String, _ function: Function, _ style: TextStyle, _ role: TextStyle.Role
  ) -> String {
    let text =
      sign + " " + function.address.description + "  " + names.title(of: function) + " "
      + function.vendorDevice
    return style.colored(text.cut(style.width), role)
  }

  /// Writes the document.
  public func write(into json: inout JSONWriter) {
    json.document("passthru.diff/1") { json in
      json.array("removed") { json in
        for function in difference.removed { Self.write(function, into: &json) }
      }
      json.array("added") { json in
        for function in difference.added { Self.write(function, into: &json) }
      }
      json.member("host", difference.host)
      json.array("changes") { json in
        for entry in difference.functions {
          for change in entry.changes {
            json.object { json in
              json.member("address", entry.function.address)
              json.members(change)
            }
          }
        }
      }
      Machine.write(difference.gaps, into: &json)
    }
  }

  private static func write(_ function: Function, into json: inout JSONWriter) {
    json.object { json in
      json.member("address", function.address)
      let identity = function.hasIdentity ? function.identity : nil
      json.member("vendorID", hexadecimal: identity?.vendorID, digits: 4)
      json.member("deviceID", hexadecimal: identity?.deviceID, digits: 4)
    }
  }
}

extension FactChange: JSONWritable {
  /// Writes the fact, and what it was and is; null where it is not known.
  public func write(into json: inout JSONWriter) {
    json.object { json in json.members(self) }
  }
}

extension JSONWriter {
  fileprivate mutating func members(_ change: FactChange) {
    member("fact", change.fact)
    member("before", change.before?.description)
    member("after", change.after?.description)
  }
}
