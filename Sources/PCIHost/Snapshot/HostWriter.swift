// SPDX-License-Identifier: Apache-2.0

public import PCI

/// Writes a host as the document `passthru.host/1`.
public struct HostWriter {
  /// How much of each function is written.
  public enum Detail: Hashable, Sendable {
    /// Inventory only.
    case inventory
    /// All that is decoded besides: the header, a bridge's windows, the capabilities,
    /// and what could not be decoded.
    case decoded
    /// The raw configuration space besides, so that the document can be read back.
    case snapshot
  }

  /// The schema's name and version.
  public static let schema = "passthru.host/1"

  private let host: Host
  private let detail: Detail
  private let names: (inout JSONWriter, Function) -> Void

  /// Prepares to write a host; `names` may add members to each function.
  public init(
    _ host: Host, detail: Detail,
    names: @escaping (inout JSONWriter, Function) -> Void = { _, _ in }
  ) {
    self.host = host
    self.detail = detail
    self.names = names
  }

  /// Writes the document with the functions at these positions.
  public func write(_ indices: [Int]? = nil, into json: inout JSONWriter) {
    let paths = Topology(host).paths
    json.object { json in
      json.member("schema", Self.schema)
      json.member("os", host.system.family.rawValue)
      json.member("kernel", host.system.release)
      json.member("architecture", host.system.architecture)
      json.object("source") { json in
        json.member("kind", host.source.kind.rawValue)
        json.member("location", host.source.location)
      }
      json.key("iommu")
      writeIOMMU(into: &json)
      json.member("isInKernelOrder", host.isInKernelOrder)
      json.array("functions") { json in
        for index in indices ?? Array(host.functions.indices) {
          json.object { json in
            write(host.functions[index], path: paths[index], into: &json)
          }
        }
      }
      if detail == .snapshot { writeFacts(into: &json) }
      json.array("gaps") { json in
        for gap in host.gaps { write(gap, into: &json) }
        if detail == .decoded {
          for gap in decodingGaps(indices) { write(gap, into: &json) }
        }
      }
    }
  }

  /// What could not be decoded of functions, besides what their source says already.
  private func decodingGaps(_ indices: [Int]?) -> [Gap] {
    (indices ?? Array(host.functions.indices)).flatMap { index in
      let function = host.functions[index]
      let known = host.gaps(of: function.address)
      return (function.configuration?.gaps(of: function.address) ?? []).filter { gap in
        !known.contains { $0.fact == gap.fact || $0.reason == gap.reason }
      }
    }
  }

  private func writeIOMMU(into json: inout JSONWriter) {
    json.object { json in
      json.member("kind", host.iommu.kind?.rawValue)
      json.member("isPresent", host.iommu.isPresent)
      json.member("isEnabled", host.iommu.isEnabled)
      json.member("remapsInterrupts", host.iommu.remapsInterrupts)
      json.array("units") { json in for unit in host.iommu.units { json.value(unit) } }
    }
  }

  private func write(_ function: Function, path: String?, into json: inout JSONWriter) {
    json.member("address", function.address)
    json.member("path", path)
    write(function.identity, into: &json)
    json.key("classCode")
    if let code = function.classCode {
      json.hexadecimal(code.rawValue, digits: 6)
    } else {
      json.null()
    }
    names(&json, function)
    json.member("headerType", function.headerType?.rawValue)
    json.member("isMultiFunction", function.isMultiFunction)
    json.key("driver")
    if let driver = function.driver {
      json.object { json in
        json.member("name", driver.name)
        json.member("unit", driver.unit)
      }
    } else {
      json.null()
    }
    json.member("iommuGroup", function.iommuGroup)
    json.array("bars") { json in
      for window in function.baseAddressRegisters { write(window, into: &json) }
    }
    write(function.upstream, into: &json)
    json.key("bridge")
    if let bridge = function.bridge {
      json.object { json in
        json.member("primary", bridge.primary)
        json.member("secondary", bridge.secondary)
        json.member("subordinate", bridge.subordinate)
      }
    } else {
      json.null()
    }
    json.member("physicalFunction", function.physicalFunction)
    json.key("virtualFunctions")
    if let counts = function.virtualFunctions {
      json.object { json in
        json.member("total", counts.total)
        json.member("enabled", counts.enabled)
      }
    } else {
      json.null()
    }
    json.member("numaNode", function.numaNode)
    json.member("interrupt", function.interrupt)
    json.member("powerState", function.powerState?.name)
    json.key("resetMethods")
    if let methods = function.resetMethods {
      json.array { json in for method in methods { json.value(method.rawValue) } }
    } else {
      json.null()
    }
    json.member("isBootVGA", function.isBootVGA)
    json.member("slotName", function.slotName)
    json.member("label", function.label)
    json.member("driverOverride", function.driverOverride)
    if detail == .decoded { writeHeader(of: function, into: &json) }
    if detail != .inventory { writeCapabilities(of: function, into: &json) }
  }

  /// The header's fields, and the windows of a bridge.
  private func writeHeader(of function: Function, into json: inout JSONWriter) {
    let space = function.configuration
    json.key("windows")
    if let windows = space?.windows {
      json.array { json in for window in windows { write(window, into: &json) } }
    } else {
      json.null()
    }
    json.key("header")
    guard let space, !space.isAllOnes else {
      json.null()
      return
    }
    json.object { json in
      for field in space.headerFields {
        json.member(dynamic: String(field.name.dropFirst("header.".count)), field)
      }
    }
  }

  private func write(_ window: BridgeWindow, into json: inout JSONWriter) {
    json.object { json in
      json.key("kind")
      switch window.kind {
      case .io: json.value("io")
      case .memory: json.value("memory")
      case .prefetchableMemory: json.value("prefetchableMemory")
      }
      json.member("base", hexadecimal: window.base, digits: 1, prefix: true)
      json.member("limit", hexadecimal: window.limit, digits: 1, prefix: true)
      json.member("size", window.size)
      json.member("addressWidth", window.addressWidth)
      json.member("isOpen", window.isOpen)
    }
  }

  private func write(_ identity: Identity, into json: inout JSONWriter) {
    json.member("vendorID", hexadecimal: identity.vendorID, digits: 4)
    json.member("deviceID", hexadecimal: identity.deviceID, digits: 4)
    json.key("subsystemVendorID")
    if let id = identity.subsystemVendorID { json.hexadecimal(id, digits: 4) } else { json.null() }
    json.key("subsystemID")
    if let id = identity.subsystemID { json.hexadecimal(id, digits: 4) } else { json.null() }
    json.key("revisionID")
    if let id = identity.revisionID { json.hexadecimal(id, digits: 2) } else { json.null() }
  }

  private func write(_ window: BaseAddressRegister, into json: inout JSONWriter) {
    json.object { json in
      json.member("index", window.index)
      json.member("kind", window.kind.name)
      json.member("isPrefetchable", window.isPrefetchable)
      json.key("address")
      if let address = window.address {
        json.hexadecimal(address, digits: 1, prefix: true)
      } else {
        json.null()
      }
      json.member("size", window.size)
      json.member("isEnabled", window.isEnabled)
    }
  }

  private func write(_ upstream: Upstream, into json: inout JSONWriter) {
    json.key("upstream")
    switch upstream {
    case .rootBus(let bus):
      json.object { json in
        json.member("rootBus", bus)
      }
    case .bridge(let address):
      json.object { json in
        json.member("bridge", address)
      }
    case .unknown: json.null()
    }
  }

  private func writeCapabilities(of function: Function, into json: inout JSONWriter) {
    if let space = function.configuration {
      json.array("capabilities") { json in
        for capability in space.capabilities { json.value(capability) }
      }
      if detail == .snapshot {
        json.key("configuration")
        json.hexadecimal(space.bytes)
      }
    } else if let listed = function.listedCapabilities {
      json.array("capabilities") { json in
        for capability in listed { json.value(capability) }
      }
    } else {
      json.null("capabilities")
    }
  }

  private func write(_ gap: Gap, into json: inout JSONWriter) {
    json.object { json in
      switch gap.subject {
      case .host: break
      case .function(let address):
        json.member("address", address)
      case .line(let line):
        json.member("line", line)
      }
      json.member("fact", gap.fact)
      json.member("reason", gap.reason)
      json.member("remedy", gap.remedy)
    }
  }

  private func writeFacts(into json: inout JSONWriter) {
    HostFactsWriter(host).write(into: &json)
  }
}
