// SPDX-License-Identifier: Apache-2.0

extension String {
  /// As one word of a POSIX shell, quoted only where it must be.
  package var shellQuoted: String {
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
}
