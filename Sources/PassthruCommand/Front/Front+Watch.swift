// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Front {
  /// Tells what happens on the bus until it is interrupted, or `limit` events came.
  func watch(_ common: CommonOptions, limit: Int?) throws(PlatformError) -> CommandResult {
    if limit == 0 { return CommandResult("") }
    var watch: BusWatch?
    var count = 0
    // It listens first: what happens during the scan is then told, and not lost.
    try system.watch { () throws(PlatformError) in
      let host = try system.scan(root: nil, .full)
      watch = BusWatch(common, host: host, names: try names(.whole, [], common.namesFile))
      system.printError(
        Array("watching \(host.functions.count) functions; interrupt to end\n".utf8))
    } _: { (events: [DeviceEvent], isComplete, time) throws(PlatformError) in
      let now = try system.scan(root: nil, .full)
      if let bytes = watch?.report(events, host: now, time: time, isComplete: isComplete) {
        system.print(bytes)
      }
      count += events.count
      return limit.map { count < $0 } ?? true
    }
    return CommandResult("")
  }
}
