// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// A difference between hosts, in words and as `passthru.diff/1`.
public struct DifferenceReport: Sendable {
  private let difference: HostDifference
  private let names: DeviceNames

  /// Prepares the report.
  public init(_ difference: HostDifference, names: DeviceNames) {
    self.difference = difference
    self.names = names
  }

  /// One line for each thing that changed.
  public func text(_ style: TextStyle) -> String {
    guard !difference.isEmpty else { return "Nothing changed.\n" }
    var lines: [String] = []
    for function in difference.removed { lines.append(line("-", function, style, .bad)) }
    for function in difference.added { lines.append(line("+", function, style, .good)) }
    for change in difference.changes {
      lines.append(
        "~ " + change.address.description + "  " + change.fact + ": "
          + (change.before ?? "not known") + " -> " + (change.after ?? "not known"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(
    _ sign: String, _ function: Function, _ style: TextStyle, _ role: TextStyle.Role
  ) -> String {
    let text =
      sign + " " + function.address.description + "  " + names.title(of: function.identity) + " "
      + function.identity.vendorDevice
    return style.colored(text.cut(style.width), role)
  }

  /// Writes the document.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.member("schema", "passthru.diff/1")
      json.array("removed") { json in
        for function in difference.removed { write(function, into: &json) }
      }
      json.array("added") { json in
        for function in difference.added { write(function, into: &json) }
      }
      json.array("changes") { json in
        for change in difference.changes {
          json.object { json in
            json.member("address", change.address.description)
            json.member("fact", change.fact)
            json.member("before", change.before)
            json.member("after", change.after)
          }
        }
      }
    }
  }

  private func write(_ function: Function, into json: inout JSONWriter) {
    json.object { json in
      json.member("address", function.address.description)
      json.member("vendorID", hexadecimal: function.identity.vendorID, digits: 4)
      json.member("deviceID", hexadecimal: function.identity.deviceID, digits: 4)
    }
  }
}
