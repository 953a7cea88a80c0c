// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// The kernel's own announcements of what happens to its devices.
///
/// A netlink socket of kind `NETLINK_KOBJECT_UEVENT`: nothing is polled, and no
/// privilege is needed. In a container it is silent: the kernel announces
/// devices in the initial network namespace only.
public struct EventSocket: ~Copyable {
  /// What waiting for the kernel came to.
  public enum Arrival: Hashable, Sendable {
    /// A PCI function's event.
    case event(DeviceEvent)
    /// Events were lost: the whole bus has to be read anew.
    case lost
    /// Nothing came in the time.
    case nothing
  }

  private var socket: UeventDescriptor

  /// Starts to listen; what happened before is not told.
  public init() throws(ScanError) {
    do throws(ErrorNumber) {
      socket = try UeventDescriptor()
    } catch {
      throw ScanError(
        .failed, "the kernel's events cannot be listened to: \(error.reason)",
        errorNumber: error.rawValue)
    }
  }

  /// Waits for the next event, for a number of milliseconds at most; for ever where `nil`.
  ///
  /// Events of other kinds of devices are passed over.
  public mutating func next(within milliseconds: Int?) throws(ScanError) -> Arrival {
    let end = milliseconds.map { monotonicMilliseconds() + Int64($0) }
    while true {
      let left = end.map { max($0 - monotonicMilliseconds(), 0) }
      do throws(ErrorNumber) {
        switch try socket.receive(within: left) {
        case .nothing: return .nothing
        case .lost: return .lost
        case .message(let bytes):
          if let event = DeviceEvent(message: bytes) { return .event(event) }
        }
      } catch {
        throw ScanError(
          .failed, "the kernel's events cannot be read: \(error.reason)",
          errorNumber: error.rawValue)
      }
    }
  }
}
