// SPDX-License-Identifier: Apache-2.0

internal import PCIHost

extension String {
  /// As one word of a POSIX shell, quoted only where it must be.
  var shellQuoted: String {
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      case 0x25, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x3a, 0x3d, 0x40, 0x5f: true
      default: false
      }
    }
    if isPlain, !isEmpty { return self }
    var quoted = "'"
    for character in unicodeScalars {
      if character == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(character) }
    }
    return quoted + "'"
  }

  /// As the text of an XML attribute in single quotes.
  var xmlEscaped: String {
    var escaped = ""
    for character in unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "'": escaped += "&apos;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// As a JSON string, with its quotes.
  var jsonQuoted: String {
    var json = JSONWriter()
    json.value(self)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// With each comma doubled, as QEMU's option parser wants a comma in a value.
  var qemuEscaped: String {
    var escaped = ""
    for character in unicodeScalars {
      escaped.unicodeScalars.append(character)
      if character == "," { escaped.unicodeScalars.append(character) }
    }
    return escaped
  }
}

/// Lines as one text, each ended by a newline.
func text(_ lines: [String]) -> String {
  var text = ""
  for line in lines {
    text += line
    text += "\n"
  }
  return text
}
