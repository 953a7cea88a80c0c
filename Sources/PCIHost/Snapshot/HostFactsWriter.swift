// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Writes the members of a snapshot that concern the machine as a whole.
struct HostFactsWriter {
  private let host: Host

  init(_ host: Host) { self.host = host }

  func write(into json: inout JSONWriter) {
    json.key("childDevices")
    json.array { json in
      for child in host.childDevices {
        json.object { json in
          json.key("kind")
          json.value(child.kind.rawValue)
          json.key("name")
          json.value(child.name)
          json.key("function")
          json.value(child.function.description)
        }
      }
    }
    json.key("dependencies")
    json.array { json in
      for dependency in host.dependencies {
        json.object { json in
          json.key("kind")
          json.value(dependency.kind.rawValue)
          json.key("subject")
          json.value(dependency.subject)
          json.key("chain")
          json.strings(dependency.chain)
          json.key("function")
          json.value(dependency.function.description)
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
      json.key("commandLine")
      json.value(linux.commandLine)
      json.key("acpiTables")
      if let tables = linux.acpiTables { json.strings(tables) } else { json.null() }
      json.key("modules")
      if let modules = linux.modules { json.strings(modules) } else { json.null() }
      json.key("passthroughModules")
      if let modules = linux.passthroughModules { json.strings(modules) } else { json.null() }
      json.key("deviceOrder")
      if let order = linux.deviceOrder {
        json.array { json in for id in order { json.value(id) } }
      } else {
        json.null()
      }
      json.key("reservedRegions")
      json.array { json in
        for region in linux.reservedRegions {
          json.object { json in
            json.key("group")
            json.value(region.group)
            json.key("start")
            json.hexadecimal(region.start, digits: 1, prefix: true)
            json.key("end")
            json.hexadecimal(region.end, digits: 1, prefix: true)
            json.key("type")
            json.value(region.type)
          }
        }
      }
      MachineFactsWriter(linux).write(into: &json)
    }
  }

  private func write(_ remapping: RemappingFacts, into json: inout JSONWriter) {
    json.object { json in
      json.key("leadingUnits")
      json.value(remapping.leadingUnits)
      json.key("units")
      json.array { json in
        for unit in remapping.units {
          json.object { json in
            json.key("domain")
            json.value(unit.domain)
            json.key("servesRest")
            json.value(unit.servesRest)
            write(unit.scopes, into: &json)
          }
        }
      }
      json.key("reservedMemory")
      json.array { json in
        for memory in remapping.reservedMemory {
          json.object { json in
            json.key("domain")
            json.value(memory.domain)
            json.key("start")
            json.hexadecimal(memory.start, digits: 1, prefix: true)
            json.key("end")
            json.hexadecimal(memory.end, digits: 1, prefix: true)
            write(memory.scopes, into: &json)
          }
        }
      }
    }
  }

  private func write(_ scopes: [DeviceScope], into json: inout JSONWriter) {
    json.key("scopes")
    json.array { json in
      for scope in scopes {
        json.object { json in
          json.key("kind")
          json.value(scope.kind)
          json.key("bus")
          json.value(scope.bus)
          json.key("path")
          json.array { json in for step in scope.path { json.value(step) } }
        }
      }
    }
  }

  private func write(_ freeBSD: FreeBSDFacts, into json: inout JSONWriter) {
    json.object { json in
      json.key("releaseDate")
      json.value(freeBSD.releaseDate)
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
          json.key("name")
          json.value(value.name)
          json.key("value")
          json.value(value.value)
        }
      }
    }
  }
}
