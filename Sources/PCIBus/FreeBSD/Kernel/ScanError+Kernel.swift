// SPDX-License-Identifier: Apache-2.0

extension ScanError {
  /// Says what a refusal of the kernel means for a scan, and what to do.
  package init(_ error: KernelError) {
    let device = "/dev/pci"
    switch error.kind {
    case .unsupported:
      self.init(
        .unsupported, "this system is not FreeBSD, or not a 64-bit one",
        remedy: "name a recording with --from", path: device, errorNumber: error.number)
    case .open where error.number == KernelError.noEntry:
      self.init(
        .missing, "there is no such device, as in a jail",
        remedy: "run on the host itself, or record there and use --from", path: device,
        errorNumber: error.number)
    case .open where error.isRefusalOfPrivilege:
      self.init(
        .notPermitted, error.reason,
        remedy: "make it readable (devfs.rules of the jail), or run as root", path: device,
        errorNumber: error.number)
    case .noKnownLayout:
      self.init(
        .unsupported,
        "this kernel answers neither layout of PCIOCGETCONF that is known "
          + "(48 bytes to FreeBSD 14, 128 bytes from 15 on): \(error.reason)",
        remedy: "record with pciconf -lvbcB and use --from, and report the kernel's version",
        path: device, errorNumber: error.number)
    case .unsettled:
      self.init(
        .failed, "the device list changed each time it was read",
        remedy: "wait until devices stop coming and going, then try again", path: device,
        errorNumber: error.number)
    case .open, .openControl, .refused:
      self.init(
        .failed, "\(error.call): \(error.reason)",
        remedy: "record with pciconf -lvbcB and use --from", path: device,
        errorNumber: error.number)
    }
  }
}
