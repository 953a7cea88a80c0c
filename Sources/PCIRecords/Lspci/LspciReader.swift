// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Reads lspci's text: hexadecimal dumps of `-x`, `-xxx` and `-xxxx`, alone or below
/// the text of `-v`, `-vv` and `-vvv`, and text alone, with numeric ids (`-n`, `-nn`) or without.
///
/// The dump's grammar is pciutils' own (lib/dump.c): a header line, lines of
/// `OFFSET: BYTES`, an empty line at the end; other lines belong to the text.
struct LspciReader {
  private let bytes: [UInt8]
  private var lines: TextLines
  private var skipped = SkippedLines()
  private var gaps: [Gap] = []
  private var functions: [Function] = []
  private var firstLine: [FunctionAddress: Int] = [:]
  private var firstFailure: (line: Int, reason: String)?
  private var current: LspciEntry?
  private var isLinux = false
  private var denied = 0
  /// The group that a line of its own gave to the functions below it.
  private var listedGroup: Int?
  private var withoutInterface = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = TextLines(bytes)
  }

  static func read(_ bytes: [UInt8], location: String) throws(RecordError) -> Machine {
    var reader = LspciReader(bytes)
    while let line = reader.lines.next() { try reader.read(line) }
    reader.finish()
    return try reader.host(location)
  }

  // MARK: Lines

  private mutating func read(_ line: TextLines.Line) throws(RecordError) {
    guard line.count <= TextLines.maximumLength else {
      skipped.note(line.number, "text", "the line has \(line.count) bytes, too many to be read")
      return
    }
    var cursor = TextCursor(bytes, line.range)
    guard let first = cursor.next else {
      finish()
      return
    }
    if first == 0x20 || first == 0x09 {
      let columns = cursor.skipBlanks()
      guard !cursor.isAtEnd else { return }
      guard current != nil else {
        if functions.isEmpty, firstFailure == nil {
          skipped.note(line.number, "text", "a line before the first function", showing: cursor)
        }
        return
      }
      readDetail(cursor, columns: columns)
      return
    }
    let group = LspciHeader.group(&cursor)
    if let group, cursor.isAtEnd {
      finish()
      listedGroup = group
      return
    }
    if let header = LspciHeader(cursor) {
      try start(header, line.number)
      if let group = group ?? listedGroup {
        isLinux = true
        current?.apply(.group(group))
      }
    } else if !readDump(cursor, line.number) {
      // libpci's complaints come between the lines of a terminal's log.
      if cursor.skip("pcilib: ") || cursor.skip("lspci: ") { return }
      current?.breakList()
      finish()
      skipped.note(line.number, "text", "lspci prints no such line", showing: cursor)
    }
  }

  private mutating func start(_ header: LspciHeader, _ number: Int) throws(RecordError) {
    finish()
    if let first = firstLine[header.address] {
      throw .duplicateAddress(header.address, first: first, second: number)
    }
    guard firstLine.count < RecordLimits.functions else {
      throw .tooManyFunctions(limit: RecordLimits.functions)
    }
    firstLine[header.address] = number
    current = LspciEntry(header, line: number)
  }

  private mutating func readDetail(_ cursor: TextCursor, columns: Int) {
    // Deeper lines belong to a capability: SR-IOV has regions of its own.
    guard current?.isOwnDetail(columns) == true, let detail = LspciDetail(cursor) else {
      current?.extendCapability(cursor)
      return
    }
    switch detail {
    case .driver, .group, .node, .linux: isLinux = true
    case .deniedCapabilities: denied += 1
    default: break
    }
    current?.apply(detail)
  }

  /// Reads `10: 00 00 a0 fe ...`; false where the line is none of a dump.
  private mutating func readDump(_ start: TextCursor, _ number: Int) -> Bool {
    var cursor = start
    guard let offset = cursor.hexadecimal(maximumDigits: 8), cursor.position - start.position >= 2,
      cursor.skip(": ")
    else { return false }
    guard current != nil else {
      if firstFailure == nil || !functions.isEmpty {
        skipped.note(number, "configuration", "bytes that belong to no function", showing: start)
      }
      return true
    }
    guard current?.isDumpBroken == false else { return true }
    if let reason = current?.append(&cursor, at: offset) {
      skipped.note(
        number, "configuration",
        "the dump of \(current?.address.description ?? "") stops here because \(reason)",
        showing: start)
    }
    return true
  }

  private mutating func finish() {
    guard let entry = current else { return }
    current = nil
    let gapCount = gaps.count
    let lacksInterface = entry.lacksInterface
    if let function = entry.function(&gaps) {
      if lacksInterface { withoutInterface += 1 }
      functions.append(function)
      return
    }
    gaps.removeLast(gaps.count - gapCount)
    let reason = "it has neither numeric ids nor a dump of its bytes"
    if firstFailure == nil { firstFailure = (entry.line, reason) }
    skipped.note(
      entry.line, "function",
      "\(entry.address.description) was skipped because " + reason,
      remedy: "record again with lspci -nnvvvxxxx, as root")
  }

  // MARK: Result

  private mutating func host(_ location: String) throws(RecordError) -> Machine {
    guard !functions.isEmpty else {
      if let firstFailure {
        throw .noIdentity(.lspci, line: firstFailure.line, reason: firstFailure.reason)
      }
      throw .noHeader(lines: lines.number, first: TextCursor(bytes, 0..<min(60, bytes.count)).rest)
    }
    var host = Machine(
      source: Source(kind: .lspci, location: location),
      system: OperatingSystem(family: isLinux ? .linux : .unknown))
    host.functions = functions.sorted { $0.address < $1.address }
    host.gaps = gaps + skipped.summary + unrecorded
    host.deriveVirtualFunctions()
    host.deriveUpstream()
    host.deriveMultiFunction()
    host.deriveIOMMU()
    return host
  }

  /// What other options, or another user, would have recorded.
  private var unrecorded: [Gap] {
    let remedy = "record with lspci -nnvvvxxxx, as root"
    var gaps: [Gap] = []
    func say(_ count: Int, _ fact: String, _ reason: String) {
      guard count > 0 else { return }
      gaps.append(
        Gap(
          .host, fact, reason: "\(count) of \(functions.count) functions: " + reason,
          remedy: remedy))
    }
    say(
      functions.count { !$0.hasIdentity }, "identity",
      "names are printed without ids, as lspci does without -nn")
    say(
      functions.count { $0.configuration == nil && $0.listedCapabilities == nil },
      "configuration", "no dump of the bytes, so that the capabilities are unknown")
    say(
      functions.count { $0.configuration == nil && $0.listedCapabilities != nil },
      "configuration",
      "no dump of the bytes, so that of a capability is known what the text prints")
    say(
      functions.count { function in
        let facts = function.listedCapabilities == nil ? nil : function.capabilityFacts
        return facts?.hasAccessControlServices == true && facts?.accessControlEnabled == nil
      }, "accessControl", "ACS is named without its services, as -v does")
    say(
      functions.count { function in
        guard let space = function.configuration else { return false }
        return space.count < ConfigurationSpace.conventionalSize
          && space.status?.hasCapabilityList != false
      }, "capabilities", "the capabilities are beyond the bytes recorded")
    say(
      functions.count { function in
        function.configuration?.count == ConfigurationSpace.conventionalSize
          && function.capabilityFacts.isPCIExpress == true
      }, "extendedCapabilities", "the extended configuration space was not recorded")
    say(denied, "capabilities", "recorded by a user who may not read capabilities")
    say(
      withoutInterface, "classCode.programmingInterface",
      "neither a dump nor -v tells the programming interface, taken as 0")
    say(
      functions.count { function in
        function.baseAddressRegisters.contains { $0.size == nil && $0.address != nil }
      }, "bar.size", "no line of text tells the size of a window")
    if functions.allSatisfy({ $0.driver == nil }) {
      say(functions.count, "driver", "no line of text names a driver")
    }
    if functions.allSatisfy({ $0.iommuGroup == nil }) {
      say(functions.count, "iommuGroup", "no line of text names an IOMMU group")
    }
    return gaps
  }
}
