// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension FunctionAddress {
  /// Stands where an address is about to be read.
  static let zero = FunctionAddress(domain: 0, bus: 0, deviceFunction: 0)
}

extension JSONForm where Value == ChildDevice {
  /// A device that a driver made of a function.
  static var childDevice: JSONForm {
    .record(
      [
        .required("kind", .choice, get: { $0.kind }, set: { $0.kind = $1 }),
        .required("name", .text, get: { $0.name }, set: { $0.name = $1 }),
        .required("function", .address, get: { $0.function }, set: { $0.function = $1 }),
      ], empty: ChildDevice(kind: .network, name: "", function: .zero))
  }
}

extension JSONForm where Value == HostDependency {
  /// Something the running host needs.
  static var dependency: JSONForm {
    .record(
      [
        .required("kind", .choice, get: { $0.kind }, set: { $0.kind = $1 }),
        .required("subject", .text, get: { $0.subject }, set: { $0.subject = $1 }),
        .required("chain", .list(.text), get: { $0.chain }, set: { $0.chain = $1 }),
        .required("function", .address, get: { $0.function }, set: { $0.function = $1 }),
      ], empty: HostDependency(kind: .fileSystem, subject: "", chain: [], function: .zero))
  }
}

extension JSONForm where Value == NamedValue {
  /// A value with its name.
  static var namedValue: JSONForm {
    .record(
      [
        .required("name", .text, get: { $0.name }, set: { $0.name = $1 }),
        .required("value", .text, get: { $0.value }, set: { $0.value = $1 }),
      ], empty: NamedValue(name: "", value: ""), spell: { .value($0.name + "=" + $0.value) })
  }
}

extension JSONForm where Value == Gap {
  /// Something that could not be known, and why.
  static var gap: JSONForm {
    let line = JSONForm<Int>.integer(1...Int(Int32.max))
    let text = JSONForm<String>.text
    let reason = JSONForm<String>.name
    func member(_ name: String, _ schema: JSONSchema, isNullable: Bool = false)
      -> JSONSchema.Member
    {
      JSONSchema.Member(
        name: name, schema: schema, isNullable: isNullable,
        isRequired: name != "address" && name != "line")
    }
    return JSONForm(
      .object([
        member("address", JSONForm<FunctionAddress>.address.schema),
        member("line", line.schema), member("fact", text.schema),
        member("reason", reason.schema), member("remedy", text.schema, isNullable: true),
      ]), "an object",
      write: { gap, json in
        json.object { json in
          switch gap.subject {
          case .host: break
          case .function(let address): json.member("address", address)
          case .line(let line): json.member("line", line)
          }
          json.member("fact", gap.fact)
          json.member("reason", gap.reason)
          json.member("remedy", gap.remedy)
        }
      },
      read: { json throws(JSONMismatch) in
        guard case .object = json else { throw JSONMismatch("", "an object") }
        var subject = Gap.Subject.host
        if let address = try JSONForm<FunctionAddress>.address.optional(
          json["address"], member: "address")
        {
          subject = .function(address)
        }
        if let number = try line.optional(json["line"], member: "line") {
          subject = .line(number)
        }
        return Gap(
          subject, try text.read(json["fact"], member: "fact"),
          reason: try reason.read(json["reason"], member: "reason"),
          remedy: try text.optional(json["remedy"], member: "remedy"))
      },
      spell: { gap in
        switch gap.subject {
        case .host: .value(gap.fact + ": " + gap.reason)
        case .function(let address):
          .value(address.description + " " + gap.fact + ": " + gap.reason)
        case .line(let line): .value("line \(line) " + gap.fact + ": " + gap.reason)
        }
      })
  }
}

extension RemappingFacts {
  /// Every fact of the table DMAR.
  static let facts: [Fact<RemappingFacts>] = [
    .required(
      "leadingUnits", .integer(0...Int(Int32.max)),
      get: { $0.leadingUnits }, set: { $0.leadingUnits = $1 }),
    .required("units", .list(unit), get: { $0.units }, set: { $0.units = $1 }),
    .required(
      "reservedMemory", .list(memory), get: { $0.reservedMemory },
      set: { $0.reservedMemory = $1 }),
  ]

  private static var unit: JSONForm<Unit> {
    .record(
      [
        .required("domain", .integer(), get: { $0.domain }, set: { $0.domain = $1 }),
        .required("servesRest", .flag, get: { $0.servesRest }, set: { $0.servesRest = $1 }),
        .required("scopes", .list(.scope), get: { $0.scopes }, set: { $0.scopes = $1 }),
      ], empty: Unit(domain: 0, servesRest: false, scopes: []))
  }

  private static var memory: JSONForm<ReservedMemory> {
    .record(
      [
        .required("domain", .integer(), get: { $0.domain }, set: { $0.domain = $1 }),
        .required(
          "start", .hexadecimal(digits: 1, prefix: true),
          get: { $0.start }, set: { $0.start = $1 }),
        .required(
          "end", .hexadecimal(digits: 1, prefix: true), get: { $0.end }, set: { $0.end = $1 }),
        .required("scopes", .list(.scope), get: { $0.scopes }, set: { $0.scopes = $1 }),
      ], empty: ReservedMemory(domain: 0, start: 0, end: 0, scopes: []))
  }
}

extension JSONForm where Value == DeviceScope {
  /// How a firmware table names a device.
  fileprivate static var scope: JSONForm {
    .record(
      [
        .required("kind", .integer(), get: { $0.kind }, set: { $0.kind = $1 }),
        .required("bus", .integer(), get: { $0.bus }, set: { $0.bus = $1 }),
        .required("path", .list(.integer()), get: { $0.path }, set: { $0.path = $1 }),
      ], empty: DeviceScope(kind: 0, bus: 0, path: []))
  }
}
