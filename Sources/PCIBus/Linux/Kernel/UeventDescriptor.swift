// SPDX-License-Identifier: Apache-2.0
//
// The system calls of a netlink socket. Linux only: elsewhere opening it fails.

internal import Glibc

/// An open socket on which the kernel announces what happens to its devices.
struct UeventDescriptor: ~Copyable {
  /// What came.
  enum Arrival {
    case message([UInt8])
    case lost
    case nothing
  }

  private let descriptor: CInt
  private var block = [UInt8](repeating: 0, count: 16384)

  /// Opens it and listens to the kernel's group.
  init() throws(ErrorNumber) {
    #if os(Linux)
      // NETLINK_KOBJECT_UEVENT (include/uapi/linux/netlink.h).
      descriptor = socket(AF_NETLINK, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 15)
      guard descriptor >= 0 else { throw ErrorNumber(rawValue: errno) }
      // A megabyte holds the events of a host whose 4,000 functions come at once.
      var size: CInt = 1 << 20
      _ = unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
      // struct sockaddr_nl: family, padding, port 0 (the kernel's choice), group 1.
      var address = [UInt8](repeating: 0, count: 12)
      address[0] = UInt8(AF_NETLINK)
      address[8] = 1
      let result = unsafe address.withUnsafeBytes { memory in
        guard let base = memory.baseAddress else { return CInt(-1) }
        return unsafe bind(
          descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(memory.count))
      }
      guard result == 0 else {
        let error = ErrorNumber(rawValue: errno)
        _ = close(descriptor)
        throw error
      }
    #else
      throw ErrorNumber(rawValue: ENOSYS)
    #endif
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Waits for a message, for a number of milliseconds at most.
  mutating func receive(within milliseconds: Int64?) throws(ErrorNumber) -> Arrival {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let limit = milliseconds.map { CInt(truncatingIfNeeded: min($0, 86_400_000)) } ?? -1
      let ready = unsafe poll(&waiting, 1, limit)
      if ready < 0, errno == EINTR { continue }
      guard ready >= 0 else { throw ErrorNumber(rawValue: errno) }
      guard ready > 0 else { return .nothing }
      var sender = [UInt8](repeating: 0, count: 12)
      var length = socklen_t(12)
      let count = unsafe block.withUnsafeMutableBytes { memory in
        unsafe sender.withUnsafeMutableBytes { sender in
          unsafe recvfrom(
            descriptor, memory.baseAddress, memory.count, 0,
            sender.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == ENOBUFS { return .lost }
        throw ErrorNumber(rawValue: errno)
      }
      // Port 0 is the kernel's: any process may send to the group otherwise.
      guard length >= 8, sender[4...7].allSatisfy({ $0 == 0 }) else { continue }
      return .message(Array(block[..<count]))
    }
  }
}
