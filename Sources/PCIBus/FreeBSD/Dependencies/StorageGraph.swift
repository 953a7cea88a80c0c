// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// GEOM's graph of disks, partitions and what uses them (`kern.geom.confxml`).
///
/// The text is written by sys/geom/geom_dump.c, `g_confxml_*`: classes hold
/// geoms, geoms hold consumers, which name the provider below them, and
/// providers. Anything else in it is passed over.
struct StorageGraph {
  private struct Geom {
    var className: String
    /// The identifiers of the providers that the geom rests on.
    var below: [String]
  }

  private var geoms: [String: Geom] = [:]
  /// The geom of each provider, by the provider's identifier.
  private var geomOfProvider: [String: String] = [:]
  private var providerOfName: [String: String] = [:]
  private var nameOfProvider: [String: String] = [:]

  /// Reads the text; what cannot be read is left out.
  init(_ text: [UInt8]) {
    // The elements that are open, with the identifiers of those that have one.
    var open: [(element: String, identifier: String)] = []
    var className = ""
    var index = 0
    while let start = text[index...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = text[start...].firstIndex(of: UInt8(ascii: ">")) else { break }
      let tag = text[(start + 1)..<end]
      let content = text[(end + 1)...].prefix { $0 != UInt8(ascii: "<") }
      index = end + 1
      if tag.first == UInt8(ascii: "/") {
        // Text that closes more than it opened is no reason to stop.
        if !open.isEmpty { open.removeLast() }
        continue
      }
      let words = tag.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard let first = words.first else { continue }
      let element = displayText(first.filter { $0 != UInt8(ascii: "/") })
      let attribute = words.count > 1 ? Self.quoted(words[1]) : ""
      let parent = open.last
      if tag.last == UInt8(ascii: "/") {
        if element == "provider", parent?.element == "consumer",
          let geom = open.last(where: { $0.element == "geom" })
        {
          geoms[geom.identifier]?.below.append(attribute)
        }
        continue
      }
      if element == "name", let parent {
        switch parent.element {
        case "class": className = Self.unescaped(content)
        case "provider":
          let name = Self.unescaped(content)
          providerOfName[name] = parent.identifier
          nameOfProvider[parent.identifier] = name
        default: break
        }
      }
      if element == "geom" { geoms[attribute] = Geom(className: className, below: []) }
      if element == "provider", let geom = open.last(where: { $0.element == "geom" }) {
        geomOfProvider[attribute] = geom.identifier
      }
      // Hostile text cannot make this grow without end.
      guard open.count < 64 else { break }
      open.append((element, attribute))
    }
  }

  /// Whether nothing was found in the text.
  var isEmpty: Bool { geoms.isEmpty }

  /// The disks below a provider: `ada0` for `ada0p2`, both disks of a mirror.
  ///
  /// Each with the providers on the way, the topmost first and the disk last.
  func disks(below name: String) -> [[String]] {
    guard let provider = providerOfName[name] else { return [] }
    return disks(belowProvider: provider, visited: [])
  }

  private func disks(belowProvider provider: String, visited: [String]) -> [[String]] {
    guard visited.count < 32, !visited.contains(provider),
      let name = nameOfProvider[provider], let identifier = geomOfProvider[provider],
      let geom = geoms[identifier]
    else { return [] }
    if geom.below.isEmpty { return geom.className == "DISK" ? [[name]] : [] }
    var found: [[String]] = []
    for below in geom.below {
      for chain in disks(belowProvider: below, visited: visited + [provider]) {
        // A partition of a partition of a disk has the name in both.
        found.append([name] + chain)
      }
    }
    return found
  }

  /// The names of the providers that a class uses: `ZFS::VDEV`, `SWAP`.
  func providers(usedBy className: String) -> [String] {
    var names: [String] = []
    for geom in geoms.values where geom.className == className {
      for provider in geom.below {
        if let name = nameOfProvider[provider], !names.contains(name) { names.append(name) }
      }
    }
    // A dictionary has no order of its own.
    return names.sorted()
  }

  /// What is between quotation marks: the identifier of `id="0xfff"`.
  private static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
    let parts = bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    return parts.count > 1 ? displayText(parts[1]) : ""
  }

  /// Text with the five entities of XML replaced.
  private static func unescaped(_ bytes: some Collection<UInt8>) -> String {
    let entities: [(String, UInt8)] = [
      ("&lt;", 0x3c), ("&gt;", 0x3e), ("&amp;", 0x26), ("&quot;", 0x22), ("&apos;", 0x27),
    ]
    var rest = Array(bytes)[...]
    var clean: [UInt8] = []
    outer: while let byte = rest.first {
      if byte == UInt8(ascii: "&") {
        for (entity, replacement) in entities where rest.starts(with: entity.utf8) {
          clean.append(replacement)
          rest = rest.dropFirst(entity.utf8.count)
          continue outer
        }
      }
      clean.append(byte)
      rest = rest.dropFirst()
    }
    return displayText(clean)
  }
}
