// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// An option of a request that not every consumer can honour.
enum GuestOption: Hashable, Sendable {
  /// `--slot`.
  case slot
  /// `--rom`.
  case rom
  /// `--boot-index`.
  case bootIndex
}

extension ConfigurationRequest {
  /// Refuses the options that a consumer has no word for.
  ///
  /// Asked for and silently left out would be worse than an error: a guest
  /// without its ROM starts to a black screen.
  func refuse(_ options: [GuestOption], consumer: String) throws(ConfigurationError) {
    for option in options {
      switch option {
      case .slot:
        guard guestSlot == nil, guestFunction == nil else {
          throw ConfigurationError(
            "\(consumer) chooses the guest's slots itself", remedy: "leave --slot out")
        }
      case .rom:
        guard romFile == nil else {
          throw ConfigurationError(
            "\(consumer) takes no ROM file", remedy: "leave --rom out, or use another target")
        }
      case .bootIndex:
        guard bootIndex == nil else {
          throw ConfigurationError(
            "\(consumer) takes no boot index here",
            remedy: "leave --boot-index out, and set the order where the guest's disks are set")
        }
      }
    }
  }

  /// The loss of a consumer that gives each function a slot of its own.
  func separateSlotsLoss(_ functions: [Function], consumer: String) -> [String] {
    cards(functions).filter { $0.count > 1 }.map { card in
      "\(consumer) gives each function its own slot: "
        + card.map { spelled($0.address) }.joined(separator: ", ")
        + " will be \(card.count) devices in the guest, and one card no more"
    }
  }

  /// The functions of the host that have the ids of a selected one and stay behind.
  func twins(of function: Function, withSubsystem: Bool) -> [Function] {
    let selected = Set(devices)
    return host.functions.filter { other in
      guard !selected.contains(other.address),
        other.identity.vendorID == function.identity.vendorID,
        other.identity.deviceID == function.identity.deviceID
      else { return false }
      guard withSubsystem else { return true }
      return other.identity.subsystemVendorID == nil || other.identity.subsystemID == nil
        || (other.identity.subsystemVendorID == function.identity.subsystemVendorID
          && other.identity.subsystemID == function.identity.subsystemID)
    }
  }

  /// The ids that name exactly the selection, for vfio-pci's `ids=`.
  ///
  /// Two numbers where no other function has them, four with the subsystem's
  /// where those tell the twins apart (drivers/vfio/pci/vfio_pci.c,
  /// `vfio_pci_fill_ids`). An error where a twin must stay with the host.
  func uniqueIDs(_ functions: [Function]) throws(ConfigurationError) -> [String] {
    var ids: [String] = []
    for function in functions {
      var text = function.identity.vendorDevice
      if !twins(of: function, withSubsystem: false).isEmpty {
        let twins = twins(of: function, withSubsystem: true)
        if let twin = twins.first {
          throw ConfigurationError(
            "\(twin.address) has the ids \(text) of \(function.address) too, and ids= would take"
              + " both",
            remedy: "bind by address: the driverctl, udev or initramfs-tools target")
        }
        guard let vendor = function.identity.subsystemVendorID,
          let device = function.identity.subsystemID
        else {
          throw ConfigurationError(
            "another function has the ids \(text) of \(function.address) too, and its subsystem"
              + " ids, which could tell them apart, are not known",
            remedy: "bind by address: the driverctl, udev or initramfs-tools target")
        }
        text += ":" + vendor.hexadecimal(width: 4) + ":" + device.hexadecimal(width: 4)
      }
      if !ids.contains(text) { ids.append(text) }
    }
    return ids
  }

  /// Whether every function of a function's slot is selected.
  func isWholeSlot(_ card: [Function]) -> Bool {
    guard let first = card.first?.address else { return false }
    let members = host.functions.count { $0.address.isInSameSlot(as: first) }
    return members == card.count
  }

  /// The kernel modules of the functions' own drivers.
  ///
  /// A driver's name is its module's with few exceptions; those built into
  /// most kernels cannot be made to wait for another module.
  func ownModules(_ functions: [Function]) -> [String] {
    var modules: [String] = []
    for function in functions {
      guard let name = function.driver?.name, host.passthroughDriver(name) == nil,
        name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x23 })
      else { continue }
      let module =
        switch name {
        case "xhci_hcd": "xhci_pci"
        case "ehci-pci": "ehci_pci"
        case "ohci-pci": "ohci_pci"
        // The links driver/module of a running kernel.
        case "nvidia-gpu": "i2c_nvidia_gpu"
        case "i801_smbus": "i2c_i801"
        case "piix4_smbus": "i2c_piix4"
        default: name
        }
      if !modules.contains(module) { modules.append(module) }
    }
    return modules
  }
}

extension ConfigurationRequest {
  /// An address as the host's own tools spell it.
  func spelled(_ address: FunctionAddress) -> String {
    switch host.system.family {
    case .freebsd, .dragonfly: address.freeBSDSelector
    default: address.shortDescription
    }
  }
}
