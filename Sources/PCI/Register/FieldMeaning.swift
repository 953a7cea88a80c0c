// SPDX-License-Identifier: Apache-2.0

/// The meanings of codes that several registers share.
enum FieldMeaning {
  /// A link speed: PCI Express Base 6.0, section 7.5.3.6.
  static func linkSpeed(_ code: UInt64) -> Field.Meaning {
    .text(LinkSpeed(rawValue: UInt8(truncatingIfNeeded: code)).description)
  }

  /// How long a link takes to leave L0s: section 7.5.3.6.
  static let l0sExitLatency = [
    "less than 64 ns", "64 ns to less than 128 ns", "128 ns to less than 256 ns",
    "256 ns to less than 512 ns", "512 ns to less than 1 us", "1 us to less than 2 us",
    "2 us to 4 us", "more than 4 us",
  ]

  /// How long a link takes to leave L1 or L0p: sections 7.5.3.6 and 7.7.9.2.
  static let l1ExitLatency = [
    "less than 1 us", "1 us to less than 2 us", "2 us to less than 4 us",
    "4 us to less than 8 us", "8 us to less than 16 us", "16 us to less than 32 us",
    "32 us to 64 us", "more than 64 us",
  ]

  /// The latency an endpoint can bear in L0s: section 7.5.3.3.
  static let acceptableL0sLatency = [
    "64 ns", "128 ns", "256 ns", "512 ns", "1 us", "2 us", "4 us", "no limit",
  ]

  /// The latency an endpoint can bear in L1: section 7.5.3.3.
  static let acceptableL1Latency = [
    "1 us", "2 us", "4 us", "8 us", "16 us", "32 us", "64 us", "no limit",
  ]

  /// A slot power limit, value in bits 7:0 and scale in 9:8, in milliwatts: section 7.5.3.9.
  static func slotPowerLimit(_ code: UInt64) -> Field.Meaning {
    let value = code & 0xff
    switch code >> 8 {
    // From 0xf0 on, a value at full scale is a code for 250 W and more.
    case 0 where value == 0xff: return .text("reserved")
    case 0 where value >= 0xf0: return .number((250 + (value - 0xf0) * 25) * 1000, unit: "mW")
    case 0: return .number(value * 1000, unit: "mW")
    case 1: return .number(value * 100, unit: "mW")
    case 2: return .number(value * 10, unit: "mW")
    default: return .number(value, unit: "mW")
    }
  }

  /// Latency tolerance: value in bits 9:0, scale in 12:10, in nanoseconds: section 7.8.2.2.
  static func latencyTolerance(_ code: UInt64) -> Field.Meaning {
    scaledNanoseconds(value: code & 0x3ff, scale: code >> 10)
  }

  /// The threshold for L1.2: value in bits 9:0, scale in 15:13: section 7.8.3.3.
  static func ltrThreshold(_ code: UInt64) -> Field.Meaning {
    scaledNanoseconds(value: code & 0x3ff, scale: code >> 13)
  }

  private static func scaledNanoseconds(value: UInt64, scale: UInt64) -> Field.Meaning {
    guard scale <= 5 else { return .text("reserved scale (\(scale))") }
    return .number(value << (5 * scale), unit: "ns")
  }

  /// T_POWER_ON: scale in bits 1:0, value in 7:3, in microseconds: section 7.8.3.2.
  static func powerOnTime(_ code: UInt64) -> Field.Meaning {
    let value = code >> 3
    switch code & 3 {
    case 0: return .number(value * 2, unit: "us")
    case 1: return .number(value * 10, unit: "us")
    case 2: return .number(value * 100, unit: "us")
    default: return .text("reserved scale (3)")
    }
  }

  /// A readiness time: value in bits 8:0, scale in 11:9, in nanoseconds: section 7.9.16.2.
  static func readinessTime(_ code: UInt64) -> Field.Meaning {
    scaledNanoseconds(value: code & 0x1ff, scale: code >> 9)
  }

  /// The granularity of a clock: section 7.9.15.2.
  static func clockGranularity(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 0: .text("unknown")
    case 255: .text("more than 254 ns")
    default: .number(code, unit: "ns")
    }
  }

  /// How many invalidate requests a function takes: section 10.5.1.2.
  static func invalidateQueueDepth(_ code: UInt64) -> Field.Meaning {
    .number(code == 0 ? 32 : code)
  }

  /// Where a SATA controller's index and data registers are.
  static func serialATALocation(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 4...9: .text("bar\(code - 4)")
    case 15: .text("configuration space")
    default: .text("reserved (\(code))")
    }
  }

  /// A completion timeout: section 7.5.3.16.
  static func completionTimeout(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 0: .text("50 us to 50 ms")
    case 1: .text("50 us to 100 us")
    case 2: .text("1 ms to 10 ms")
    case 5: .text("16 ms to 55 ms")
    case 6: .text("65 ms to 210 ms")
    case 9: .text("260 ms to 900 ms")
    case 10: .text("1 s to 3.5 s")
    case 13: .text("4 s to 13 s")
    case 14: .text("17 s to 64 s")
    default: .text("reserved (\(code))")
    }
  }

  /// The completion timeout ranges, one bit each from A to D: section 7.5.3.15.
  static func completionTimeoutRanges(_ code: UInt64) -> Field.Meaning {
    if code == 0 { return .text("not programmable") }
    var letters = ""
    for (index, letter) in ["A", "B", "C", "D"].enumerated() where code[bit: index] {
      letters += letter
    }
    return .text(letters)
  }

  /// The kind of function: section 7.5.3.2.
  static func portType(_ code: UInt64) -> Field.Meaning {
    .text(PortType(rawValue: UInt8(truncatingIfNeeded: code)).description)
  }

  /// How many prefixes a TLP may carry; the code 0 stands for four: section 7.5.3.15.
  static func endEndPrefixes(_ code: UInt64) -> Field.Meaning { .number(code == 0 ? 4 : code) }

  /// A vector of link speeds, 2.5 GT/s in the lowest bit: section 7.5.3.18.
  static func linkSpeeds(_ code: UInt64) -> Field.Meaning {
    var text = ""
    for bit in 0..<7 where code[bit: bit] {
      if !text.isEmpty { text += ", " }
      text += LinkSpeed(rawValue: UInt8(bit + 1)).description
    }
    return .text(text.isEmpty ? "none" : text)
  }

  /// How many split transactions may be outstanding: PCI-X 2.0, section 7.2.3.
  static func splitTransactions(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 0...3: .number(code + 1)
    case 4: .number(8)
    case 5: .number(12)
    case 6: .number(16)
    default: .number(32)
    }
  }

  /// The clock and mode of a bridge's secondary bus: PCI-X 2.0, section 8.6.2.3.
  static let secondaryClock = [
    "conventional", "66 MHz", "100 MHz", "133 MHz", "reserved", "200 MHz", "266 MHz",
  ]

  /// The scale of a Global Persistent Flush time: Compute Express Link 3.0, section 8.1.6.
  static let flushScale = ["1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s", "10 s"]
}
