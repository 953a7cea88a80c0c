// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIHost

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Events that came close to one another.
struct EventBurst {
  /// How long the bus must be quiet before it is read anew, in milliseconds:
  /// a card of many functions, or a driver's virtual functions, come in a burst.
  private static let quiet = 200

  /// The events, in order.
  private(set) var events: [DeviceEvent] = []
  /// Whether none was lost.
  private(set) var isComplete = true

  /// Waits for the first, however long, and for the rest until it is quiet.
  mutating func wait(for socket: inout EventSocket) throws(ScanError) {
    add(try socket.next(within: nil))
    while true {
      let arrival = try socket.next(within: Self.quiet)
      if arrival == .nothing { return }
      add(arrival)
    }
  }

  private mutating func add(_ arrival: EventSocket.Arrival) {
    switch arrival {
    case .event(let event): events.append(event)
    case .lost: isComplete = false
    case .nothing: break
    }
  }

  /// The local time of day: `13:05:09`.
  static var timeOfDay: String {
    var now = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&now, &parts) != nil else { return "--:--:--" }
    return unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { number in
      number < 10 ? "0\(number)" : "\(number)"
    }.joined(separator: ":")
  }
}
