// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What a kernel's command line does to ACS.
///
/// `pci=disable_acs_redir=` and, from 6.11 on, `pci=config_acs=` change the
/// control register after Linux set it (drivers/pci/pci.c, `pci_enable_acs`).
/// `pcie_acs_override=` of patched kernels changes no register: it makes the
/// kernel believe in isolation that nothing enforces.
struct AccessControlOverride {
  /// The functions of the host.
  let functions: [Function]
  /// The bridge right above each of them.
  let bridgeAbove: [Int?]
  /// The kernel's release; `nil` for a new one.
  let release: KernelRelease?
  /// What follows `disable_acs_redir=`, the last one that is given; `nil` without it.
  private let redirection: Substring.UTF8View?
  /// What follows `config_acs=`, the last one that is given; `nil` without it.
  private let settings: Substring.UTF8View?

  /// Redirection of requests and of completions, and Egress Control.
  private static let redirectionServices: UInt16 = 0x2c

  /// Whether a patched kernel was told to believe in isolation.
  static func isFictional(_ commandLine: String?) -> Bool {
    guard let commandLine else { return false }
    return commandLine.utf8.split(separator: UInt8(ascii: " ")).contains {
      $0.starts(with: "pcie_acs_override=".utf8)
    }
  }

  /// Reads a command line; `nil` where it says nothing of ACS.
  init?(
    _ commandLine: String?, functions: [Function], bridgeAbove: [Int?], release: KernelRelease?
  ) {
    guard let commandLine, commandLine.utf8.containsSequence("acs") else { return nil }
    var redirection: Substring.UTF8View?
    var settings: Substring.UTF8View?
    let isKnown = release.map { $0 >= KernelRelease(6, 11) } ?? true
    for word in commandLine.utf8.split(separator: UInt8(ascii: " "))
    where word.starts(with: "pci=".utf8) {
      for option in word.dropFirst(4).split(separator: UInt8(ascii: ",")) {
        if option.starts(with: "disable_acs_redir=".utf8) {
          redirection = option.dropFirst(18)
        } else if option.starts(with: "config_acs=".utf8), isKnown {
          settings = option.dropFirst(11)
        }
      }
    }
    guard redirection != nil || settings != nil else { return nil }
    self.functions = functions
    self.bridgeAbove = bridgeAbove
    self.release = release
    self.redirection = redirection
    self.settings = settings
  }

  /// The control register of a function after the command line had its way.
  ///
  /// - Parameters:
  ///   - control: What the kernel sets by itself.
  ///   - firmware: What the firmware left: from 6.11 on, bits that an option does not
  ///     name are the firmware's, and not the kernel's.
  ///   - isWide: Whether the registers are those of Intel's 100 series: there every
  ///     option that names the port takes redirection away, and does nothing else.
  func control(_ control: UInt16, firmware: UInt16, of index: Int, isWide: Bool) -> UInt16 {
    var control = control
    if let redirection, isNamed(redirection, index) {
      let isFirmwares = !isWide && (release.map { $0 >= KernelRelease(6, 11) } ?? true)
      control = (isFirmwares ? firmware : control) & ~Self.redirectionServices
    }
    if let settings, let change = change(settings, index) {
      control =
        isWide
        ? control & ~Self.redirectionServices
        : firmware & ~change.mask | change.flags & change.mask
    }
    return control
  }

  /// Whether a list of devices names a function; the kernel stops at an entry it cannot read.
  private func isNamed(_ list: Substring.UTF8View, _ index: Int) -> Bool {
    for entry in list.split(separator: UInt8(ascii: ";")) {
      guard let isMatch = matches(entry, index) else { return false }
      if isMatch { return true }
    }
    return false
  }

  /// What the first entry for a function sets: `10x@0000:00:01.0`, the last character bit 0.
  ///
  /// `nil` where no entry is for it, or one before is wrong: the kernel then ignores all.
  private func change(
    _ list: Substring.UTF8View, _ index: Int
  ) -> (mask: UInt16, flags: UInt16)? {
    for entry in list.split(separator: UInt8(ascii: ";")) {
      guard let sign = entry.firstIndex(of: UInt8(ascii: "@")) else { return nil }
      var mask: UInt16 = 0
      var flags: UInt16 = 0
      for (bit, character) in entry[..<sign].reversed().enumerated() {
        switch character {
        case UInt8(ascii: "0"), UInt8(ascii: "1"):
          // Seven bits have a meaning.
          guard bit < 7 else { return nil }
          mask |= 1 << UInt16(bit)
          if character == UInt8(ascii: "1") { flags |= 1 << UInt16(bit) }
        case UInt8(ascii: "x"), UInt8(ascii: "X"): break
        default: return nil
        }
      }
      guard let isMatch = matches(entry[entry.index(after: sign)...], index) else { return nil }
      if isMatch { return (mask, flags) }
    }
    return nil
  }

  /// Whether `[DOMAIN:]BUS:DEVICE.FUNCTION[/DEVICE.FUNCTION]...` or
  /// `pci:VENDOR:DEVICE[:SUBVENDOR:SUBDEVICE]` names a function; `nil` for other texts.
  ///
  /// drivers/pci/pci.c, `pci_dev_str_match`: a path goes from a device with a bus
  /// number down the bridges, and an id of 0 is any.
  private func matches(_ text: Substring.UTF8View, _ index: Int) -> Bool? {
    if text.starts(with: "pci:".utf8) {
      return matchesIdentity(text.dropFirst(4), functions[index].identity)
    }
    var steps = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let start = steps.first else { return nil }
    steps.removeFirst()
    var current = index
    for step in steps.reversed() {
      var reader = NumberReader(step)
      guard let device = reader.hexadecimal(), reader.skip(UInt8(ascii: ".")),
        let function = reader.hexadecimal(), reader.isAtEnd
      else { return nil }
      guard isAt(current, device, function), let above = bridgeAbove[current] else { return false }
      current = above
    }
    var reader = NumberReader(start)
    var numbers: [UInt32] = []
    while let number = reader.hexadecimal() {
      numbers.append(number)
      guard numbers.count < 4, reader.skip(UInt8(ascii: ":")) || reader.skip(UInt8(ascii: "."))
      else { break }
    }
    guard reader.isAtEnd, numbers.count == 3 || numbers.count == 4 else { return nil }
    let address = functions[current].address
    let domain = numbers.count == 4 ? numbers.removeFirst() : 0
    return domain == address.domain && numbers[0] == UInt32(address.bus)
      && isAt(current, numbers[1], numbers[2])
  }

  private func isAt(_ index: Int, _ device: UInt32, _ function: UInt32) -> Bool {
    device < 32 && function < 8
      && device << 3 | function == UInt32(functions[index].address.deviceFunction)
  }

  private func matchesIdentity(_ text: Substring.UTF8View, _ identity: Identity) -> Bool? {
    var wanted: [UInt32] = []
    for part in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
      var reader = NumberReader(part)
      guard let number = reader.hexadecimal(), reader.isAtEnd else { return nil }
      wanted.append(number)
    }
    guard wanted.count == 2 || wanted.count == 4 else { return nil }
    let own: [UInt16?] = [
      identity.vendorID, identity.deviceID, identity.subsystemVendorID, identity.subsystemID,
    ]
    return zip(wanted, own).allSatisfy { $0 == 0 || $0 == $1.map { UInt32($0) } ?? 0 }
  }
}
