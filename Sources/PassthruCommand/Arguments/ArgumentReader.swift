// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PassthruAnalysis

/// Reads the arguments of the command, for the front that has no argument parser.
///
/// The names, and the ways to write them (`--name value`, `--name=value`, `-o
/// FILE`, `-va`, `--`), are those of the front with one; a test runs both.
public struct ArgumentReader: Sendable {
  private var rest: ArraySlice<String>
  private var parsed: ParsedArguments
  private var positional: [String] = []
  /// Whether `groups --why` compares two functions.
  private var comparesTwo = false
  /// What follows the `=` of the option that is being read.
  private var attached: String?

  /// Reads arguments, without the program's name.
  public static func read(_ arguments: [String]) throws(ArgumentError) -> ParsedArguments {
    var rest = arguments[...]
    var subcommand = Subcommand.list
    if let first = rest.first {
      if first == "help" {
        var parsed = ParsedArguments(.list)
        parsed.request = .help
        return parsed
      }
      if let named = Subcommand(rawValue: first) {
        subcommand = named
        rest = rest.dropFirst()
      }
    }
    var reader = ArgumentReader(rest: rest, parsed: ParsedArguments(subcommand))
    try reader.readAll()
    return reader.parsed
  }

  private init(rest: ArraySlice<String>, parsed: ParsedArguments) {
    self.rest = rest
    self.parsed = parsed
  }

  private mutating func readAll() throws(ArgumentError) {
    while let argument = rest.popFirst() {
      if argument == "--" {
        positional.append(contentsOf: rest)
        rest = []
      } else if argument.hasPrefix("--") {
        try readLong(argument)
      } else if argument.hasPrefix("-"), argument.utf8.count > 1 {
        try readShort(argument)
      } else {
        positional.append(argument)
      }
    }
    if parsed.request == .run { try place() }
  }

  // MARK: Options

  private mutating func readLong(_ argument: String) throws(ArgumentError) {
    var name = argument
    var attached: String?
    if let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")) {
      name = String(argument[..<equals])
      attached = String(argument[argument.utf8.index(after: equals)...])
    }
    if try readFlag(name, attached) { return }
    self.attached = attached
    try readOption(name)
  }

  /// The value of an option: after its `=`, or the next argument.
  private mutating func value(of name: String) throws(ArgumentError) -> String {
    if let attached { return attached }
    guard let value = rest.popFirst(), !value.hasPrefix("--") else {
      throw ArgumentError("\(name) needs a value")
    }
    return value
  }

  private mutating func readFlag(
    _ name: String, _ attached: String?
  ) throws(ArgumentError) -> Bool {
    let subcommand = parsed.invocation.subcommand
    switch name {
    case "--help": parsed.request = .help
    case "--version": parsed.request = .version
    case "--all": parsed.invocation.showsAll = true
    case "--verbose": parsed.invocation.isVerbose = true
    case "--color": parsed.usesColor = true
    case "--no-color": parsed.usesColor = false
    case "--wake": parsed.wakes = true
    case "--raw" where subcommand == .show: parsed.invocation.isRaw = true
    case "--why" where subcommand == .groups: comparesTwo = true
    case "--write" where subcommand == .emit: parsed.invocation.writesFile = true
    case "--undo" where subcommand == .emit: parsed.invocation.isUndo = true
    case "--force" where subcommand == .emit: parsed.invocation.isForced = true
    case "--force" where subcommand == .bind: parsed.invocation.isForced = true
    case "--with-group" where subcommand == .bind: parsed.invocation.takesGroup = true
    case "--apply" where subcommand.changesHost: parsed.invocation.applies = true
    case "--in-place" where subcommand.changesHost: parsed.runsInPlace = true
    case "--with-serials" where subcommand == .snapshot:
      parsed.invocation.keepsSerialNumbers = true
    default: return false
    }
    guard attached == nil else { throw ArgumentError("\(name) takes no value") }
    return true
  }

  private mutating func readOption(_ name: String) throws(ArgumentError) {
    let subcommand = parsed.invocation.subcommand
    let takesGuest = subcommand == .plan || subcommand == .emit
    switch name {
    case "--from": parsed.from = try value(of: name)
    case "--as": parsed.kind = try value(of: name)
    case "--pci-ids": parsed.namesFile = try value(of: name)
    case "--allow": parsed.invocation.allowed.append(try value(of: name))
    case "--format":
      let text = try value(of: name)
      guard let format = OutputFormat(rawValue: text) else {
        throw Self.unknown(text, of: name, OutputFormat.allCases.map { $0.rawValue })
      }
      parsed.invocation.format = format
    case "--for":
      let text = try value(of: name)
      guard let consumer = Consumer(rawValue: text) else {
        throw Self.unknown(text, of: name, Consumer.allCases.map { $0.rawValue })
      }
      parsed.invocation.consumer = consumer
    case "--field" where subcommand == .show: parsed.invocation.field = try value(of: name)
    case "--kind" where subcommand == .lint:
      parsed.invocation.fileKind = try value(of: name)
    case "--into" where subcommand == .emit: parsed.into = try value(of: name)
    case "--explain" where subcommand == .check:
      parsed.invocation.explainedRule = try value(of: name)
    case "--output" where subcommand == .snapshot: parsed.output = try value(of: name)
    case "--driver" where subcommand == .bind: parsed.invocation.driver = try value(of: name)
    case "--method" where subcommand == .reset:
      parsed.invocation.resetMethod = try value(of: name)
    case "--deadline" where subcommand.changesHost:
      let seconds = try Self.number(try value(of: name), of: name)
      guard (1...86_400).contains(seconds) else {
        throw ArgumentError("--deadline takes a number of seconds from 1 to 86400")
      }
      parsed.invocation.deadline = seconds
    case "--state-directory" where subcommand.changesHost:
      parsed.stateDirectory = try value(of: name)
    case "--count" where subcommand == .watch:
      parsed.eventLimit = try Self.number(try value(of: name), of: name)
    case "--etc" where subcommand == .plan: parsed.etc.append(try value(of: name))
    case "--guest" where takesGuest: parsed.invocation.guest = try value(of: name)
    case "--slot" where takesGuest: parsed.invocation.guestSlot = try value(of: name)
    case "--rom" where takesGuest: parsed.invocation.romFile = try value(of: name)
    case "--hypervisor-version" where takesGuest: parsed.invocation.version = try value(of: name)
    case "--boot-index" where takesGuest:
      parsed.invocation.bootIndex = try Self.number(try value(of: name), of: name)
    case "--release" where takesGuest:
      parsed.invocation.release = try Self.number(try value(of: name), of: name)
    default:
      throw ArgumentError(
        "\(subcommand.rawValue) has no option \(displayText(name.utf8))")
    }
  }

  private mutating func readShort(_ argument: String) throws(ArgumentError) {
    var letters = Array(argument.utf8.dropFirst())[...]
    while let letter = letters.popFirst() {
      switch letter {
      case UInt8(ascii: "h"): parsed.request = .help
      case UInt8(ascii: "a"): parsed.invocation.showsAll = true
      case UInt8(ascii: "v"): parsed.invocation.isVerbose = true
      case UInt8(ascii: "o") where parsed.invocation.subcommand == .snapshot:
        if letters.isEmpty {
          guard let value = rest.popFirst() else { throw ArgumentError("-o needs a value") }
          parsed.output = value
        } else {
          parsed.output = String(decoding: letters, as: UTF8.self)
          letters = []
        }
      default:
        throw ArgumentError(
          "\(parsed.invocation.subcommand.rawValue) has no option -\(displayText([letter]))")
      }
    }
  }

  private static func number(
    _ text: String, of name: String
  ) throws(ArgumentError) -> Int {
    guard let number = Int(text) else {
      throw ArgumentError("\(displayText(text.utf8)) is no number for \(name)")
    }
    return number
  }

  private static func unknown(
    _ text: String, of name: String, _ known: [String]
  ) -> ArgumentError {
    ArgumentError(
      "\(name) cannot be \(displayText(text.utf8)): it is "
        + known.joined(separator: " or "))
  }

  // MARK: Arguments

  /// Gives the arguments without a dash their places.
  private mutating func place() throws(ArgumentError) {
    switch parsed.invocation.subcommand {
    case .emit:
      guard let target = positional.first else { throw ArgumentError("emit needs a target") }
      parsed.invocation.target = target
      guard parsed.into != nil || !parsed.invocation.writesFile else {
        throw ArgumentError("--write goes with --into FILE")
      }
      guard parsed.into == nil || !parsed.invocation.isUndo else {
        throw ArgumentError("--undo prints text: leave out --into")
      }
      try placeSelectors(positional.dropFirst(), isRequired: true)
    case .show, .plan: try placeSelectors(positional[...], isRequired: true)
    case .groups where comparesTwo:
      guard positional.count == 2 else {
        throw ArgumentError("--why compares two functions: groups --why A B")
      }
      parsed.invocation.whyPair = positional
    case .vfs:
      guard positional.count == 2, let count = UInt16(positional[1]) else {
        throw ArgumentError("vfs needs a function and a number: vfs 0a:00.0 4")
      }
      parsed.invocation.selectors = [positional[0]]
      parsed.invocation.count = count
    case .bind, .unbind, .reset, .remove: try placeSelectors(positional[...], isRequired: true)
    case .list, .tree, .groups, .check, .restore, .watch:
      try placeSelectors(positional[...], isRequired: false)
    case .targets, .rules, .fields, .snapshot, .rescan:
      guard positional.isEmpty else {
        throw ArgumentError("\(parsed.invocation.subcommand.rawValue) takes no function")
      }
    case .lint:
      guard !positional.isEmpty else { throw ArgumentError("lint needs a file") }
      parsed.files = positional
    case .rom:
      guard positional.count == 1 else { throw ArgumentError("rom needs one file") }
      parsed.files = positional
    case .diff:
      guard positional.count == 1 || positional.count == 2 else {
        throw ArgumentError("diff needs one recording or two")
      }
      parsed.compared = positional
    }
  }

  private mutating func placeSelectors(
    _ selectors: ArraySlice<String>, isRequired: Bool
  ) throws(ArgumentError) {
    guard !isRequired || !selectors.isEmpty else {
      throw ArgumentError("\(parsed.invocation.subcommand.rawValue) needs a function")
    }
    parsed.invocation.selectors = Array(selectors)
  }
}
