// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A line of a configuration file that holds a name which moves.
public struct NameReference: Hashable, Sendable {
  /// The name that was found: `em2`.
  public var name: String
  /// The file, as it was named to the search.
  public var path: String
  /// The line, counted from 1.
  public var line: Int
  /// The line's text, without blanks around it and cut after 200 bytes.
  public var text: String

  /// Records a line.
  public init(name: String, path: String, line: Int, text: String) {
    self.name = name
    self.path = path
    self.line = line
    self.text = text
  }
}

/// The lines of a file that hold a name which the next boot moves.
///
/// A name counts where no letter or digit touches it: `ifconfig_em2`, `em2.10`
/// and `(em2)` hold `em2`, and `em20` and `item2` do not. `hint.em.2.` and
/// `dev.em.2.` hold it too. Lines that start with `#` are left out.
///
/// - Parameters:
///   - moves: The units that move.
///   - bytes: The file.
///   - path: Its name, for the answer.
/// - Returns: One reference for each name of each line, in line order.
public func references(
  to moves: [Renumbering], in bytes: [UInt8], path: String
) -> [NameReference] {
  var wanted: [(name: String, bytes: [UInt8])] = []
  for move in moves {
    for name in move.names { wanted.append((name, Array(name.utf8))) }
    for kind in ["hint", "dev"] {
      wanted.append(
        (move.names.first ?? move.driver, Array("\(kind).\(move.driver).\(move.from).".utf8)))
    }
  }
  guard !wanted.isEmpty else { return [] }
  var found: [NameReference] = []
  var line = 0
  for text in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
    line += 1
    let trimmed = trim(text)
    guard let first = trimmed.first, first != UInt8(ascii: "#") else { continue }
    var names: [String] = []
    for (name, needle) in wanted where !names.contains(name) && holds(trimmed, needle) {
      names.append(name)
      found.append(
        NameReference(name: name, path: path, line: line, text: displayText(trimmed.prefix(200))))
    }
  }
  return found
}

private func trim(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
  var line = line
  while let first = line.first, isBlank(first) { line.removeFirst() }
  while let last = line.last, isBlank(last) { line.removeLast() }
  return line
}

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
  default: false
  }
}

private func holds(_ line: ArraySlice<UInt8>, _ needle: [UInt8]) -> Bool {
  guard let first = needle.first, let last = needle.last, line.count >= needle.count else {
    return false
  }
  var start = line.startIndex
  while line.endIndex - start >= needle.count {
    let end = start + needle.count
    if line[start] == first, line[start..<end].elementsEqual(needle),
      start == line.startIndex || !isWordByte(line[start - 1]),
      !isWordByte(last) || end == line.endIndex || !isWordByte(line[end])
    {
      return true
    }
    start += 1
  }
  return false
}
