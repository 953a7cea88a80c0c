// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension JSONForm where Value == ClassCode {
  /// Three bytes: base class, sub-class, programming interface.
  static var classCode: JSONForm {
    JSONForm<UInt32>.hexadecimal(digits: 6, maximum: 0xff_ffff).mapped(
      from: { ClassCode(rawValue: $0) }, to: { $0.rawValue })
  }
}

extension JSONForm where Value == HeaderType {
  /// Bits 6:0 of the register.
  static var headerType: JSONForm {
    JSONForm<UInt8>.integer(0...0x7f).mapped(
      from: { HeaderType(rawValue: $0) }, to: { $0.rawValue })
  }
}

extension JSONForm where Value == ResetMethod {
  /// Linux's name of a method; kernels add some.
  static var resetMethod: JSONForm {
    JSONForm<String>.name.mapped(from: { ResetMethod(rawValue: $0) }, to: { $0.rawValue })
  }
}

extension JSONForm where Value == DriverBinding {
  /// A driver's name and unit.
  static var driver: JSONForm {
    .record(
      [
        .required("name", .name, get: { $0.name }, set: { $0.name = $1 }),
        Fact(
          "unit", .integer(0...Int(Int32.max)), .part,
          get: { $0.unit }, set: { $0.unit = $1 }),
      ], empty: DriverBinding(name: ""), spell: { .value($0.description) })
  }
}

extension JSONForm where Value == BaseAddressRegister {
  /// A base address register.
  static var baseAddressRegister: JSONForm {
    .record(
      [
        .required("index", .integer(0...6), get: { $0.index }, set: { $0.index = $1 }),
        .required(
          "kind", .choice(BaseAddressRegister.Kind.allCases) { $0.name },
          get: { $0.kind }, set: { $0.kind = $1 }),
        .required(
          "isPrefetchable", .flag, get: { $0.isPrefetchable }, set: { $0.isPrefetchable = $1 }),
        Fact(
          "address", .hexadecimal(digits: 1, prefix: true), .part, absence: .none,
          get: { $0.address }, set: { $0.address = $1 }),
        Fact(
          "size", .integer(1...UInt64(Int64.max)), .part,
          get: { $0.size }, set: { $0.size = $1 }),
        Fact("isEnabled", .flag, .part, get: { $0.isEnabled }, set: { $0.isEnabled = $1 }),
      ],
      empty: BaseAddressRegister(
        index: 0, kind: .io, isPrefetchable: false, isEnabled: nil, address: nil, size: nil),
      spell: { register in
        var text = "\(register.index) " + register.kind.name
        if register.isPrefetchable { text += " prefetchable" }
        if let address = register.address { text += " at 0x" + address.hexadecimal(width: 1) }
        if let size = register.size { text += " size \(size)" }
        if let isEnabled = register.isEnabled { text += isEnabled ? " enabled" : " disabled" }
        return .value(text)
      })
  }
}

extension JSONForm where Value == BridgeBuses {
  /// A bridge's bus numbers.
  static var buses: JSONForm {
    .record(
      [
        Fact("primary", .integer(), .part, get: { $0.primary }, set: { $0.primary = $1 }),
        .required("secondary", .integer(), get: { $0.secondary }, set: { $0.secondary = $1 }),
        .required(
          "subordinate", .integer(), get: { $0.subordinate }, set: { $0.subordinate = $1 }),
      ], empty: BridgeBuses(primary: nil, secondary: 0, subordinate: 0),
      spell: { buses in
        let primary = buses.primary.map { "on bus " + $0.hexadecimal(width: 2) + ", " }
        return .value(
          (primary ?? "") + "buses " + buses.secondary.hexadecimal(width: 2) + " to "
            + buses.subordinate.hexadecimal(width: 2) + " below")
      })
  }
}

extension JSONForm where Value == VirtualFunctionState {
  /// The counts of virtual functions.
  static var virtualFunctions: JSONForm {
    .record(
      [
        .required("total", .integer(), get: { $0.total }, set: { $0.total = $1 }),
        .required("enabled", .integer(), get: { $0.enabled }, set: { $0.enabled = $1 }),
        .defaulting(
          to: false, "lacksWindows", .flag, .part,
          get: { $0.lacksWindows }, set: { $0.lacksWindows = $1 }),
      ], empty: VirtualFunctionState(total: 0, enabled: 0),
      spell: {
        .value("\($0.enabled) of \($0.total)" + ($0.lacksWindows ? ", without windows" : ""))
      })
  }
}

extension JSONForm where Value == Upstream {
  /// The bridge or the root bus right above a function.
  static var upstream: JSONForm {
    JSONForm(
      .either(
        ["rootBus", "bridge"].map { name in
          .object([
            JSONSchema.Member(
              name: name,
              schema: name == "bridge"
                ? JSONForm<FunctionAddress>.address.schema
                : .text(pattern: "^[0-9a-f]{4,8}:[0-9a-f]{2}$"), isNullable: false,
              isRequired: true)
          ])
        }), "an object with a rootBus such as 0000:0a, or a bridge such as 0000:0a:00.0",
      write: { upstream, json in
        json.object { json in
          switch upstream {
          case .rootBus(let bus): json.member("rootBus", bus)
          case .bridge(let address): json.member("bridge", address)
          case .unknown: break
          }
        }
      },
      parse: { json in
        if let bridge = json["bridge"]?.text.flatMap({ FunctionAddress($0) }) {
          return .bridge(bridge)
        }
        return json["rootBus"]?.text.flatMap { FunctionAddress($0 + ":00.0") }
          .map { .rootBus($0.busAddress) }
      },
      spell: { upstream in
        switch upstream {
        case .rootBus(let bus): "root bus " + bus.description
        case .bridge(let address): address.description
        case .unknown: "not recorded"
        }
      })
  }
}

extension JSONForm where Value == ListedCapability {
  /// A capability as a text lists it; its names are written and not read.
  static var listedCapability: JSONForm {
    let offset = JSONForm<Int>.integer(0...0xfff)
    let version = JSONForm<UInt8>.integer()
    func member(_ name: String, _ schema: JSONSchema, isNullable: Bool = false)
      -> JSONSchema.Member
    {
      JSONSchema.Member(
        name: name, schema: schema, isNullable: isNullable,
        isRequired: name != "text" && name != "fields")
    }
    return JSONForm(
      .object([
        member("id", .text(pattern: "^0x([0-9a-f]{2}|[0-9a-f]{4})$")),
        member("isExtended", .boolean),
        member("offset", offset.schema, isNullable: true),
        member("version", version.schema, isNullable: true),
        member("name", .text(pattern: nil)), member("title", .text(pattern: nil)),
        member("fields", .map), member("text", .text(pattern: nil)),
      ]), "an object", write: { capability, json in json.value(capability) },
      read: { json throws(JSONMismatch) in
        guard case .object = json else { throw JSONMismatch("", "an object") }
        let text = JSONForm<String>.text
        for name in ["name", "title"] { _ = try text.optional(json[name], member: name) }
        let isExtended = try JSONForm<Bool>.flag.read(json["isExtended"], member: "isExtended")
        let number = try JSONForm<UInt16>.hexadecimal(
          digits: isExtended ? 4 : 2, prefix: true, maximum: isExtended ? 0xffff : 0xff
        ).read(json["id"], member: "id")
        return ListedCapability(
          id: isExtended
            ? .extended(ExtendedCapabilityID(rawValue: number))
            : .standard(StandardCapabilityID(rawValue: UInt8(truncatingIfNeeded: number))),
          offset: try offset.optional(json["offset"], member: "offset"),
          version: try version.optional(json["version"], member: "version"),
          // A list of names alone says that a capability is there, and no more.
          text: try text.optional(json["text"], member: "text") ?? "")
      },
      spell: { capability in
        .value(capability.id.shortName + (capability.text.isEmpty ? "" : ": " + capability.text))
      })
  }
}
