// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Writes the members of a snapshot that say who uses a Linux machine, and how.
struct MachineFactsWriter {
  private let linux: LinuxFacts

  init(_ linux: LinuxFacts) { self.linux = linux }

  func write(into json: inout JSONWriter) {
    json.key("lockdown")
    json.value(linux.lockdown)
    json.key("hasVirtualization")
    json.value(linux.hasVirtualization)
    json.key("lockedMemoryLimit")
    if let limit = linux.lockedMemoryLimit {
      // As text: a reader of JSON may keep 53 bits of a number only.
      json.hexadecimal(limit, digits: 1, prefix: true)
    } else {
      json.null()
    }
    json.key("seesAllPrograms")
    json.value(linux.seesAllPrograms)
    write("connectors", linux.connectors, into: &json) { connector, json in
      json.key("name")
      json.value(connector.name)
      json.key("function")
      json.value(connector.function.description)
      json.key("isConnected")
      json.value(connector.isConnected)
      json.key("isEnabled")
      json.value(connector.isEnabled)
    }
    write("passthroughNodes", linux.passthroughNodes, into: &json) { node, json in
      json.key("group")
      json.value(node.group)
      json.key("owner")
      json.value(node.owner)
      json.key("permissions")
      json.value(node.permissions)
    }
    write("openNodes", linux.openNodes, into: &json) { node, json in
      json.key("function")
      json.value(node.function.description)
      json.key("path")
      json.value(node.path)
      json.key("process")
      json.value(node.process)
      json.key("processID")
      json.value(node.processID)
    }
  }

  private func write<Element>(
    _ key: StaticString, _ list: [Element]?, into json: inout JSONWriter,
    _ members: (Element, inout JSONWriter) -> Void
  ) {
    json.key(key)
    guard let list else {
      json.null()
      return
    }
    json.array { json in
      for element in list { json.object { json in members(element, &json) } }
    }
  }
}
