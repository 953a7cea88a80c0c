// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The attributes of one device: in a directory that is open, or by its name below one.
///
/// Functions of one bus are in one directory: opening that, and none of theirs,
/// saves three calls a function. To be used while the directory is open.
struct AttributeFolder {
  private let descriptor: CInt
  /// The name of the device's directory below the one that is open; `nil` where it is that.
  private let name: (list: NameList, range: Range<Int>)?

  /// The attributes in an open directory.
  init(descriptor: CInt) {
    self.descriptor = descriptor
    name = nil
  }

  /// The attributes in a directory below an open one, by its name in a list.
  init(descriptor: CInt, names: NameList, _ range: Range<Int>) {
    self.descriptor = descriptor
    name = (names, range)
  }

  /// Reads an attribute, up to the buffer's size, in one `read`.
  ///
  /// sysfs gives a whole attribute to one `read` that has room for it.
  func read(_ attribute: StaticString, into buffer: inout ReadBuffer) -> Reading {
    Directory.read(
      unsafe withPath(attribute) { unsafe openat(descriptor, $0, fileFlags) }, into: &buffer)
  }

  /// Reads where a symbolic link leads, without following it.
  func readLink(_ attribute: StaticString, into buffer: inout ReadBuffer) -> Reading {
    unsafe withPath(attribute) { unsafe Directory.link($0, below: descriptor, into: &buffer) }
  }

  /// Whether there is an attribute of that name, links not followed.
  func has(_ attribute: StaticString) -> Bool {
    unsafe withPath(attribute) { unsafe faccessat(descriptor, $0, F_OK, AT_SYMLINK_NOFOLLOW) == 0 }
  }

  /// The size of an attribute, in bytes.
  func size(_ attribute: StaticString) -> Int? {
    unsafe withPath(attribute) { path in
      var status = stat()
      return unsafe fstatat(descriptor, path, &status, 0) == 0 ? Int(status.st_size) : nil
    }
  }

  /// Gives `body` the path of an attribute below the directory that is open.
  @inline(__always)
  private func withPath<Result>(
    _ attribute: StaticString, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let length = attribute.utf8CodeUnitCount
    return attribute.withUTF8Buffer { text in
      // A literal has a zero behind it.
      guard let base = text.baseAddress else { preconditionFailure("an attribute without a name") }
      let ended = unsafe UnsafeRawBufferPointer(start: base, count: length + 1)
      guard let name else {
        return unsafe body(ended.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: CChar.self))
      }
      return unsafe name.list.storage.withUnsafeBytes { storage in
        let own = name.range.count
        return unsafe withUnsafeTemporaryAllocation(
          byteCount: own + 1 + ended.count, alignment: 1
        ) { path in
          unsafe path.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[name.range]))
          unsafe path[own] = UInt8(ascii: "/")
          unsafe UnsafeMutableRawBufferPointer(rebasing: path[(own + 1)...]).copyMemory(from: ended)
          return unsafe body(
            UnsafePointer(path.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: CChar.self)))
        }
      }
    }
  }
}
