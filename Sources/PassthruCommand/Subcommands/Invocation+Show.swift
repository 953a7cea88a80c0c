// SPDX-License-Identifier: Apache-2.0

internal import PCIHost
internal import PassthruReport

extension Invocation {
  func show(_ host: Host, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    guard !selectors.isEmpty else {
      return .failure(.usage, "show needs a function: passthru show 0a:00.0")
    }
    let indices = try host.select(all: selectors)
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      HostWriter(host, detail: .decoded, names: names.write(into:_:)).write(indices, into: &json)
      return CommandResult(output: json.bytes)
    }
    return CommandResult("", messages: gapLines(host))
  }
}
