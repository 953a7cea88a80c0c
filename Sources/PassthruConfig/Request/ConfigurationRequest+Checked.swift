// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis

extension ConfigurationRequest {
  /// The functions to hand over, after the checks that every consumer shares.
  ///
  /// Refused are an empty selection, an address that the host does not have or
  /// that is named twice, and a bridge: neither ppt nor vfio-pci binds one
  /// (ppt.c, `ppt_probe`; vfio_pci.c, `vfio_pci_probe`: header type 0 only).
  func checkedFunctions() throws(ConfigurationError) -> [Function] {
    guard !devices.isEmpty else {
      throw ConfigurationError("no device was named", remedy: "name at least one")
    }
    try checkGuestName()
    try checkFile()
    let positions = AddressIndex(host.functions)
    var functions: [Function] = []
    var seen: Set<FunctionAddress> = []
    for address in devices {
      guard let position = positions.position(of: address) else {
        throw ConfigurationError(
          "\(address) is not on this host", remedy: "list the host's functions and name one")
      }
      guard seen.insert(address).inserted else {
        throw ConfigurationError("\(address) is named twice", remedy: "name it once")
      }
      let function = host.functions[position]
      if let header = function.headerType, header != .endpoint {
        throw ConfigurationError(
          "\(address) is a bridge, and bridges are never handed over",
          remedy: "name the endpoints behind it")
      }
      functions.append(function)
    }
    return functions.sorted { $0.address < $1.address }
  }

  /// As `checkedFunctions`, for consumers on FreeBSD, which know domain 0 only.
  ///
  /// vmm's `pptdevs` and bhyve's passthru carry bus, slot and function without
  /// a domain (sys/amd64/vmm/vmm.c, `vmm_is_pptdev`; pci_passthru.c).
  func freeBSDFunctions() throws(ConfigurationError) -> [Function] {
    let functions = try checkedFunctions()
    for function in functions where function.address.domain != 0 {
      throw ConfigurationError(
        "\(function.address.freeBSDSelector) is in domain \(function.address.domain), and vmm and"
          + " bhyve name devices without a domain: the numbers would mean a device of domain 0",
        remedy: "pass a device of domain 0")
    }
    return functions
  }

  /// Refuses a domain above a limit that a consumer's format has.
  func checkDomains(
    _ functions: [Function], upTo limit: UInt32, consumer: String
  ) throws(ConfigurationError) {
    for function in functions where function.address.domain > limit {
      throw ConfigurationError(
        "\(function.address) is in domain 0x\(function.address.domain.hexadecimal(width: 4)), and"
          + " \(consumer) cannot name a domain above 0x\(limit.hexadecimal(width: 4))",
        remedy: "pass a device of another domain, or use another hypervisor")
    }
  }

  /// Refuses a guest name that a shell, a file name or XML would misread.
  ///
  /// Letters, digits, `-`, `_` and `.`, at most 64, starting with a letter or a
  /// digit: what all the managers of guests allow.
  public func checkGuestName() throws(ConfigurationError) {
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      default: false
      }
    }
    let isPlain = guest.utf8.allSatisfy {
      isLetterOrDigit($0) || $0 == 0x2d || $0 == 0x2e || $0 == 0x5f
    }
    guard isPlain, let first = guest.utf8.first, isLetterOrDigit(first), guest.utf8.count <= 64
    else {
      throw ConfigurationError(
        "\(displayText(guest.utf8)) cannot name a guest",
        remedy: "use letters, digits, - _ and ., at most 64, starting with a letter or a digit")
    }
  }

  /// As `checkedFunctions`, for consumers that hand QEMU its `host=` property.
  ///
  /// The property takes 16 bits of a domain; Intel VMD's domains start at
  /// 0x10000. libvirt's schema lets them pass and the guest does not start.
  func hostPropertyFunctions(_ consumer: String) throws(ConfigurationError) -> [Function] {
    let functions = try checkedFunctions()
    for function in functions where function.address.domain > 0xffff {
      throw ConfigurationError(
        "\(consumer) gives QEMU host=\(function.address.linuxName), and QEMU takes no domain above"
          + " 0xffff there",
        remedy: "use the qemu target, which names such a device by its path")
    }
    return functions
  }

  /// Refuses names of files that no configuration format can carry.
  func checkFile() throws(ConfigurationError) {
    guard let romFile else { return }
    guard !romFile.isEmpty, romFile.unicodeScalars.allSatisfy(isTextScalar) else {
      throw ConfigurationError(
        "the name of the ROM file is empty or has control characters", remedy: "rename the file")
    }
    if devices.count > 1 {
      throw ConfigurationError(
        "one ROM file cannot be for \(devices.count) functions",
        remedy: "write the configuration of the function with the ROM by itself")
    }
  }

  /// Refuses a ROM file name with characters that a format cannot quote.
  func checkFile(excluding forbidden: String, consumer: String) throws(ConfigurationError) {
    guard let romFile else { return }
    for byte in forbidden.utf8 where romFile.utf8.contains(byte) {
      throw ConfigurationError(
        "\(consumer) cannot carry the file name \"\(romFile)\"",
        remedy: "rename the file without any of \"\(forbidden)\"")
    }
  }

  /// FreeBSD's major release: the one asked for, else the host's own.
  var freeBSDRelease: Int? {
    if let release { return release }
    if let date = host.freeBSD?.releaseDate, date >= 100_000 { return date / 100_000 }
    guard host.system.family == .freebsd, let text = host.system.release else { return nil }
    var reader = NumberReader(text.utf8)
    return reader.decimal().flatMap { $0 > 0 && $0 < 100 ? Int($0) : nil }
  }

  /// Whether the hypervisor's version is known to be at least the one given.
  func isVersion(atLeast wanted: [Int]) -> Bool? {
    guard let version, !version.isEmpty else { return nil }
    for (index, number) in wanted.enumerated() {
      let have = index < version.count ? version[index] : 0
      if have != number { return have > number }
    }
    return true
  }

  /// Refuses what needs a later version than the one that was given.
  func needVersion(_ wanted: [Int], of consumer: String, for what: String)
    throws(ConfigurationError)
  {
    guard isVersion(atLeast: wanted) == false, let version else { return }
    throw ConfigurationError(
      "\(consumer) \(dotted(version)) has no \(what): that came with \(dotted(wanted))",
      remedy: "use \(consumer) \(dotted(wanted)) or later, or another target")
  }
}

/// A version as people write it: `10.0`.
func dotted(_ version: [Int]) -> String {
  version.map { String($0) }.joined(separator: ".")
}
