// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// The document `passthru.groups/1`.
public struct GroupsDocument: Sendable {
  private let host: Host

  /// Prepares the document.
  public init(_ host: Host) { self.host = host }

  /// Writes the groups with a member among `selected`, or all, by number.
  public func write(selected: Set<Int>?, into json: inout JSONWriter) {
    var groups: [Int: [FunctionAddress]] = [:]
    var wanted = Set<Int>()
    var ungrouped: [FunctionAddress] = []
    for (index, function) in host.functions.enumerated() {
      if let group = function.iommuGroup {
        groups[group, default: []].append(function.address)
        if selected?.contains(index) ?? true { wanted.insert(group) }
      } else if selected?.contains(index) ?? true {
        ungrouped.append(function.address)
      }
    }
    json.object { json in
      json.key("schema")
      json.value("passthru.groups/1")
      json.key("groups")
      json.array { json in
        for number in wanted.sorted() {
          json.object { json in
            json.key("reported")
            json.value(number)
            json.key("members")
            json.strings((groups[number] ?? []).map { $0.description })
            json.key("reasons")
            json.array { _ in }
          }
        }
      }
      json.key("ungrouped")
      json.strings(ungrouped.map { $0.description })
    }
  }
}
