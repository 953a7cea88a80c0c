// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import PCIBus
internal import PCIHost
internal import PassthruCommand
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Tells what happens on the bus until it is interrupted.
struct WatchExecution {
  /// How long the bus must be quiet before it is read anew, in milliseconds:
  /// a card of many functions, or a driver's virtual functions, come in a burst.
  private static let quiet = 200

  private let invocation: Invocation
  private let common: SourceOptions
  private let limit: Int?

  /// Prepares to watch; `limit` is the number of events after which it ends.
  init(_ invocation: Invocation, _ common: SourceOptions, limit: Int?) {
    self.invocation = invocation
    self.common = common
    self.limit = limit
  }

  /// Watches.
  func run() throws {
    guard common.from == nil else {
      throw ValidationError("a recording does not change: leave out --from")
    }
    do throws(SourceError) {
      try watch()
    } catch {
      FileContents.print(Array("passthru: \(error.message)\n".utf8), to: .standardError)
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
  }

  private func watch() throws(SourceError) {
    // Listen first: what happens during the scan is then told, and not lost.
    var socket: EventSocket
    do throws(ScanError) { socket = try EventSocket() } catch { throw .scan(error) }
    let source = HostSource(path: nil, kind: nil, via: nil)
    let host = try source.host()
    let names = try NameSource.database(common.pciIDs)
    var watch = BusWatch(invocation, host: host, names: names)
    FileContents.print(
      Array("watching \(host.functions.count) functions; interrupt to end\n".utf8),
      to: .standardError)
    var count = 0
    while limit.map({ count < $0 }) ?? true {
      var events: [DeviceEvent] = []
      var isComplete = true
      do throws(ScanError) {
        try Self.add(socket.next(within: nil), to: &events, &isComplete)
        while true {
          let arrival = try socket.next(within: Self.quiet)
          if arrival == .nothing { break }
          Self.add(arrival, to: &events, &isComplete)
        }
      } catch {
        throw .scan(error)
      }
      let now = try source.host()
      FileContents.print(
        watch.report(events, host: now, time: Self.timeOfDay, isComplete: isComplete),
        to: .standardOutput)
      count += events.count
    }
  }

  private static func add(
    _ arrival: EventSocket.Arrival, to events: inout [DeviceEvent], _ isComplete: inout Bool
  ) {
    switch arrival {
    case .event(let event): events.append(event)
    case .lost: isComplete = false
    case .nothing: break
    }
  }

  /// The local time of day: `13:05:09`.
  private static var timeOfDay: String {
    var now = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&now, &parts) != nil else { return "--:--:--" }
    return unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { number in
      number < 10 ? "0\(number)" : "\(number)"
    }.joined(separator: ":")
  }
}
