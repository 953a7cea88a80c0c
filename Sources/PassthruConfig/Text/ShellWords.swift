// SPDX-License-Identifier: Apache-2.0

/// One word of a shell's command, with its quotes taken out.
struct ShellWord: Hashable, Sendable {
  /// The line that it starts in, counted from 0.
  var index: Int
  /// The text.
  var text: String
  /// Whether the shell puts something into it that is not known here: `$name`, `` `command` ``.
  var isUnknown: Bool
}

extension FileLines {
  /// The words of the whole file, as sh(1) splits them ("Quoting", "Comments").
  ///
  /// Quotes and continuations may go over lines; `;`, `&`, `|` and brackets part words.
  var shellWords: [ShellWord] {
    var found: [ShellWord] = []
    var word: [UInt8] = []
    var start: Int?
    var isUnknown = false
    var quote: UInt8?
    func finish() {
      guard let line = start else { return }
      found.append(
        ShellWord(
          index: line, text: String(decoding: word, as: UTF8.self), isUnknown: isUnknown))
      word = []
      start = nil
      isUnknown = false
    }
    for index in lines.indices {
      let line = lines[index].last == 0x0d ? lines[index].dropLast() : lines[index][...]
      var place = line.startIndex
      var goesOn = false
      while place < line.endIndex {
        let byte = line[place]
        place += 1
        if quote == Ascii.apostrophe {
          if byte == Ascii.apostrophe { quote = nil } else { word.append(byte) }
          continue
        }
        switch byte {
        case Ascii.backslash:
          guard place < line.endIndex else {
            goesOn = true
            continue
          }
          start = start ?? index
          word.append(line[place])
          place += 1
        case Ascii.quote where quote == nil || byte == quote,
          Ascii.apostrophe where quote == nil:
          start = start ?? index
          quote = quote == nil ? byte : nil
        case Ascii.space, Ascii.tab, 0x3b, 0x26, 0x7c, 0x28, 0x29, 0x3c, 0x3e:
          if quote == nil { finish() } else { word.append(byte) }
        case Ascii.hash where quote == nil && start == nil: place = line.endIndex
        default:
          start = start ?? index
          if byte == 0x24 || byte == 0x60 { isUnknown = true }
          word.append(byte)
        }
      }
      if quote != nil { word.append(0x0a) } else if !goesOn { finish() }
    }
    finish()
    return found
  }
}
