// SPDX-License-Identifier: Apache-2.0

internal import PCIHost

extension String {
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
