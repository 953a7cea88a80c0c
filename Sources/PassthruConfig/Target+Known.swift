// SPDX-License-Identifier: Apache-2.0

extension Target {
  // Those that most programs ask for, by name; `named(_:)` has every one.

  /// FreeBSD's `/boot/loader.conf`.
  public static let loaderConf = Target(LoaderConf.self)
  /// Arguments of bhyve.
  public static let bhyve = Target(Bhyve.self)
  /// vm-bhyve's file of a guest.
  public static let vmBhyve = Target(VMBhyve.self)
  /// iohyve's properties of a guest.
  public static let iohyve = Target(Iohyve.self)
  /// Commands of driverctl.
  public static let driverctl = Target(Driverctl.self)
  /// Arguments of QEMU.
  public static let qemu = Target(QEMU.self)
  /// Host devices of a libvirt domain.
  public static let libvirt = Target(Libvirt.self)
  /// Lines of a Proxmox VE guest.
  public static let proxmox = Target(Proxmox.self)
}
