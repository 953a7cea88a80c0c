// SPDX-License-Identifier: Apache-2.0
//
// What talks to the Linux kernel: with AttributeFolder and InParts beside it, every
// system call of the sysfs scanner and every unsafe pointer.

internal import Glibc

extension ErrorNumber {
  /// The number that the last failing system call of this thread left.
  fileprivate static var current: ErrorNumber { ErrorNumber(rawValue: errno) }
}

/// Reads once, and again for as long as a signal interrupts.
private func readOnce(_ file: CInt, into memory: inout [UInt8]) -> Int {
  unsafe memory.withUnsafeMutableBytes { memory in
    while true {
      let count = unsafe read(file, memory.baseAddress, memory.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }
}

/// Memory that the kernel will write to: what was there before is never looked at.
private func unwritten(_ count: Int) -> [UInt8] {
  unsafe [UInt8](unsafeUninitializedCapacity: count) { _, written in written = count }
}

// A recorded tree may hold a pipe in place of an attribute: opening one must not wait.
let fileFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
private let directoryFlags = O_RDONLY | O_CLOEXEC | O_DIRECTORY

/// The machine architecture of the running kernel: `x86_64`, `aarch64`.
func machineArchitecture() -> String? {
  var names = utsname()
  guard unsafe uname(&names) == 0 else { return nil }
  return unsafe withUnsafeBytes(of: &names.machine) { machine in
    unsafe String(decoding: machine.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// A variable of the process's environment.
func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(validatingCString: value)
}

/// How reading one attribute ended.
enum Reading: Hashable, Sendable {
  /// The attribute's bytes are in the buffer.
  case read
  /// There is no attribute of that name.
  case absent
  /// The kernel refused.
  case failed(ErrorNumber)
}

/// The memory that attributes are read into, one after the other.
///
/// One page, since no sysfs attribute but `config` gives more.
struct ReadBuffer: Sendable {
  /// The memory; only the first `count` bytes are of the last reading.
  fileprivate(set) var storage: [UInt8]
  /// How many bytes the last reading gave.
  fileprivate(set) var count = 0

  /// Sets memory aside for attributes of up to `capacity` bytes.
  init(capacity: Int = 4096) { storage = unwritten(capacity) }

  /// A copy of the bytes that the last reading gave.
  var copy: [UInt8] { Array(storage[..<count]) }
}

/// An open directory of sysfs, procfs or a recorded tree.
///
/// Names below it are relative to it, so that the kernel walks no long path.
struct Directory: ~Copyable, Sendable {
  private let descriptor: CInt

  private init(descriptor: CInt) { self.descriptor = descriptor }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// A directory that is absent: everything below it is absent too.
  static var none: Directory { Directory(descriptor: -1) }

  /// Whether it is not the absent directory.
  var isOpen: Bool { descriptor >= 0 }

  /// Opens a directory by its path; the absent one where that fails.
  static func openOrNone(_ path: String) -> Directory {
    Directory(descriptor: unsafe openat(AT_FDCWD, path, directoryFlags))
  }

  /// Opens a directory by its path.
  static func open(_ path: String) throws(ErrorNumber) -> Directory {
    let descriptor = unsafe openat(AT_FDCWD, path, directoryFlags)
    guard descriptor >= 0 else { throw .current }
    return Directory(descriptor: descriptor)
  }

  /// Opens a directory below this one.
  borrowing func directory(_ name: String) throws(ErrorNumber) -> Directory {
    let opened = unsafe openat(descriptor, name, directoryFlags)
    guard opened >= 0 else { throw .current }
    return Directory(descriptor: opened)
  }

  /// Opens a directory below this one, of a list of names.
  borrowing func directory(
    _ names: borrowing NameList, _ index: Int
  ) throws(ErrorNumber) -> Directory {
    let opened = unsafe names.withName(index) { unsafe openat(descriptor, $0, directoryFlags) }
    guard opened >= 0 else { throw .current }
    return Directory(descriptor: opened)
  }

  /// Opens a directory by a path below this one, given with the zero that ends it.
  borrowing func directory(terminatedPath path: [UInt8]) throws(ErrorNumber) -> Directory {
    let opened = Self.open(path, below: descriptor, directoryFlags)
    guard opened >= 0 else { throw .current }
    return Directory(descriptor: opened)
  }

  private static func open(_ path: [UInt8], below descriptor: CInt, _ flags: CInt) -> CInt {
    precondition(path.last == 0, "a path that does not end")
    return unsafe path.withUnsafeBytes { path in
      unsafe path.baseAddress.map {
        unsafe openat(descriptor, $0.assumingMemoryBound(to: CChar.self), flags)
      } ?? -1
    }
  }

  /// The attributes in this directory, to be read while it is open.
  var attributes: AttributeFolder { AttributeFolder(descriptor: descriptor) }

  /// Reads an attribute, up to the buffer's size.
  borrowing func read(_ name: StaticString, into buffer: inout ReadBuffer) -> Reading {
    attributes.read(name, into: &buffer)
  }

  /// Reads where a symbolic link in this directory leads, without following it.
  borrowing func readLink(_ name: StaticString, into buffer: inout ReadBuffer) -> Reading {
    attributes.readLink(name, into: &buffer)
  }

  /// The attributes in a directory below this one, of a list of names, which is not opened.
  borrowing func attributes(_ names: NameList, _ index: Int) -> AttributeFolder {
    AttributeFolder(descriptor: descriptor, names: names, names.range(index))
  }

  /// Reads a file by a path below this directory, up to the buffer's size.
  borrowing func read(path: String, into buffer: inout ReadBuffer) -> Reading {
    Self.read(unsafe openat(descriptor, path, fileFlags), into: &buffer)
  }

  /// Reads a file by a path below this directory, given with the zero that ends it.
  borrowing func read(terminatedPath path: [UInt8], into buffer: inout ReadBuffer) -> Reading {
    Self.read(Self.open(path, below: descriptor, fileFlags), into: &buffer)
  }

  /// Reads an open file once, and closes it.
  static func read(_ file: CInt, into buffer: inout ReadBuffer) -> Reading {
    buffer.count = 0
    guard file >= 0 else { return reading(ErrorNumber.current) }
    defer { _ = close(file) }
    let count = readOnce(file, into: &buffer.storage)
    guard count >= 0 else { return reading(ErrorNumber.current) }
    buffer.count = count
    return .read
  }

  /// Reads where a symbolic link of a list of names leads.
  borrowing func readLink(
    _ names: borrowing NameList, _ index: Int, into buffer: inout ReadBuffer
  ) -> Reading {
    unsafe names.withName(index) { unsafe Self.link($0, below: descriptor, into: &buffer) }
  }

  /// Reads where a symbolic link at a path below this directory leads.
  borrowing func readLink(path: String, into buffer: inout ReadBuffer) -> Reading {
    unsafe path.withCString { unsafe Self.link($0, below: descriptor, into: &buffer) }
  }

  /// Reads where a symbolic link leads, without following it.
  static func link(
    _ name: UnsafePointer<CChar>, below descriptor: CInt, into buffer: inout ReadBuffer
  ) -> Reading {
    let count = unsafe buffer.storage.withUnsafeMutableBytes { memory in
      guard let base = memory.baseAddress else { return -1 }
      return unsafe readlinkat(
        descriptor, name, base.assumingMemoryBound(to: CChar.self), memory.count)
    }
    buffer.count = max(count, 0)
    return count >= 0 ? .read : reading(ErrorNumber.current)
  }

  private static func reading(_ error: ErrorNumber) -> Reading {
    error == .noEntry ? .absent : .failed(error)
  }

  /// Reads a whole file of unknown length, such as one of procfs.
  ///
  /// `nil` where it cannot be opened or read; what is past `limit` bytes is left.
  borrowing func wholeFile(_ path: String, limit: Int = 4 << 20) -> [UInt8]? {
    let file = unsafe openat(descriptor, path, fileFlags)
    guard file >= 0 else { return nil }
    defer { _ = close(file) }
    var bytes: [UInt8] = []
    // Most files of procfs fit a page; memory for the long ones comes as they do.
    var block = unwritten(4096)
    while bytes.count < limit {
      let count = readOnce(file, into: &block)
      guard count > 0 else { return count == 0 || !bytes.isEmpty ? bytes : nil }
      bytes.append(contentsOf: block[..<min(count, limit - bytes.count)])
      if count == block.count, count < 1 << 16 {
        block = unwritten(count * 4)
      }
    }
    return bytes
  }

  /// Whether there is anything at a path below this directory, links followed.
  borrowing func has(path: String) -> Bool {
    unsafe faccessat(descriptor, path, F_OK, 0) == 0
  }

  /// The owner of a file below this directory, and its nine permission bits.
  borrowing func ownership(_ path: String) -> (owner: UInt32, permissions: UInt16)? {
    var status = stat()
    guard unsafe fstatat(descriptor, path, &status, 0) == 0 else { return nil }
    return (status.st_uid, UInt16(truncatingIfNeeded: status.st_mode & 0o777))
  }

  /// Whether this directory is of the running kernel's sysfs.
  ///
  /// Every mount of sysfs in one network namespace has one device number, so
  /// a bind mount elsewhere is recognised too.
  var isKernelSysfs: Bool {
    #if os(Linux)
      var own = stat()
      var kernel = stat()
      return unsafe fstat(descriptor, &own) == 0 && stat("/sys", &kernel) == 0
        && own.st_dev == kernel.st_dev && faccessat(AT_FDCWD, "/sys/kernel", F_OK, 0) == 0
    #else
      return false
    #endif
  }

  /// The names in this directory, without `.` and `..`, in the kernel's order.
  borrowing func names() throws(ErrorNumber) -> NameList {
    // readdir moves the position that a duplicate shares: a fresh descriptor.
    try Self.names(closing: unsafe openat(descriptor, ".", directoryFlags))
  }

  /// The names in a directory below this one, sorted; `nil` where there is none.
  borrowing func namesIfPresent(in path: String) -> [String]? {
    guard let names = try? Self.names(closing: unsafe openat(descriptor, path, directoryFlags))
    else { return nil }
    return (0..<names.count).map { names.text($0) }.sorted()
  }

  /// Whether a directory below this one has any name in it.
  borrowing func hasNames(in path: String) throws(ErrorNumber) -> Bool {
    try Self.names(closing: unsafe openat(descriptor, path, directoryFlags), limit: 1).count > 0
  }

  /// The names in the directory that was opened, which is closed; `limit` of them at most.
  private static func names(
    closing listed: CInt, limit: Int = .max
  ) throws(ErrorNumber) -> NameList {
    guard listed >= 0 else { throw .current }
    guard let stream = unsafe fdopendir(listed) else {
      let error = ErrorNumber.current
      _ = close(listed)
      throw error
    }
    defer { _ = unsafe closedir(stream) }
    var names = NameList()
    while names.count < limit, let entry = unsafe readdir(stream) {
      unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
        unsafe names.append(name.prefix { $0 != 0 })
      }
    }
    return names
  }
}

/// The names of a directory, in one block of memory.
struct NameList: Sendable {
  /// The names, each with a zero after it.
  private(set) var storage: [UInt8] = []
  private var starts: [UInt32] = []

  /// How many names there are.
  var count: Int { starts.count }

  /// Adds a name, unless it is `.` or `..`, or the memory for names is full.
  fileprivate mutating func append(_ name: Slice<UnsafeRawBufferPointer>) {
    guard unsafe name.first != UInt8(ascii: ".") || name.count > 2,
      let start = UInt32(exactly: storage.count)
    else { return }
    starts.append(start)
    unsafe storage.append(contentsOf: name)
    storage.append(0)
  }

  /// Where the bytes of a name are in `storage`, without the zero that ends it.
  func range(_ index: Int) -> Range<Int> {
    let end = index + 1 < starts.count ? Int(starts[index + 1]) : storage.count
    return Int(starts[index])..<end - 1
  }

  /// A name as text.
  func text(_ index: Int) -> String {
    String(decoding: storage[range(index)], as: UTF8.self)
  }

  fileprivate func withName<Result>(
    _ index: Int, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    unsafe storage.withUnsafeBytes { memory in
      // A name is in the block with the zero that ends it: `append` put it there.
      guard let base = memory.baseAddress else { preconditionFailure("no names") }
      let name = unsafe base.advanced(by: Int(starts[index]))
      return unsafe body(name.assumingMemoryBound(to: CChar.self))
    }
  }
}

extension Span where Element == UInt8 {
  /// Eight bytes at a position as one number, the first lowest; `nil` past the end.
  ///
  /// Here because it reads through a pointer: eight times fewer bounds to check.
  @inline(__always)
  func word(at position: Int) -> UInt64? {
    guard position >= 0, count - position >= 8 else { return nil }
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// Whether the bytes at a position are those of a text.
  ///
  /// Here because a `StaticString` can be read through a pointer only.
  @inline(__always)
  func matches(_ text: StaticString, at position: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard position >= 0, count - position >= length else { return false }
    return text.withUTF8Buffer { expected in
      var index = 0
      while index < length {
        let wanted = unsafe expected[index]
        if self[position + index] != wanted { return false }
        index += 1
      }
      return true
    }
  }
}
