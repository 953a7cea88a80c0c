// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The words with which pciconf(8) names base classes and sub-classes.
///
/// The terms are FreeBSD's (usr.sbin/pciconf/pciconf.c, `pci_nomatch_tab`);
/// one that it does not name is not printed at all.
enum PciconfClassWords {
  static func baseClass(_ code: UInt8) -> String? {
    switch code {
    case 0x00: "old"
    case 0x01: "mass storage"
    case 0x02: "network"
    case 0x03: "display"
    case 0x04: "multimedia"
    case 0x05: "memory"
    case 0x06: "bridge"
    case 0x07: "simple comms"
    case 0x08: "base peripheral"
    case 0x09: "input device"
    case 0x0a: "docking station"
    case 0x0b: "processor"
    case 0x0c: "serial bus"
    case 0x0d: "wireless controller"
    case 0x0e: "intelligent I/O controller"
    case 0x0f: "satellite communication"
    case 0x10: "encrypt/decrypt"
    case 0x11: "dasp"
    case 0x12: "processing accelerators"
    case 0x13: "non-essential instrumentation"
    default: nil
    }
  }

  static func subClass(_ code: UInt16) -> String? {
    switch code {
    case 0x0000: "non-VGA display device"
    case 0x0001: "VGA-compatible display device"
    case 0x0100: "SCSI"
    case 0x0101: "ATA"
    case 0x0102: "floppy disk"
    case 0x0103: "IPI"
    case 0x0104: "RAID"
    case 0x0105: "ATA (ADMA)"
    case 0x0106: "SATA"
    case 0x0107: "SAS"
    case 0x0108: "NVM"
    case 0x0200: "ethernet"
    case 0x0201: "token ring"
    case 0x0202: "fddi"
    case 0x0203: "ATM"
    case 0x0204: "ISDN"
    case 0x0300: "VGA"
    case 0x0301: "XGA"
    case 0x0302: "3D"
    case 0x0400: "video"
    case 0x0401: "audio"
    case 0x0402: "telephony"
    case 0x0403: "HDA"
    case 0x0500: "RAM"
    case 0x0501: "flash"
    case 0x0600: "HOST-PCI"
    case 0x0601: "PCI-ISA"
    case 0x0602: "PCI-EISA"
    case 0x0603: "PCI-MCA"
    case 0x0604: "PCI-PCI"
    case 0x0605: "PCI-PCMCIA"
    case 0x0606: "PCI-NuBus"
    case 0x0607: "PCI-CardBus"
    case 0x0608: "PCI-RACEway"
    case 0x0700: "UART"
    case 0x0701: "parallel port"
    case 0x0702: "multiport serial"
    case 0x0703: "generic modem"
    case 0x0800: "interrupt controller"
    case 0x0801: "DMA controller"
    case 0x0802: "timer"
    case 0x0803: "realtime clock"
    case 0x0804: "PCI hot-plug controller"
    case 0x0805: "SD host controller"
    case 0x0806: "IOMMU"
    case 0x0807: "Root Complex Event Collector"
    case 0x0900: "keyboard"
    case 0x0901: "digitizer"
    case 0x0902: "mouse"
    case 0x0903: "scanner"
    case 0x0904: "gameport"
    case 0x0c00: "FireWire"
    case 0x0c01: "AccessBus"
    case 0x0c02: "SSA"
    case 0x0c03: "USB"
    case 0x0c04: "Fibre Channel"
    case 0x0c05: "SMBus"
    case 0x0d00: "iRDA"
    case 0x0d01: "IR"
    case 0x0d10: "RF"
    case 0x0e00: "I2O"
    case 0x1000: "network/computer crypto"
    case 0x1010: "entertainment crypto"
    case 0x1100: "DPIO module"
    case 0x1101: "performance counters"
    case 0x1110: "communication synchronizer"
    case 0x1120: "signal processing management"
    default: nil
    }
  }
}
