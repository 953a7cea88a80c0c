// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Reads the text of `pciconf -l`, with any of `-v`, `-b`, `-B`, `-c`, `-e` and `-V`.
///
/// All forms seen from FreeBSD 6.4 to 15 and DragonFly 5.8 are read; lines that
/// are none of them are skipped and said.
struct PciconfReader {
  private let bytes: [UInt8]
  private var lines: TextLines
  private var skipped = SkippedLines()
  private var gaps: [Gap] = []
  private var functions: [Function] = []
  /// The name and the line of each function's header.
  private var headers: [(name: String, line: Int)] = []
  private var firstLine: [FunctionAddress: Int] = [:]
  private var firstFailure: (line: Int, reason: String)?
  /// What the text shows at all, which tells absent facts from unrecorded ones.
  private var seen = Seen()
  /// The capabilities of the last function: appended to here, since a change of
  /// an array inside an array's element copies it.
  private var capabilities: [ListedCapability] = []
  /// Whether lines belong to the last function.
  private var isInFunction = false
  /// Whether the line before was a capability's.
  private var isInCapability = false
  /// Whether a name in quotes goes on in the next line.
  private var isInQuotes = false

  private struct Seen {
    var bars = false
    var capabilities = false
    var dragonFly = false
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = TextLines(bytes)
  }

  static func read(_ bytes: [UInt8], location: String) throws(RecordError) -> Machine {
    var reader = PciconfReader(bytes)
    while let line = reader.lines.next() { try reader.read(line) }
    reader.finishFunction()
    return try reader.host(location)
  }

  // MARK: Lines

  private mutating func read(_ line: TextLines.Line) throws(RecordError) {
    guard line.count <= TextLines.maximumLength else {
      skipped.note(line.number, "text", "the line has \(line.count) bytes, too many to be read")
      return
    }
    var start = line.range.lowerBound
    let end = line.range.upperBound
    while let header = PciconfHeader.start(in: bytes, start..<end) {
      readDetails(start..<header, line.number)
      // A second header can be glued to the first.
      let at = afterAt(header, end)
      let next = PciconfHeader.start(in: bytes, at..<end) ?? end
      try readHeader(header..<next, line.number)
      start = next
    }
    readDetails(start..<end, line.number)
  }

  /// The position after the `@` of a header.
  private func afterAt(_ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end, bytes[position] != UInt8(ascii: "@") { position += 1 }
    return min(position + 1, end)
  }

  private mutating func readHeader(_ range: Range<Int>, _ number: Int) throws(RecordError) {
    finishFunction()
    isInFunction = false
    isInCapability = false
    isInQuotes = false
    let header: PciconfHeader
    do {
      header = try PciconfHeader(TextCursor(bytes, range))
    } catch {
      let reason =
        switch error {
        case .cut: "the text ends in the middle of a header"
        case .badAddress: "its numbers name no function"
        case .noIdentity: "it has no vendor and device id"
        }
      if firstFailure == nil { firstFailure = (number, reason) }
      skipped.note(
        number, "function", "a function's header was skipped because " + reason,
        showing: TextCursor(bytes, range), remedy: "record again with pciconf -lvbc")
      return
    }
    if let first = firstLine[header.address] {
      throw .duplicateAddress(header.address, first: first, second: number)
    }
    guard functions.count < RecordLimits.functions else {
      throw .tooManyFunctions(limit: RecordLimits.functions)
    }
    firstLine[header.address] = number
    var function = Function(address: header.address, identity: header.identity)
    function.classCode = header.classCode
    function.headerType = header.headerType
    if header.headerType == .endpoint { function.recordAbsence(of: .bridge) }
    functions.append(function)
    headers.append((header.name, number))
    isInFunction = true
    if header.classCode == nil || header.headerType == nil || header.identity.revisionID == nil {
      gaps.append(
        Gap(
          .function(header.address), "header",
          reason: "line \(number) lacks some of class, rev and hdr",
          remedy: "record again with pciconf -lvbc"))
    }
  }

  /// Reads what is not a header; capabilities can be glued to each other.
  private mutating func readDetails(_ range: Range<Int>, _ number: Int) {
    var start = range.lowerBound
    let line = TextCursor(bytes, range)
    var next = start
    while next < range.upperBound, bytes[next] <= 0x20 { next += 1 }
    guard next < range.upperBound else { return }
    while next < range.upperBound {
      next += 1
      while next < range.upperBound, !line.startsGluedCapability(at: next) { next += 1 }
      readDetail(start..<next, number)
      start = next
      next += 4
    }
  }

  private mutating func readDetail(_ range: Range<Int>, _ number: Int) {
    var cursor = TextCursor(bytes, range)
    let columns = cursor.skipBlanks()
    guard isInFunction, let index = functions.indices.last else {
      // Headers that were skipped were said; their lines need not be.
      if functions.isEmpty, firstFailure == nil {
        skipped.note(number, "text", "a line before the first function", showing: cursor)
      }
      return
    }
    if isInQuotes {
      isInQuotes = !cursor.endsWithQuote
      if !cursor.startsPciconfDetail { return }
      isInQuotes = false
    }
    let detail = PciconfDetail(cursor, columns: columns)
    let followsCapability = isInCapability
    isInCapability = detail.isCapability || (followsCapability && detail.isContinuation)
    switch detail {
    case .bar(let bar):
      seen.bars = true
      // Six registers and the ROM: a seventh line is no register's.
      if functions[index].baseAddressRegisters.count < 7 {
        functions[index].baseAddressRegisters.append(bar)
      }
    case .unreadableBar:
      seen.bars = true
      gaps.append(
        Gap(
          .function(functions[index].address), "bar",
          reason: "line \(number) has a window whose width pciconf could not tell: \""
            + cursor.rest + "\""))
    case .buses(let buses): functions[index].bridge = buses
    case .capability(let capability):
      seen.capabilities = true
      // Only DragonFly prints extended capabilities without indentation.
      if columns == 0 { seen.dragonFly = true }
      guard capabilities.count < RecordLimits.capabilities else {
        skipped.note(number, "capabilities", "the function has more capabilities than can be")
        return
      }
      capabilities.append(capability)
    // Continuation lines follow other lines too, errors of -e among them.
    case .continuation: if followsCapability { extendCapability(cursor) }
    case .name(let isOpen): isInQuotes = isOpen
    case .known: break
    case .unknown:
      skipped.note(number, "text", "pciconf prints no such line", showing: cursor)
    }
  }

  private mutating func extendCapability(_ cursor: TextCursor) {
    guard let last = capabilities.indices.last,
      capabilities[last].text.utf8.count < TextLines.maximumLength
    else { return }
    capabilities[last].text += " " + cursor.rest
  }

  /// Gives the last function what was gathered for it.
  private mutating func finishFunction() {
    guard let index = functions.indices.last else { return }
    if functions[index].listedCapabilities == nil {
      functions[index].listedCapabilities = capabilities
    }
    capabilities = []
  }

  // MARK: Result

  private mutating func host(_ location: String) throws(RecordError) -> Machine {
    guard !functions.isEmpty else {
      if let firstFailure {
        throw .noIdentity(.pciconf, line: firstFailure.line, reason: firstFailure.reason)
      }
      throw .noHeader(lines: lines.number, first: TextCursor(bytes, 0..<min(60, bytes.count)).rest)
    }
    readDrivers()
    readCapabilities()
    var host = Machine(
      source: Source(kind: .pciconf, location: location),
      system: OperatingSystem(family: seen.dragonFly ? .dragonfly : .freebsd))
    host.functions = functions
    host.isInKernelOrder = true
    host.gaps = gaps + skipped.summary + unrecorded
    host.deriveVirtualFunctions()
    host.deriveUpstream()
    host.deriveMultiFunction()
    return host
  }

  private mutating func readDrivers() {
    let readings = DriverName.readings(headers.map { $0.name })
    for (index, reading) in readings.enumerated() {
      switch reading {
      case .none: functions[index].driver = nil
      case .driver(let name, let unit):
        functions[index].driver = DriverBinding(name: name, unit: unit)
      case .ambiguous:
        let name = headers[index].name
        functions[index].driver = DriverBinding(name: name)
        gaps.append(
          Gap(
            .function(functions[index].address), "driver.unit",
            reason: "line \(headers[index].line) says \"\(name)\", which can be parted into "
              + "driver and unit in several ways or in none",
            remedy: "devinfo -v on that machine shows which driver it is"))
      }
    }
  }

  private mutating func readCapabilities() {
    for index in functions.indices {
      guard seen.capabilities else {
        functions[index].listedCapabilities = nil
        continue
      }
      let power = functions[index].listedCapabilities?.first {
        $0.id == PowerManagement.id
      }
      functions[index].powerState = power.flatMap { PowerState(pciconf: $0.text) }
    }
  }

  /// What the options that were not given would have shown.
  private var unrecorded: [Gap] {
    var gaps: [Gap] = []
    if !seen.bars {
      gaps.append(
        Gap(
          .host, "baseAddressRegisters", reason: "no line of the text describes a window",
          remedy: "record with pciconf -lvbc"))
    }
    if !seen.capabilities {
      gaps.append(
        Gap(
          .host, "capabilities", reason: "no line of the text names a capability",
          remedy: "record with pciconf -lvbc, as root"))
    }
    return gaps
  }
}
