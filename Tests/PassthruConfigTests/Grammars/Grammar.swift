// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost

@testable import PassthruConfig

/// A function as a configuration names it, and where the guest sees it.
struct Placed: Hashable {
  var address: FunctionAddress
  /// The guest's slot, and a bus before it where the format has one; `nil` where it has none.
  var slot: String?
  var function: UInt8?
}

/// Why a text is not in its consumer's language.
struct GrammarError: Error, CustomStringConvertible {
  var description: String
}

/// The lines of a text, taken one after the other; nothing may be left over.
struct LineReader {
  var lines: [String]

  init(_ text: String) throws {
    guard text.isEmpty || text.hasSuffix("\n") else {
      throw GrammarError(description: "no newline at the end")
    }
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeLast()
  }

  /// The groups of a pattern that all of the next line matches.
  mutating func take(_ pattern: String) throws -> [String] {
    guard let line = lines.first else { throw GrammarError(description: "no line for \(pattern)") }
    guard let groups = match(line, pattern) else {
      throw GrammarError(description: "\(line) is not \(pattern)")
    }
    lines.removeFirst()
    return groups
  }

  /// As `take` for as many lines as match.
  mutating func takeAll(_ pattern: String) -> [[String]] {
    var all: [[String]] = []
    while let line = lines.first, let groups = match(line, pattern) {
      all.append(groups)
      lines.removeFirst()
    }
    return all
  }

  mutating func end() throws {
    guard lines.isEmpty else { throw GrammarError(description: "left over: \(lines[0])") }
  }
}

/// Patterns, each compiled once.
private final class Patterns: @unchecked Sendable {
  static let shared = Patterns()
  private let lock = NSLock()
  private var compiled: [String: NSRegularExpression] = [:]

  subscript(_ pattern: String) -> NSRegularExpression {
    lock.withLock {
      if let known = compiled[pattern] { return known }
      guard let expression = try? NSRegularExpression(pattern: pattern) else {
        preconditionFailure("pattern \(pattern)")
      }
      compiled[pattern] = expression
      return expression
    }
  }
}

/// The groups of a pattern that all of a text matches; an absent group is empty.
func match(_ text: String, _ pattern: String) -> [String]? {
  matches(text, "\\A(?:" + pattern + ")\\z").first
}

/// Every place where a pattern matches.
func matches(_ text: String, _ pattern: String) -> [[String]] {
  let string = text as NSString
  return Patterns.shared[pattern].matches(
    in: text, range: NSRange(location: 0, length: string.length)
  ).map { found in
    (0..<found.numberOfRanges).map {
      found.range(at: $0).location == NSNotFound
        ? "" : string.substring(with: found.range(at: $0))
    }
  }
}

func triple(_ text: String) throws -> FunctionAddress {
  // %d/%d/%d, and no form but the shortest one.
  guard match(text, "(0|[1-9]\\d{0,2})/(0|[1-9]\\d?)/(0|[1-9]\\d{0,2})") != nil,
    let address = FunctionAddress(bhyveTriple: text)
  else { throw GrammarError(description: "\(text) is not bus/slot/function") }
  return address
}

func linux(_ text: String) throws -> FunctionAddress {
  guard match(text, "[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]") != nil,
    let address = FunctionAddress(text)
  else { throw GrammarError(description: "\(text) is not an address of Linux's") }
  return address
}

extension Machine {
  /// The function whose sysfs name an address is: under ARI another address.
  func linuxFunction(at address: FunctionAddress) -> Function? {
    functions.first { $0.address.linuxForm == address }
  }
}

extension FunctionAddress {
  /// The address that Linux's name reads as.
  var linuxForm: FunctionAddress {
    FunctionAddress(domain: domain, bus: bus, deviceFunction: deviceFunction)
  }
}
