// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import TestCorpora

/// What a FreeBSD kernel answered on /dev/pci for one function, from `devpci.txt`.
///
/// Read with strings and without the library, to hold the library against it.
struct KernelAnswer {
  var selector = ""
  var vendorDevice = ""
  var subsystem = ""
  var classCode = ""
  var revision = ""
  var header = ""
  var name = ""
  var unit = 0
  /// Register, whether enabled, raw base with its flag bits, length.
  var bars: [(register: Int, isEnabled: Bool, base: UInt64, length: UInt64)] = []
  var space: [UInt8] = []

  /// The answers of one fixture, in the kernel's order.
  static func all(_ host: String) throws -> [KernelAnswer] {
    let file = TestCorpora.fixtures.appendingPathComponent("freebsd-vm/\(host)/devpci.txt")
    var answers: [KernelAnswer] = []
    for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
      let words = line.split(separator: " ").map { String($0) }
      func value(_ key: String) -> String {
        words.first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) } ?? ""
      }
      if line.hasPrefix("dev ") {
        var answer = KernelAnswer()
        answer.selector = value("sel")
        answer.vendorDevice = value("id")
        answer.subsystem = value("sub")
        answer.classCode = value("class")
        answer.revision = value("rev")
        answer.header = value("hdr")
        answer.name = value("name").filter { $0 != "'" }
        answer.unit = Int(value("unit")) ?? -1
        answers.append(answer)
      } else if line.hasPrefix("bar ") {
        answers[answers.count - 1].bars.append(
          (
            register: Int(value("reg"), radix: 16) ?? -1, isEnabled: value("enabled") == "1",
            base: UInt64(value("base"), radix: 16) ?? 0,
            length: UInt64(value("length"), radix: 16) ?? 0
          ))
      } else if let first = words.first, first.count == 4, first.hasSuffix(":") {
        answers[answers.count - 1].space += words.dropFirst().compactMap { UInt8($0, radix: 16) }
      }
    }
    return answers
  }
}
