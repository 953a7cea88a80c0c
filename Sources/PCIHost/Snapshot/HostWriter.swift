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
      json.key("schema")
      json.value(Self.schema)
      json.key("os")
      json.value(host.system.family.rawValue)
      json.key("kernel")
      json.value(host.system.release)
      json.key("architecture")
      json.value(host.system.architecture)
      json.key("source")
      json.object { json in
        json.key("kind")
        json.value(host.source.kind.rawValue)
        json.key("location")
        json.value(host.source.location)
      }
      json.key("iommu")
      writeIOMMU(into: &json)
      json.key("isInKernelOrder")
      json.value(host.isInKernelOrder)
      json.key("functions")
      json.array { json in
        for index in indices ?? Array(host.functions.indices) {
          json.object { json in
            write(host.functions[index], path: paths[index], into: &json)
          }
        }
      }
      if detail == .snapshot { writeFacts(into: &json) }
      json.key("gaps")
      json.array { json in
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
      json.key("kind")
      json.value(host.iommu.kind?.rawValue)
      json.key("isPresent")
      json.value(host.iommu.isPresent)
      json.key("isEnabled")
      json.value(host.iommu.isEnabled)
      json.key("remapsInterrupts")
      json.value(host.iommu.remapsInterrupts)
      json.key("units")
      json.array { json in for unit in host.iommu.units { json.value(unit) } }
    }
  }

  private func write(_ function: Function, path: String?, into json: inout JSONWriter) {
    json.key("address")
    json.value(function.address)
    json.key("path")
    json.value(path)
    write(function.identity, into: &json)
    json.key("classCode")
    if let code = function.classCode {
      json.hexadecimal(code.rawValue, digits: 6)
    } else {
      json.null()
    }
    names(&json, function)
    json.key("headerType")
    json.value(function.headerType?.rawValue)
    json.key("isMultiFunction")
    json.value(function.isMultiFunction)
    json.key("driver")
    if let driver = function.driver {
      json.object { json in
        json.key("name")
        json.value(driver.name)
        json.key("unit")
        json.value(driver.unit)
      }
    } else {
      json.null()
    }
    json.key("iommuGroup")
    json.value(function.iommuGroup)
    json.key("bars")
    json.array { json in
      for window in function.baseAddressRegisters { write(window, into: &json) }
    }
    write(function.upstream, into: &json)
    json.key("bridge")
    if let bridge = function.bridge {
      json.object { json in
        json.key("primary")
        json.value(bridge.primary)
        json.key("secondary")
        json.value(bridge.secondary)
        json.key("subordinate")
        json.value(bridge.subordinate)
      }
    } else {
      json.null()
    }
    json.key("physicalFunction")
    json.value(function.physicalFunction)
    json.key("virtualFunctions")
    if let counts = function.virtualFunctions {
      json.object { json in
        json.key("total")
        json.value(counts.total)
        json.key("enabled")
        json.value(counts.enabled)
      }
    } else {
      json.null()
    }
    json.key("numaNode")
    json.value(function.numaNode)
    json.key("interrupt")
    json.value(function.interrupt)
    json.key("powerState")
    json.value(function.powerState?.name)
    json.key("resetMethods")
    if let methods = function.resetMethods {
      json.array { json in for method in methods { json.value(method.rawValue) } }
    } else {
      json.null()
    }
    json.key("isBootVGA")
    json.value(function.isBootVGA)
    json.key("slotName")
    json.value(function.slotName)
    json.key("label")
    json.value(function.label)
    json.key("driverOverride")
    json.value(function.driverOverride)
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
        json.key(dynamic: String(field.name.dropFirst("header.".count)))
        json.value(field)
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
      json.key("base")
      json.hexadecimal(window.base, digits: 1, prefix: true)
      json.key("limit")
      json.hexadecimal(window.limit, digits: 1, prefix: true)
      json.key("size")
      json.value(window.size)
      json.key("addressWidth")
      json.value(window.addressWidth)
      json.key("isOpen")
      json.value(window.isOpen)
    }
  }

  private func write(_ identity: Identity, into json: inout JSONWriter) {
    json.key("vendorID")
    json.hexadecimal(identity.vendorID, digits: 4)
    json.key("deviceID")
    json.hexadecimal(identity.deviceID, digits: 4)
    json.key("subsystemVendorID")
    if let id = identity.subsystemVendorID { json.hexadecimal(id, digits: 4) } else { json.null() }
    json.key("subsystemID")
    if let id = identity.subsystemID { json.hexadecimal(id, digits: 4) } else { json.null() }
    json.key("revisionID")
    if let id = identity.revisionID { json.hexadecimal(id, digits: 2) } else { json.null() }
  }

  private func write(_ window: BaseAddressRegister, into json: inout JSONWriter) {
    json.object { json in
      json.key("index")
      json.value(window.index)
      json.key("kind")
      json.value(window.kind.name)
      json.key("isPrefetchable")
      json.value(window.isPrefetchable)
      json.key("address")
      if let address = window.address {
        json.hexadecimal(address, digits: 1, prefix: true)
      } else {
        json.null()
      }
      json.key("size")
      json.value(window.size)
      json.key("isEnabled")
      json.value(window.isEnabled)
    }
  }

  private func write(_ upstream: Upstream, into json: inout JSONWriter) {
    json.key("upstream")
    switch upstream {
    case .rootBus(let bus):
      json.object { json in
        json.key("rootBus")
        json.value(bus)
      }
    case .bridge(let address):
      json.object { json in
        json.key("bridge")
        json.value(address)
      }
    case .unknown: json.null()
    }
  }

  private func writeCapabilities(of function: Function, into json: inout JSONWriter) {
    if let space = function.configuration {
      json.key("capabilities")
      json.array { json in
        for capability in space.capabilities { json.value(capability) }
      }
      if detail == .snapshot {
        json.key("configuration")
        json.value(hexadecimal: space.bytes)
      }
    } else if let listed = function.listedCapabilities {
      json.key("capabilities")
      json.array { json in
        for capability in listed { json.value(capability) }
      }
    } else {
      json.key("capabilities")
      json.null()
    }
  }

  private func write(_ gap: Gap, into json: inout JSONWriter) {
    json.object { json in
      switch gap.subject {
      case .host: break
      case .function(let address):
        json.key("address")
        json.value(address)
      case .line(let line):
        json.key("line")
        json.value(line)
      }
      json.key("fact")
      json.value(gap.fact)
      json.key("reason")
      json.value(gap.reason)
      json.key("remedy")
      json.value(gap.remedy)
    }
  }

  private func writeFacts(into json: inout JSONWriter) {
    HostFactsWriter(host).write(into: &json)
  }
}
