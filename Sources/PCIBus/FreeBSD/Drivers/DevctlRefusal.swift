// SPDX-License-Identifier: Apache-2.0

internal import PCI
package import PCIDrivers

/// A request to /dev/devctl2 that was refused, in words.
package struct DevctlRefusal: Hashable, Sendable {
  /// What happened.
  package var message: String
  /// What to do about it.
  package var remedy: String?

  /// Words for a refusal.
  ///
  /// - Parameters:
  ///   - holder: The driver that holds the function now.
  ///   - isThere: Whether the function is still listed.
  package init(_ action: DeviceAction, _ error: KernelError, holder: String?, isThere: Bool) {
    message = error.call + ": " + error.reason
    if error.kind == .openControl {
      if error.number == KernelError.noEntry {
        message = "there is no /dev/devctl2, as in a jail"
        remedy = "run on the host itself"
      } else if error.isRefusalOfPrivilege {
        remedy = "run as root"
      }
      return
    }
    switch (error.number, action) {
    case (KernelError.notPermitted, .loadModule(let name)):
      remedy =
        "run as root on the host itself; with kern.securelevel above 0 it loads at boot only: "
        + name + "_load=\"YES\" in /boot/loader.conf"
    case (KernelError.notPermitted, _):
      message = "the kernel lets nobody here change drivers (EPERM), as in a jail"
      remedy = "run as root on the host itself"
    case (KernelError.noEntry, .loadModule(let name)):
      message = "there is no module " + name + " (ENOENT)"
      remedy = "see what there is: ls /boot/kernel/" + name + ".ko"
    case (KernelError.notExecutable, .loadModule(let name)):
      message = "the module " + name + " does not fit this kernel (ENOEXEC)"
      remedy =
        "take the modules of the running kernel: uname -r and freebsd-version -k must agree, and "
        + "dmesg says what is missing"
    case (KernelError.noAddress, .loadModule("vmm")):
      message = "vmm does not run on this processor (ENXIO)"
      remedy = "turn VT-x or SVM on in the firmware's setup"
    case (KernelError.noEntry, _) where !isThere:
      message = "the device is gone (ENOENT)"
      remedy = "passthru list shows what there is"
    case (KernelError.noEntry, .setDriver(_, let driver)):
      message = "the kernel has no driver " + driver + " (ENOENT)"
      remedy = driver == "ppt" ? "kldload vmm" : "kldload its module, which man 4 \(driver) names"
    case (KernelError.busy, _):
      message = (holder ?? "its driver") + " does not release it (EBUSY)"
      remedy =
        holder?.hasPrefix("ppt") == true
        ? "stop the virtual machine that has it: bhyvectl --vm=NAME --destroy"
        : "stop what uses it: unmount its disks, take its interface down"
    case (KernelError.noAddress, .setDriver(_, "ppt")):
      message = "ppt does not take it (ENXIO)"
      remedy = "ppt takes no bridge; see the kernel's log: dmesg"
    case (KernelError.noAddress, .setDriver(_, let driver)):
      message = driver + " does not take it (ENXIO)"
      remedy = "it is not a device of " + driver + "'s, or devctl has disabled it: dmesg says more"
    case (KernelError.noAddress, .detach):
      message = "no driver holds it (ENXIO)"
    case (KernelError.unknownRequest, .reset):
      message = "this kernel resets no device on request (ENOTTY)"
      remedy = "a later FreeBSD does"
    case (KernelError.interrupted, _):
      message = "a signal cut the request off (EINTR)"
      remedy = "passthru list shows who holds it"
    default: break
    }
  }
}
