// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Writes the members of a snapshot that say who uses a Linux machine, and how.
struct MachineFactsWriter {
  private let linux: LinuxFacts

  init(_ linux: LinuxFacts) { self.linux = linux }

  func write(into json: inout JSONWriter) {
    json.member("lockdown", linux.lockdown)
    json.member("hasVirtualization", linux.hasVirtualization)
    json.key("lockedMemoryLimit")
    if let limit = linux.lockedMemoryLimit {
      // As text: a reader of JSON may keep 53 bits of a number only.
      json.hexadecimal(limit, digits: 1, prefix: true)
    } else {
      json.null()
    }
    json.member("seesAllPrograms", linux.seesAllPrograms)
    write("connectors", linux.connectors, into: &json) { connector, json in
      json.member("name", connector.name)
      json.member("function", connector.function.description)
      json.member("isConnected", connector.isConnected)
      json.member("isEnabled", connector.isEnabled)
    }
    write("passthroughNodes", linux.passthroughNodes, into: &json) { node, json in
      json.member("group", node.group)
      json.member("owner", node.owner)
      json.member("permissions", node.permissions)
    }
    write("openNodes", linux.openNodes, into: &json) { node, json in
      json.member("function", node.function.description)
      json.member("path", node.path)
      json.member("process", node.process)
      json.member("processID", node.processID)
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
