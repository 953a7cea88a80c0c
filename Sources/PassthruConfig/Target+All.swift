// SPDX-License-Identifier: Apache-2.0

extension Target {
  /// Every target, in the order `passthru targets` lists them.
  public static let all: [Target] = freeBSD + linuxHost + hypervisors + clusters + others

  private static let freeBSD: [Target] = [
    Target(LoaderConf.self),
    Target(Devctl.self),
    Target(Bhyve.self),
    Target(BhyveConfig.self),
    Target(VMBhyve.self),
    Target(Iohyve.self),
    Target(CBSD.self),
    Target(LibvirtBhyve.self),
    Target(Guard.self),
  ]

  private static let linuxHost: [Target] = [
    Target(Driverctl.self),
    Target(Modprobe.self),
    Target(Udev.self),
    Target(SystemdUnit.self),
    Target(InitramfsTools.self),
    Target(Dracut.self),
    Target(Mkinitcpio.self),
    Target(KernelCommandLine.self),
    Target(NixOS.self),
  ]

  private static let hypervisors: [Target] = [
    Target(QEMU.self),
    Target(QEMUJSON.self),
    Target(Libvirt.self),
    Target(VirtInstall.self),
    Target(Proxmox.self),
    Target(ProxmoxMapping.self),
    Target(Xen.self),
    Target(XenPciback.self),
    Target(CloudHypervisor.self),
    Target(Crosvm.self),
    Target(Firecracker.self),
    Target(Kata.self),
    Target(Incus.self),
    Target(Unraid.self),
    Target(TrueNAS.self),
  ]

  private static let clusters: [Target] = [
    Target(KubeVirt.self),
    Target(SRIOVDevicePlugin.self),
    Target(NFD.self),
    Target(AnsibleFacts.self),
    Target(PrometheusText.self),
  ]

  private static let others: [Target] = [
    Target(HyperV.self),
    Target(ESXi.self),
    Target(VirtualBox.self),
  ]
}
