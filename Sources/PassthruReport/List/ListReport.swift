// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// One line per function: address, driver, kind, name, group, verdict and why.
public struct ListReport: Sendable {
  private let host: Machine
  private let names: DeviceNames
  private let spelling: AddressSpelling
  private let hasGroups: Bool
  private let judge: @Sendable (Int) -> Assessment

  /// Prepares the list; `judge` gives the assessment of the function at a position.
  public init(
    _ host: Machine, names: DeviceNames, judge: @escaping @Sendable (Int) -> Assessment
  ) {
    self.host = host
    self.names = names
    self.judge = judge
    spelling = AddressSpelling(host)
    hasGroups = host.functions.contains { $0.iommuGroup != nil }
  }

  /// The rows for the functions at these positions.
  public func rows(_ indices: ArraySlice<Int>) -> ListRows {
    var rows = ListRows()
    // Hosts with thousands of functions have a few dozen kinds of device.
    var titles: [UInt32: String] = [:]
    for index in indices {
      let function = host.functions[index]
      let assessment = judge(index)
      let kind = UInt32(function.identity.vendorID) << 16 | UInt32(function.identity.deviceID)
      let title =
        (function.hasIdentity ? titles[kind] : nil) ?? names.title(of: function)
      if function.hasIdentity { titles[kind] = title }
      var row: [TextTable.Cell] = [
        .init(spelling.short(function.address)),
        .init(function.driver?.description ?? "-", function.driver == nil ? .faint : nil),
        .init(function.classCode?.shortKind ?? "?"),
        .init(title),
      ]
      if hasGroups {
        row.append(.init(function.iommuGroup.map { "g\($0)" } ?? "-", .faint))
      }
      row.append(.init(assessment.verdict.rawValue, assessment.verdict.role))
      row.append(.init(VerdictReason(assessment, spelling: spelling).text))
      rows.table.append(row)
      rows.areSettled.append(assessment.isSettled)
    }
    return rows
  }

  /// The list, in UTF-8.
  ///
  /// `hidden` counts the functions that were left out, for the last line.
  public func text(_ parts: [ListRows], hidden: Int, style: TextStyle) -> [UInt8] {
    var table = TextTable(flexible: 3)
    for part in parts { table.append(part.table) }
    let shown = parts.reduce(0) { $0 + $1.areSettled.count }
    var output: [UInt8] = []
    output.reserveCapacity(shown * style.width)
    table.write(style, into: &output)
    output.append(contentsOf: summary(shown: shown, hidden: hidden).utf8)
    output.append(0x0a)
    if !names.isAvailable {
      let advice =
        "No pci.ids was found, so devices are shown by number: install the package pci.ids "
        + "(pciids on FreeBSD), or name a file with --pci-ids.\n"
      output.append(contentsOf: advice.utf8)
    }
    return output
  }

  private func summary(shown: Int, hidden: Int) -> String {
    var text = shown == 1 ? "1 function shown" : "\(shown) functions shown"
    if hidden > 0 { text += " (\(hidden) bridges and chipset functions hidden: -a)" }
    text += ". " + IOMMUSentence(host).text
    if let condition = ConditionSentence(host).text { text += "\n" + condition }
    return text
  }

  /// The positions that a list without selectors shows: neither bridges nor chipset functions.
  public static func shownByDefault(_ host: Machine) -> [Int] {
    host.functions.indices.filter { !isLeftOut(host.functions[$0]) }
  }

  /// Whether a function is a bridge or a part of the chipset, by the rules or by its looks.
  ///
  /// Processors have hundreds of functions for their own registers (0880 and 1101 of Intel's
  /// Xeons) without one base address register: a driver in a guest would find nothing there.
  /// A watchdog or a shared memory of the same classes has one, and is shown.
  private static func isLeftOut(_ function: Function) -> Bool {
    if function.isBridgeOrChipset { return true }
    switch function.classCode?.baseClass {
    case 0x05, 0x06, 0x08, 0x11: return function.baseAddressRegisters.isEmpty
    default: return false
    }
  }
}

extension Verdict {
  /// The role that colours the word.
  var role: TextStyle.Role {
    switch self {
    case .ready, .eligible: .good
    case .conditional: .caution
    case .blocked: .bad
    case .unknown: .faint
    }
  }
}
