// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// Finds what is wrong in a configuration file, generated or hand-written.
///
/// - Parameters:
///   - bytes: the whole file; what lies above `ConfigurationMerge.largestFile`
///     is not read, and a finding says so.
///   - kind: what kind of file it is.
///   - host: the host it is for, where it is known: only then absent devices,
///     bridges and twins can be told.
/// - Returns: the findings, in the order of their lines.
public func lint(_ bytes: [UInt8], kind: ConfigurationKind, host: Machine? = nil) -> [LintFinding] {
  guard bytes.count <= ConfigurationMerge.largestFile else {
    return [
      LintFinding(
        line: 1, id: "file.size", reason: "the file has \(bytes.count) bytes and was not read",
        remedy: "name the right file")
    ]
  }
  var lint = Lint(file: FileLines(bytes), host: host)
  switch kind {
  case .loaderConf: lint.readLoaderConf()
  case .rcConf: lint.readRCConf()
  case .vmBhyve: lint.readVMBhyve()
  case .bhyve: lint.readBhyve()
  case .bhyveConfig: lint.readBhyveConfig()
  case .iohyve: lint.readIohyve()
  case .modprobe: lint.readModprobe()
  case .udev: lint.readUdev()
  case .kernelCommandLine: lint.readKernelCommandLine()
  case .libvirt: lint.readLibvirt()
  case .qemu: lint.readQEMU()
  case .proxmox: lint.readProxmox()
  case .xen: lint.readXen()
  case .unraid: lint.readUnraid()
  case .esxi: lint.readESXi()
  }
  lint.judgeNamed()
  return lint.findings.sorted { ($0.line, $0.id) < ($1.line, $1.id) }
}

/// One run over one file.
struct Lint: Sendable {
  let file: FileLines
  let host: Machine?
  var findings: [LintFinding] = []
  /// The devices of the host that the file hands over, each with its line.
  var named: [(index: Int, address: FunctionAddress)] = []

  init(file: FileLines, host: Machine?) {
    self.file = file
    self.host = host
  }

  /// Records a finding at a line, counted from 0.
  mutating func add(
    _ index: Int, _ id: String, _ reason: String, _ remedy: String,
    _ severity: LintSeverity = .fault
  ) {
    findings.append(
      LintFinding(line: index + 1, id: id, severity: severity, reason: reason, remedy: remedy))
  }

  /// The lines that are no comments, by index, with what follows a `#` cut off.
  ///
  /// For formats in which a `#` inside quotes starts no comment.
  var statements: [(index: Int, text: String)] {
    file.lines.indices.compactMap { index in
      var bytes: [UInt8] = []
      var quote: UInt8?
      for byte in file.text(index).utf8 {
        if let mark = quote {
          if byte == mark { quote = nil }
        } else if byte == Ascii.quote || byte == Ascii.apostrophe {
          quote = byte
        } else if byte == Ascii.hash, bytes.last.map({ $0 == 0x20 || $0 == 0x09 }) ?? true {
          break
        }
        bytes.append(byte)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      return words(text).isEmpty ? nil : (index, text)
    }
  }

  /// Checks a host device that FreeBSD names: whether it is there, and no bridge.
  mutating func checkFreeBSDDevice(_ address: FunctionAddress, _ index: Int, _ prefix: String) {
    guard let host else { return }
    let triple = address.bhyveTriple
    if let function = host.function(at: address) {
      if let header = function.headerType, header != .endpoint {
        add(
          index, "\(prefix).bridge", "\(triple) is a bridge, which ppt never takes",
          "name the devices behind it")
      } else {
        name(index, address)
      }
      return
    }
    let elsewhere = host.functions.first {
      $0.address.bus == address.bus && $0.address.device == address.device
        && $0.address.function == address.function
    }
    if let elsewhere {
      add(
        index, "\(prefix).domain",
        "\(triple) is there only in domain \(elsewhere.address.domain), and bhyve passes devices of"
          + " domain 0 only", "take it out")
    } else {
      add(
        index, "\(prefix).absent", "no device is at \(triple)",
        "look it up anew: bus numbers move when cards come and go")
    }
  }

  /// Checks guest places: none twice, and function 0 in each slot.
  mutating func checkPlaces(_ places: [GuestPlace], prefix: String) {
    var seen: [String: Int] = [:]
    for place in places {
      let key = "\(place.slot):\(place.function)"
      if seen[key] != nil {
        add(
          place.index, "\(prefix).slot-twice", "guest slot \(key) is used twice",
          "give each device a slot and function of its own")
      }
      seen[key] = place.index
    }
    var reported: Set<String> = []
    for place in places where place.function != 0 && seen["\(place.slot):0"] == nil {
      guard reported.insert(place.slot).inserted else { continue }
      add(
        place.index, "\(prefix).function-zero",
        "guest slot \(place.slot) has function \(place.function) and no function 0: the guest does"
          + " not look further", "give one device of the slot function 0")
    }
  }
}

/// A place in a guest, at a line of a file.
struct GuestPlace: Hashable, Sendable {
  /// The line, counted from 0.
  var index: Int
  /// The slot, with a bus where the format has one.
  var slot: String
  /// The function.
  var function: UInt32
}
