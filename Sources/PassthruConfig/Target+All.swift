// SPDX-License-Identifier: Apache-2.0

extension Target {
  /// Every target, in the order `passthru targets` lists them.
  public static let all: [Target] = [
    Target(LoaderConf.self),
    Target(Bhyve.self),
    Target(VMBhyve.self),
    Target(Iohyve.self),
    Target(Driverctl.self),
    Target(QEMU.self),
    Target(QEMUJSON.self),
    Target(Libvirt.self),
  ]
}
