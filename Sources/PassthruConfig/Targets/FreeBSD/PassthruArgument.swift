// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// bhyve's words for one function, as bhyve(8) describes `-s`.
extension GuestPlacement {
  /// The emulation: `passthru,10/0/1`.
  ///
  /// Bus, slot and function in decimal: releases before 13 know no other form,
  /// and `pciB:S:F` with a domain is misread (pci_passthru.c).
  func passthruArgument(_ request: ConfigurationRequest) -> String {
    var argument = "passthru,\(function.address.bhyveTriple)"
    if let file = request.romFile { argument += ",rom=\(file)" }
    if let index = request.bootIndex { argument += ",bootindex=\(index + Int(guestFunction))" }
    return argument
  }

  /// The slot and the emulation: `20:0,passthru,10/0/1`.
  func slotArgument(_ request: ConfigurationRequest) -> String {
    slotAndFunction + "," + passthruArgument(request)
  }
}

extension ConfigurationRequest {
  /// Guest slots of bhyve to choose from: above those that frontends number themselves.
  ///
  /// 0 is the host bridge's, 31 the LPC bridge's by custom, 29 and 30 the frame
  /// buffer's and the tablet's; vm-bhyve and iohyve count from 2 to 5 on.
  static let bhyveSlots: [UInt8] = Array(20...28) + Array(16...19) + [29, 30]

  /// Refuses `rom=` and `bootindex=` where bhyve has none yet, and says what they need.
  func checkBhyveExtras(warnings: inout [String]) throws(ConfigurationError) {
    guard romFile != nil || bootIndex != nil else { return }
    try checkFile(excluding: ", \t\"\\", consumer: "bhyve")
    if let index = bootIndex, index < 0 {
      throw ConfigurationError("a boot index of \(index)", remedy: "count from 0")
    }
    if let release = freeBSDRelease {
      guard release >= 13 else {
        throw ConfigurationError(
          "bhyve of FreeBSD \(release) has neither rom= nor bootindex=",
          remedy: "use FreeBSD 14 or later, or leave them out")
      }
    }
    if (freeBSDRelease ?? 13) < 14 {
      warnings.append("rom= and bootindex= need FreeBSD 14, or a late 13")
    }
    if romFile != nil { warnings.append("rom= needs a guest that boots with UEFI") }
  }

  /// What graphics of Intel's want of the guest's slot, where one is among the functions.
  func intelGraphicsWarning(_ functions: [Function]) -> String? {
    guard guestSlot == nil,
      functions.contains(where: {
        $0.identity.vendorID == 0x8086 && $0.classCode?.baseClass == 0x03
          && $0.address.bus == 0 && $0.address.device == 2
      })
    else { return nil }
    return "drivers and firmware of Intel's graphics want guest slot 2: --slot 2:0"
  }
}
