// SPDX-License-Identifier: Apache-2.0

/// A call that a FreeBSD kernel refused, or answered with nonsense.
package struct KernelError: Error, Hashable, Sendable {
  /// What about the call matters to the reader beyond its number.
  package enum Kind: Hashable, Sendable {
    /// The kernel's plain refusal.
    case refused
    /// This build cannot reach a FreeBSD kernel.
    case unsupported
    /// Opening /dev/pci failed.
    case open
    /// Opening /dev/devctl2 failed.
    case openControl
    /// Neither layout of the list is answered.
    case noKnownLayout
    /// The list changed on every attempt.
    case unsettled
  }

  /// What about the call matters.
  package var kind: Kind
  /// FreeBSD's errno.
  package var number: Int32
  /// The name of the call: `PCIOCGETCONF`.
  package var call: String

  /// Describes a refusal.
  package init(_ kind: Kind, number: Int32, call: String) {
    self.kind = kind
    self.number = number
    self.call = call
  }

  // FreeBSD's numbers, sys/sys/errno.h: on Linux some mean something else.
  package static let notPermitted: Int32 = 1
  package static let noEntry: Int32 = 2
  package static let interrupted: Int32 = 4
  package static let noAddress: Int32 = 6
  package static let notExecutable: Int32 = 8
  package static let accessDenied: Int32 = 13
  package static let busy: Int32 = 16
  package static let noDevice: Int32 = 19
  package static let invalid: Int32 = 22
  package static let unknownRequest: Int32 = 25

  /// Whether privilege is what was missing.
  package var isRefusalOfPrivilege: Bool {
    number == Self.notPermitted || number == Self.accessDenied
  }

  /// What the number says, with its name.
  package var reason: String {
    switch number {
    case 1: "operation not permitted (EPERM)"
    case 2: "no such file or directory (ENOENT)"
    case 5: "input/output error (EIO)"
    case 6: "device not configured (ENXIO)"
    case 8: "not made for this kernel (ENOEXEC)"
    case 12: "out of memory (ENOMEM)"
    case 13: "permission denied (EACCES)"
    case 14: "bad address (EFAULT)"
    case 16: "busy (EBUSY)"
    case 19: "the device is gone (ENODEV)"
    case 22: "invalid argument (EINVAL)"
    case 25: "the kernel does not know the request (ENOTTY)"
    case 27: "too large (EFBIG)"
    case 78: "not implemented (ENOSYS)"
    case 84: "too large an answer (EOVERFLOW)"
    default: "error \(number)"
    }
  }
}
