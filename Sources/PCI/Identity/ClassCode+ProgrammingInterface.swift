// SPDX-License-Identifier: Apache-2.0

extension ClassCode {
  /// What the programming interface stands for; `nil` where it adds nothing or is reserved.
  ///
  /// PCI Code and ID Assignment Specification 1.16, sections 1.1 to 1.20.
  public var programmingInterfaceName: String? {
    if baseAndSubClass == 0x0101 { return integratedDriveElectronicsMode }
    return switch rawValue {
    case 0x010000: "vendor-specific"
    case 0x010011: "SCSI over PCIe storage device with PQI"
    case 0x010012: "SCSI over PCIe controller with PQI"
    case 0x010013: "SCSI over PCIe device and controller with PQI"
    case 0x010021: "SCSI over PCIe storage device with NVM Express queues"
    case 0x010520: "single stepping"
    case 0x010530: "continuous operation"
    case 0x010600, 0x010700, 0x010800, 0x010900: "vendor-specific"
    case 0x010601: "AHCI"
    case 0x010602, 0x010701: "Serial Storage Bus"
    case 0x010801: "NVMHCI"
    case 0x010802: "NVM Express"
    case 0x010803: "NVM Express administrative controller"
    case 0x010901: "UFSHCI"
    case 0x020001: "Infrastructure Data-Plane Function"
    case 0x030000: "VGA"
    case 0x030001: "8514"
    case 0x040380: "with vendor-specific extensions"
    case 0x050200: "vendor-specific"
    case 0x050210: "CXL 2.0 or later"
    case 0x060400: "normal decode"
    case 0x060401: "subtractive decode"
    case 0x060800: "transparent mode"
    case 0x060801: "endpoint mode"
    case 0x060940: "primary bus faces the host"
    case 0x060980: "secondary bus faces the host"
    case 0x060b00: "custom interface"
    case 0x060b01: "ASI-SIG portal interface"
    case 0x070000: "generic XT-compatible"
    case 0x070001, 0x070301: uart(0x070001, "16450")
    case 0x070002, 0x070302: uart(0x070002, "16550")
    case 0x070003, 0x070303: uart(0x070003, "16650")
    case 0x070004, 0x070304: uart(0x070004, "16750")
    case 0x070005: uart(0x070005, "16850")
    case 0x070006: uart(0x070006, "16950")
    case 0x070100: "standard"
    case 0x070101: "bidirectional"
    case 0x070102: "ECP 1.x"
    case 0x070103: "IEEE 1284 controller"
    case 0x0701fe: "IEEE 1284 target"
    case 0x070300: "generic"
    case 0x080000: "8259"
    case 0x080001, 0x080101, 0x080201, 0x080301: "ISA"
    case 0x080002, 0x080102: "EISA"
    case 0x080010: "I/O APIC"
    case 0x080020: "I/O(x) APIC"
    case 0x080100: "8237"
    case 0x080200: "8254"
    case 0x080202: "EISA, two timers"
    case 0x080203: "High Performance Event Timer"
    case 0x080300: "generic"
    case 0x090400: "generic"
    case 0x090410: "legacy ports"
    case 0x0c0000: "generic"
    case 0x0c0010, 0x0c0310: "OHCI"
    case 0x0c0300: "UHCI"
    case 0x0c0320: "EHCI"
    case 0x0c0330: "xHCI"
    case 0x0c0340: "USB4 host interface"
    case 0x0c0380: "no specific interface"
    case 0x0c03fe: "USB device"
    case 0x0c0700: "SMIC"
    case 0x0c0701: "KCS"
    case 0x0c0702: "Block Transfer"
    case 0x0d0110: "ultra-wideband radio"
    case 0x0e0000: "message FIFO at 0x40"
    default: nil
    }
  }

  /// A serial port's chip; a modem's is named with its command set.
  private func uart(_ serialPort: UInt32, _ chip: String) -> String {
    rawValue == serialPort ? chip + "-compatible" : "Hayes-compatible, " + chip
  }

  /// The two channels of an IDE controller, which the interface byte describes in bits.
  ///
  /// PCI IDE Controller Specification 1.0, section 5.0: an even bit is set in
  /// native mode, the odd one above it where the mode can be changed; bit 7 is
  /// bus mastering.
  private var integratedDriveElectronicsMode: String {
    let bits = programmingInterface
    func channel(_ native: Bool, _ switchable: Bool) -> String {
      (native ? "native" : "compatibility") + (switchable ? " (switchable)" : "")
    }
    let primary = channel(bits[bit: 0], bits[bit: 1])
    let secondary = channel(bits[bit: 2], bits[bit: 3])
    let mode =
      primary == secondary
      ? primary + " mode" : "primary " + primary + ", secondary " + secondary
    return bits[bit: 7] ? mode + ", bus mastering" : mode
  }
}
