// SPDX-License-Identifier: Apache-2.0

/// A word for a kind of device: a whole base class, or a sub-class with a name of its own.
///
/// What `class:KEYWORD` understands, without the aliases. PCI Code and ID Assignment
/// Specification 1.16, section 1; later editions add classes.
@nonexhaustive
public enum ClassKeyword: String, Hashable, Sendable, CaseIterable {
  /// Base class 12h.
  case accelerator
  /// Classes 0401h, 0403h.
  case audio
  /// Class 0d11h.
  case bluetooth
  /// Base class 06h.
  case bridge
  /// Class 0c09h.
  case can
  /// Classes 0605h, 0607h.
  case cardBridge = "card-bridge"
  /// Base class 07h.
  case communication
  /// Class 0502h.
  case cxlMemory = "cxl-memory"
  /// Base class 03h, and what is shown as it.
  case display
  /// Base class 0ah.
  case docking
  /// Base class 10h.
  case encryption
  /// Class 0200h.
  case ethernet
  /// Class 0807h.
  case eventCollector = "event-collector"
  /// Class 0208h.
  case fabric
  /// Class 0c04h.
  case fibreChannel = "fibre-channel"
  /// Class 0c00h.
  case firewire
  /// Class 0102h.
  case floppy
  /// Class 0600h.
  case hostBridge = "host-bridge"
  /// Class 0804h.
  case hotPlug = "hot-plug"
  /// Classes 0101h, 0105h.
  case ide
  /// Classes 0207h, 0c06h.
  case infiniband
  /// Base class 09h.
  case input
  /// Base class 13h.
  case instrumentation
  /// Base class 0eh.
  case intelligent
  /// Class 0806h.
  case iommu
  /// Class 0c07h.
  case ipmi
  /// Class 0601h.
  case isaBridge = "isa-bridge"
  /// Base class 05h.
  case memory
  /// Class 0703h.
  case modem
  /// Base class 04h.
  case multimedia
  /// Base class 02h.
  case network
  /// Class 0108h.
  case nvme
  /// Base class ffh.
  case other
  /// Class 0701h.
  case parallel
  /// Classes 0604h, 0609h.
  case pciBridge = "pci-bridge"
  /// Base class 0bh.
  case processor
  /// Class 0104h.
  case raid
  /// Class 0107h.
  case sas
  /// Class 0106h.
  case sata
  /// Base class 0fh.
  case satellite
  /// Class 0100h.
  case scsi
  /// Class 0805h.
  case sd
  /// Classes 0700h, 0702h.
  case serial
  /// Base class 0ch.
  case serialBus = "serial-bus"
  /// Base class 11h.
  case signal
  /// Class 0c05h.
  case smbus
  /// Base class 01h.
  case storage
  /// Base class 08h.
  case system
  /// Class 0109h.
  case ufs
  /// Base class 00h.
  case unclassified
  /// Class 0c03h.
  case usb
  /// Class 0400h.
  case video
  /// Base class 0dh.
  case wireless
}

extension ClassCode {
  /// Whether a keyword covers this class, as `matches(keyword:)` says of its word.
  public func matches(_ keyword: ClassKeyword) -> Bool { matches(keyword: keyword.rawValue) }
}
