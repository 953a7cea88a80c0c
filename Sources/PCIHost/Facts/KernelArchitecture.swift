// SPDX-License-Identifier: Apache-2.0

extension OperatingSystem {
  /// The architecture that a line of Linux's `/proc/version` names.
  ///
  /// Distributions write it into the release (`6.1.0-18-amd64`, `5.14.0-427.el9.ppc64le`)
  /// or call the compiler by its target (`aarch64-linux-gnu-gcc-13`). The builder's
  /// name in the first parentheses tells nothing: kernels are built elsewhere.
  /// - Parameter version: The line: `Linux version 6.1.0-18-amd64 (builder@host) (gcc-12 ...`.
  /// - Returns: The architecture as `uname -m` says it; `nil` where the line does not tell.
  public static func architecture(ofKernel version: String) -> String? {
    let words = version.utf8.split(separator: UInt8(ascii: " "))
    guard words.count > 2 else { return nil }
    if let found = architecture(in: words[2]) { return found }
    // The compiler is in the second parentheses.
    let compiler = words.dropFirst(3).filter { $0.first == UInt8(ascii: "(") }.dropFirst().first
    return compiler.flatMap { architecture(in: $0) }
  }

  private static func architecture(in word: Substring.UTF8View) -> String? {
    let parts = word.split { byte in
      !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || byte == UInt8(ascii: "_"))
    }
    for part in parts.reversed() {
      for (spellings, name) in spellings
      where spellings.contains(where: { part.elementsEqual($0.utf8) }) {
        return name
      }
    }
    return nil
  }

  /// What distributions call an architecture, and what the kernel calls it.
  private static var spellings: [([String], String)] {
    [
      (["x86_64", "amd64"], "x86_64"), (["i386", "i486", "i586", "i686", "686"], "i686"),
      (["aarch64", "arm64"], "aarch64"),
      (["armv7l", "armv7", "armhf", "armmp", "armv6l"], "armv7l"),
      (["ppc64le", "ppc64el", "powerpc64le"], "ppc64le"), (["ppc64", "powerpc64"], "ppc64"),
      (["s390x"], "s390x"), (["riscv64"], "riscv64"), (["loongarch64", "loong64"], "loongarch64"),
    ]
  }
}
