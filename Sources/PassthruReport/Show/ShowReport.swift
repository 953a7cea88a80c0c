// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// All that is known of one function, a line a fact.
///
/// Capabilities are folded to one line each, or spread with all fields of the
/// header and of every capability under their dotted names.
public struct ShowReport: Sendable {
  private let function: Function
  private let names: DeviceNames
  private let spelling: AddressSpelling

  /// Prepares the report on one function of a host.
  public init(_ function: Function, of host: Machine, names: DeviceNames) {
    self.function = function
    self.names = names
    spelling = AddressSpelling(host)
  }

  /// The report, with a line feed at the end of each line.
  public func text(isVerbose: Bool, style: TextStyle) -> String {
    var lines = [heading(style)]
    lines += facts(style)
    lines += windows(style)
    lines += capabilities(isVerbose, style)
    if isVerbose, let space = function.configuration {
      lines.append("  header")
      lines += fieldLines(space.headerFields.map { ($0.name, $0) }, style)
    }
    for gap in gaps { lines += Self.broken("  ? ", gap.reason, style) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What could not be decoded of the function's configuration space.
  private var gaps: [Gap] {
    guard let space = function.configuration else { return [] }
    return space.gaps(of: function.address)
  }

  private func heading(_ style: TextStyle) -> String {
    let identity = function.identity
    var line =
      spelling.short(function.address) + "  " + names.title(of: function) + "  "
      + function.vendorDevice
    if let revision = identity.revisionID { line += " rev " + revision.hexadecimal(width: 2) }
    return style.colored(line.cut(style.width), .strong)
  }

  private func facts(_ style: TextStyle) -> [String] {
    var rows: [(String, String)] = []
    if let code = function.classCode { rows.append(("class", code.name + ", " + code.description)) }
    if let vendor = function.identity.subsystemVendorID,
      let device = function.identity.subsystemID
    {
      let ids = vendor.hexadecimal(width: 4) + ":" + device.hexadecimal(width: 4)
      rows.append(("board", names.subsystem(function.identity).map { $0 + "  " + ids } ?? ids))
    }
    rows.append(("driver", function.driver?.description ?? "none"))
    if let group = function.iommuGroup { rows.append(("IOMMU group", String(group))) }
    if let above = upstreamText { rows.append(("below", above)) }
    if let buses = function.bridge {
      rows.append(
        (
          "buses",
          buses.subordinate == buses.secondary
            ? buses.secondary.hexadecimal(width: 2)
            : buses.secondary.hexadecimal(width: 2) + " to "
              + buses.subordinate.hexadecimal(width: 2)
        ))
    }
    if let physical = function.physicalFunction {
      rows.append(("virtual of", spelling.short(physical)))
    }
    if let counts = function.virtualFunctions {
      rows.append(("virtual", "\(counts.enabled) of \(counts.total) virtual functions on"))
    }
    if let slot = function.slotName { rows.append(("slot", slot)) }
    if let label = function.label { rows.append(("label", label)) }
    if let node = function.numaNode { rows.append(("NUMA node", String(node))) }
    if let interrupt = function.interrupt { rows.append(("interrupt", String(interrupt))) }
    if let state = function.powerState { rows.append(("power", state.name)) }
    if let methods = function.resetMethods {
      let words = methods.map { $0.rawValue }.joined(separator: " ")
      rows.append(("reset by", words.isEmpty ? "nothing" : words))
    }
    if let space = function.configuration, !space.isAllOnes, let command = space.command {
      rows.append(("command", Self.words(command)))
    }
    return rows.map { row in ("  " + row.0.fitted(12) + row.1).cut(style.width) }
  }

  private var upstreamText: String? {
    switch function.upstream {
    case .rootBus(let bus): "root bus " + bus.description
    case .bridge(let address): spelling.short(address)
    case .unknown: nil
    }
  }

  private static func words(_ command: CommandRegister) -> String {
    var words: [String] = []
    words.append("I/O " + (command.isIOSpaceEnabled ? "on" : "off"))
    words.append("memory " + (command.isMemorySpaceEnabled ? "on" : "off"))
    words.append("bus master " + (command.isBusMasterEnabled ? "on" : "off"))
    words.append("INTx " + (command.isInterruptDisabled ? "off" : "on"))
    return words.joined(separator: ", ")
  }

  private func windows(_ style: TextStyle) -> [String] {
    var lines: [String] = []
    for register in function.baseAddressRegisters {
      var line = "  " + Self.name(register).fitted(12) + register.kind.name
      if register.isPrefetchable { line += " prefetchable" }
      line += register.address.map { " at 0x" + $0.hexadecimal(width: 1) } ?? " not assigned"
      if let size = register.size { line += ", " + sizeText(size) }
      if register.isEnabled == false { line += ", off" }
      lines.append(line.cut(style.width))
    }
    for window in function.configuration?.windows ?? [] {
      let name =
        switch window.kind {
        case .io: "to I/O"
        case .memory: "to memory"
        case .prefetchableMemory: "to prefetch"
        }
      var line = "  " + name.fitted(12)
      if window.isOpen {
        line +=
          "0x" + window.base.hexadecimal(width: 1) + " to 0x"
          + window.limit.hexadecimal(width: 1)
        if let size = window.size { line += ", " + sizeText(size) }
      } else {
        line += "closed"
      }
      lines.append(line.cut(style.width))
    }
    return lines
  }

  private static func name(_ register: BaseAddressRegister) -> String {
    register.index == 6 ? "ROM" : "bar\(register.index)"
  }

  private func capabilities(_ isVerbose: Bool, _ style: TextStyle) -> [String] {
    guard let space = function.configuration else { return listedCapabilities(style) }
    let capabilities = space.capabilities
    guard !capabilities.isEmpty else { return [] }
    var lines = ["  capabilities"]
    for capability in capabilities {
      var name = capability.title
      if let version = capability.entry.version { name += " v\(version)" }
      let offset = UInt(capability.entry.offset).hexadecimal(width: 2)
      let summary = CapabilitySummary(capability).text
      let line = "    " + offset.fitted(5) + capability.shortName.fitted(12) + name
      lines += Self.broken(line + (summary.isEmpty ? "" : ": "), summary, style)
      if isVerbose {
        lines += fieldLines(
          capability.fields.map { (capability.shortName + "." + $0.name, $0) }, style)
      }
    }
    return lines
  }

  private func listedCapabilities(_ style: TextStyle) -> [String] {
    guard let listed = function.listedCapabilities, !listed.isEmpty else { return [] }
    return ["  capabilities"]
      + listed.map { capability in
        let offset = capability.offset.map { UInt($0).hexadecimal(width: 2) } ?? "?"
        return ("    " + offset.fitted(5) + capability.id.shortName.fitted(12) + capability.text)
          .cut(style.width)
      }
  }

  private func fieldLines(_ fields: [(String, Field)], _ style: TextStyle) -> [String] {
    let width = min(fields.map { $0.0.columns }.max() ?? 0, 56)
    var lines: [String] = []
    for (name, field) in fields {
      lines += Self.broken(
        "      " + (name.columns < width ? name.fitted(width) : name) + "  ", field.text, style)
    }
    return lines
  }

  /// A text after its head, going on in lines of their own below the head's text.
  private static func broken(_ head: String, _ text: String, _ style: TextStyle) -> [String] {
    let room = style.width - head.columns
    if text.columns <= room { return [(head + text).trimmedEnd] }
    let indent = min(head.columns, 12)
    if room < 24 {
      return [head.trimmedEnd]
        + text.wrapped(style.width - indent).map { String(repeating: " ", count: indent) + $0 }
    }
    let parts = text.wrapped(room)
    return parts.enumerated().map { index, part in
      (index == 0 ? head : String(repeating: " ", count: head.columns)) + part
    }
  }
}
