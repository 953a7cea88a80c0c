// SPDX-License-Identifier: Apache-2.0
//
// The system calls that ask whether the kernel has a block device in use.

internal import Glibc

/// Whether something has a block device for itself.
enum BlockClaim: Hashable {
  /// Nobody has.
  case free
  /// Something has: a mount in whatever namespace, swap, md, dm, bcache, ZFS, btrfs.
  case held
  /// The kernel was not asked, and why.
  case unknown(String)

  /// Asks by opening the device's node alone, and closes it again.
  ///
  /// With O_EXCL and without O_CREAT an open of a block device fails with EBUSY where it,
  /// its disk or a partition of it is held (open(2); block/bdev.c, `bd_prepare_to_claim`).
  /// Nothing is read or written; with O_NONBLOCK no medium is waited for.
  init(node path: String, number: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      self = .unknown("there is no \(path)")
      return
    }
    let device = UInt64(status.st_rdev)
    let major = device >> 8 & 0xfff | device >> 32 & ~0xfff
    let minor = device & 0xff | device >> 12 & ~0xff
    guard status.st_mode & S_IFMT == S_IFBLK, number == "\(major):\(minor)" else {
      self = .unknown("\(path) is not the block device \(number)")
      return
    }
    let file = unsafe open(path, O_RDONLY | O_EXCL | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    if file >= 0 {
      _ = close(file)
      self = .free
      return
    }
    let error = errno
    switch error {
    case EBUSY: self = .held
    // A drive without a medium has nothing on it: ENOMEDIUM, Linux's alone, is 123.
    case 123, ENXIO: self = .free
    default: self = .unknown("\(path): \(ErrorNumber(rawValue: error).reason)")
    }
  }
}

/// Whether the process is root's.
func isRoot() -> Bool { geteuid() == 0 }
