// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Writes the members of a snapshot that concern the machine as a whole.
struct HostFactsWriter {
  private let host: Host

  init(_ host: Host) { self.host = host }

  func write(into json: inout JSONWriter) {
    json.array("childDevices") { json in
      for child in host.childDevices {
        json.object { json in
          json.member("kind", child.kind.rawValue)
          json.member("name", child.name)
          json.member("function", child.function.description)
        }
      }
    }
    json.array("dependencies") { json in
      for dependency in host.dependencies {
        json.object { json in
          json.member("kind", dependency.kind.rawValue)
          json.member("subject", dependency.subject)
          json.member("chain", dependency.chain)
          json.member("function", dependency.function.description)
        }
      }
    }
    json.key("remapping")
    if let remapping = host.remapping { write(remapping, into: &json) } else { json.null() }
    json.key("linux")
    if let linux = host.linux { write(linux, into: &json) } else { json.null() }
    json.key("freeBSD")
    if let freeBSD = host.freeBSD { write(freeBSD, into: &json) } else { json.null() }
  }

  private func write(_ linux: LinuxFacts, into json: inout JSONWriter) {
    json.object { json in
      json.member("commandLine", linux.commandLine)
      json.key("acpiTables")
      if let tables = linux.acpiTables { json.value(tables) } else { json.null() }
      json.key("modules")
      if let modules = linux.modules { json.value(modules) } else { json.null() }
      json.key("passthroughModules")
      if let modules = linux.passthroughModules { json.value(modules) } else { json.null() }
      json.key("deviceOrder")
      if let order = linux.deviceOrder {
        json.array { json in for id in order { json.value(id) } }
      } else {
        json.null()
      }
      json.array("reservedRegions") { json in
        for region in linux.reservedRegions {
          json.object { json in
            json.member("group", region.group)
            json.member("start", hexadecimal: region.start, digits: 1, prefix: true)
            json.member("end", hexadecimal: region.end, digits: 1, prefix: true)
            json.member("type", region.type)
          }
        }
      }
      MachineFactsWriter(linux).write(into: &json)
    }
  }

  private func write(_ remapping: RemappingFacts, into json: inout JSONWriter) {
    json.object { json in
      json.member("leadingUnits", remapping.leadingUnits)
      json.array("units") { json in
        for unit in remapping.units {
          json.object { json in
            json.member("domain", unit.domain)
            json.member("servesRest", unit.servesRest)
            write(unit.scopes, into: &json)
          }
        }
      }
      json.array("reservedMemory") { json in
        for memory in remapping.reservedMemory {
          json.object { json in
            json.member("domain", memory.domain)
            json.member("start", hexadecimal: memory.start, digits: 1, prefix: true)
            json.member("end", hexadecimal: memory.end, digits: 1, prefix: true)
            write(memory.scopes, into: &json)
          }
        }
      }
    }
  }

  private func write(_ scopes: [DeviceScope], into json: inout JSONWriter) {
    json.array("scopes") { json in
      for scope in scopes {
        json.object { json in
          json.member("kind", scope.kind)
          json.member("bus", scope.bus)
          json.array("path") { json in for step in scope.path { json.value(step) } }
        }
      }
    }
  }

  private func write(_ freeBSD: FreeBSDFacts, into json: inout JSONWriter) {
    json.object { json in
      json.member("releaseDate", freeBSD.releaseDate)
      json.key("sysctls")
      write(freeBSD.sysctls, into: &json)
      json.key("kernelEnvironment")
      write(freeBSD.kernelEnvironment, into: &json)
    }
  }

  private func write(_ values: [NamedValue], into json: inout JSONWriter) {
    json.array { json in
      for value in values {
        json.object { json in
          json.member("name", value.name)
          json.member("value", value.value)
        }
      }
    }
  }
}
