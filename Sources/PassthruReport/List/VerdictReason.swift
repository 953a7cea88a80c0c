// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PassthruAnalysis

/// The one reason that a table has room for.
struct VerdictReason {
  let text: String

  init(_ assessment: Assessment, spelling: AddressSpelling) {
    text = Self.headline(spelling.sentence(Self.reason(assessment, spelling: spelling)))
  }

  /// How many columns a reason has on a terminal of 100, beside long names of drivers.
  private static let room = 31

  /// The first clauses of a sentence that the room holds; `check` has the whole.
  private static func headline(_ sentence: String) -> String {
    guard sentence.columns > room else { return sentence }
    // "it is the only network card of the host"
    let ofHost = " of the host"
    if sentence.utf8.count <= room + ofHost.utf8.count, sentence.hasSuffix(ofHost) {
      return String(sentence.dropLast(ofHost.count))
    }
    let bytes = Array(sentence.utf8)
    var end = bytes.count
    var place = 0
    while place + 1 < bytes.count {
      let isEnd =
        bytes[place + 1] == 0x20
        && [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":")].contains(bytes[place])
      if isEnd, place >= 12 {
        // The longest that fits, or else the shortest.
        if place > room { return String(decoding: bytes[..<min(end, place)], as: UTF8.self) }
        end = place
        if bytes[place] != UInt8(ascii: ",") { break }
      }
      place += 1
    }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  private static func reason(_ assessment: Assessment, spelling: AddressSpelling) -> String {
    switch assessment.verdict {
    case .blocked:
      return assessment.findings.first { $0.severity == .blocker && $0.resolution == nil }?
        .evidence ?? ""
    case .conditional:
      if !assessment.together.isEmpty { return with(assessment.together, spelling) }
      return assessment.findings.first { $0.severity == .blocker }?.evidence
        ?? (assessment.restsOnSource ? "on the conditions below" : assessment.condition) ?? ""
    case .unknown:
      return assessment.missing?.evidence ?? ""
    case .ready, .eligible:
      let risk = assessment.findings.first { $0.severity == .risk }
      return risk?.id == "group.split-functions"
        ? "its device has more functions" : risk?.evidence ?? ""
    }
  }

  private static func with(_ others: [FunctionAddress], _ spelling: AddressSpelling) -> String {
    let whole = "with " + spelling.list(others)
    guard whole.columns > room else { return whole }
    var count = others.count
    while count > 1 {
      count -= 1
      let text =
        "with " + spelling.list(Array(others.prefix(count))) + " and \(others.count - count) more"
      if text.columns <= room { return text }
    }
    return "with \(others.count) others"
  }
}
