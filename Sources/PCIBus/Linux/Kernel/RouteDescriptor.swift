// SPDX-License-Identifier: Apache-2.0
//
// The system calls of a netlink socket that is asked for lists (rtnetlink(7)).

internal import Glibc

/// A socket on which the kernel answers for its routes, addresses and interfaces.
///
/// Needs no privilege; answers for the network namespace of the process.
struct RouteDescriptor: ~Copyable {
  private let descriptor: CInt
  private var sequence: UInt32 = 0
  private var block = [UInt8](repeating: 0, count: 32768)

  /// Opens it; fails elsewhere than on Linux.
  init() throws(ErrorNumber) {
    #if os(Linux)
      // NETLINK_ROUTE (include/uapi/linux/netlink.h).
      descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | O_CLOEXEC, 0)
      guard descriptor >= 0 else { throw ErrorNumber(rawValue: errno) }
      // The kernel answers at once; what plays one may not.
      var limit = timeval(tv_sec: 5, tv_usec: 0)
      _ = unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    #else
      throw ErrorNumber(rawValue: ENOSYS)
    #endif
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Asks for a whole list and hands out each message; `false` where it did not come whole.
  ///
  /// - Parameters:
  ///   - request: RTM_GETROUTE, RTM_GETADDR or RTM_GETLINK.
  ///   - body: Gets each message with its header.
  mutating func forEach(_ request: UInt16, _ body: (ArraySlice<UInt8>) -> Void) -> Bool {
    sequence += 1
    // struct nlmsghdr, NLM_F_REQUEST and NLM_F_DUMP, and a body that asks for all families.
    var message = [UInt8](repeating: 0, count: 32)
    message.store(UInt32(message.count), at: 0)
    message.store(request, at: 4)
    message.store(UInt16(0x301), at: 6)
    message.store(sequence, at: 8)
    let sent = unsafe message.withUnsafeBytes { memory in
      unsafe send(descriptor, memory.baseAddress, memory.count, 0)
    }
    guard sent == message.count else { return false }
    var isWhole = true
    while true {
      let count = unsafe block.withUnsafeMutableBytes { memory in
        unsafe recv(descriptor, memory.baseAddress, memory.count, 0)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      var rest = block[..<count]
      while let next = NetlinkMessage(&rest) {
        guard next.sequence == sequence else { continue }
        // NLM_F_DUMP_INTR: something changed meanwhile.
        if next.flags & 0x10 != 0 { isWhole = false }
        switch next.kind {
        // NLMSG_DONE and NLMSG_ERROR.
        case 3: return isWhole
        case 2: return false
        default: body(next.bytes)
        }
      }
    }
  }
}

extension [UInt8] {
  /// Writes a number in the machine's own order.
  fileprivate mutating func store(_ number: some FixedWidthInteger, at offset: Int) {
    unsafe Swift.withUnsafeBytes(of: number) { bytes in
      for index in bytes.indices { self[offset + index] = unsafe bytes[index] }
    }
  }
}
