// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

@Suite("Standard capabilities")
struct StandardCapabilityTests {
  static let cases: [CapabilityCase] = [
    CapabilityCase(
      "AGP", AcceleratedGraphicsPort.id,
      [0x35, 0x00] + CapabilityCase.doubleWords(0x1f00_0a1b, 0x1f00_0302),
      [
        "version.major": "3", "version.minor": "5", "status.rates": "0x3",
        "status.agp3Mode": "yes", "status.fastWrite": "yes", "status.sideband": "yes",
        "status.calibrationCycle": "2", "status.requestDepth": "32",
        "command.agpEnable": "yes", "command.sidebandEnable": "yes", "command.rate": "0x2",
        "status.isochronous": "no",
      ]),
    CapabilityCase(
      "AGP 8x of a bridge", .standard(StandardCapabilityID(rawValue: 0x0e)),
      [0x35, 0x00]
        + CapabilityCase.doubleWords(
          // The bit that tells of isochronous transactions is 17: Linux shifts by as much.
          0x1f02_0a1a, 0x1f00_0302,
          // The shifts of Linux's drivers/char/agp/isoch.c: 16, 8, 6, 3.
          0x0042_0558,
          // AGPCTRL_APERENB and AGPCTRL_GTLBEN of its agp.h.
          1 << 8 | 1 << 7,
          // 256 MiB, the default of table 71; pages of 4 KiB and 512 KiB, the latter chosen.
          0x7081_0f00, 0xfedc_b000, 0x1, 0x0340),
      headerType: 1,
      [
        "status.isochronous": "yes", "status.rates": "0x2",
        "isochronousStatus.maxBandwidth": "2112 bytes per us",
        "isochronousStatus.maxTransactions": "5",
        "isochronousStatus.payloadSize": "64 bytes", "isochronousStatus.maxLatency": "3 us",
        "isochronousStatus.errorCode": "0", "control.gartTLBEnable": "yes",
        "control.apertureEnable": "yes", "apertureSize.size": "256 MiB",
        "aperturePageSize.supported": "0x81", "aperturePageSize.selected": "512 KiB",
        "gartPointer": "0xfedcb000", "gartPointerHigh": "0x1",
        "isochronousCommand.payloadSize": "64 bytes",
        "isochronousCommand.maxTransactions": "3",
      ]),
    CapabilityCase(
      "Vital Product Data", VitalProductData.id, [0x04, 0x81, 0x50, 0x4e, 0x07, 0x41],
      ["address.value": "0x104", "address.flag": "yes", "data": "0x41074e50"]),
    CapabilityCase(
      "Slot Identification", SlotIdentification.id, [0x23, 0x07],
      [
        "expansionSlot.slotsProvided": "3", "expansionSlot.firstInChassis": "yes",
        "chassisNumber": "7",
      ]),
    CapabilityCase(
      "CompactPCI Hot Swap", CompactPCIHotSwap.id, [0x8a, 0],
      [
        "controlStatus.insertion": "yes", "controlStatus.extraction": "no",
        "controlStatus.ledOn": "yes", "controlStatus.signalMask": "yes",
        "controlStatus.deviceHidingArm": "no",
      ]),
    CapabilityCase(
      "PCI-X of a device", PCIX.id,
      [0x2e, 0x10] + CapabilityCase.doubleWords(0x1643_0508),
      [
        "command.relaxedOrderingEnable": "yes", "command.dataParityErrorRecoveryEnable": "no",
        "command.maxMemoryReadByteCount": "4096 bytes",
        "command.maxOutstandingSplitTransactions": "3", "command.version": "1",
        "status.bus": "5", "status.device": "1", "status.function": "0",
        "status.bus64Bit": "yes", "status.capable133MHz": "yes",
        "status.designedMaxMemoryReadByteCount": "2048 bytes",
        "status.designedMaxOutstandingSplitTransactions": "8",
        "status.designedMaxCumulativeReadSize": "32768 bytes",
      ]),
    CapabilityCase(
      "PCI-X of a bridge", PCIX.id,
      [0xc3, 0x00] + CapabilityCase.doubleWords(0x0003_0a18, 0x0020_0010, 0xffff_0008),
      headerType: 1,
      [
        "secondaryStatus.bus64Bit": "yes", "secondaryStatus.clockFrequency": "133 MHz",
        "status.bus": "10", "status.device": "3", "upstreamSplitTransaction.capacity": "16",
        "upstreamSplitTransaction.commitmentLimit": "32",
        "downstreamSplitTransaction.commitmentLimit": "65535",
      ]),
    CapabilityCase(
      "HyperTransport retry mode", HyperTransport.id,
      [0x00, 0xc0, 0xc1, 0x02, 0x00, 0x04, 0x05, 0x00, 0x06, 0x00],
      [
        "type": "retry mode", "control0.linkRetryEnable": "yes",
        "control0.allowedAttempts": "3", "status0.countRollover": "yes",
        "status1.stompReceived": "yes", "retryCount0": "5", "retryCount1": "6",
      ]),
    CapabilityCase(
      "virtio notifications", VendorSpecific.id,
      [0x14, 0x02, 0x04, 0, 0, 0] + CapabilityCase.doubleWords(0x3000, 0x1000, 4),
      vendorID: 0x1af4,
      [
        "length": "20", "virtio.type": "notifications", "virtio.bar": "4",
        "virtio.offset": "0x3000", "virtio.length": "0x1000", "virtio.notifyMultiplier": "0x4",
      ]),
    CapabilityCase(
      "virtio shared memory", VendorSpecific.id,
      [0x18, 0x08, 0x02, 0x01, 0, 0]
        + CapabilityCase.doubleWords(0x1000, 0x2000, 1, 2),
      vendorID: 0x1af4,
      [
        "virtio.type": "shared memory region", "virtio.id": "1",
        "virtio.offset": "0x100001000", "virtio.length": "0x200002000",
      ]),
    CapabilityCase(
      "another vendor's bytes", VendorSpecific.id, [0x06, 0xaa, 0xbb, 0xcc],
      ["length": "6", "data": "aa bb cc"]),
    CapabilityCase(
      "Secure Device of an AMD IOMMU", SecureDevice.id,
      [0x0b, 0x09] + CapabilityCase.doubleWords(0xfeb8_0001, 0, 0xfe00_0080, 0x0020_3040),
      [
        "header.type": "IOMMU", "header.revision": "1", "header.ioTLBSupported": "yes",
        "header.extendedFeatureSupported": "yes", "baseAddressLow.enable": "yes",
        "baseAddressLow.base": "0xfeb80000", "range.valid": "yes",
        "range.lastDevice": "0xfe", "miscellaneous.physicalAddressSize": "48",
        "miscellaneous.virtualAddressSize": "64",
      ]),
    CapabilityCase(
      "Enhanced Allocation", EnhancedAllocation.id,
      [0x02, 0x00]
        // BAR 0, 32-bit memory of 64 KiB.
        + CapabilityCase.doubleWords(0x80ff_0002, 0xfe00_0000, 0x0000_fffc)
        // VF BAR 0, 64-bit prefetchable memory of 1 MiB at 4 GiB.
        + CapabilityCase.doubleWords(0x80ff_0393, 0x0000_0002, 0x000f_fffc, 1),
      [
        "entryCount": "2", "entries.0.enable": "yes", "entries.0.barEquivalent": "bar0",
        "entries.0.primaryProperties": "memory, non-prefetchable",
        "entries.0.base": "0xfe000000", "entries.0.maxOffset": "0xffff",
        "entries.1.barEquivalent": "vfBAR0",
        "entries.1.primaryProperties": "memory of virtual functions, prefetchable",
        "entries.1.base": "0x100000000",
      ]),
    CapabilityCase(
      "Flattening Portal Bridge", FlatteningPortalBridge.id,
      [0, 0]
        + CapabilityCase.doubleWords(
          0x0002_0127, 0x0018_0031, 0, 0x0010_0001, 0, 0, 0x0000_4005, 0xffff_0000),
      [
        "capabilities.ridDecodeSupported": "yes", "capabilities.memHighDecodeSupported": "yes",
        "capabilities.secondaryDevices": "5", "capabilities.ridVectorSize": "1",
        "capabilities.memLowVectorSize": "2", "ridVectorControl1.ridDecodeEnable": "yes",
        "ridVectorControl1.ridGranularity": "3", "ridVectorControl1.ridVectorStart": "0x3",
        "memLowVectorControl.memLowVectorStart": "0x1",
        "vectorAccessControl.vectorAccessOffset": "5", "vectorAccessControl.vectorSelect": "1",
        "vectorAccessData": "0xffff0000",
      ]),
    CapabilityCase(
      "PCI Hot-Plug", StandardHotPlug.id, [0x05, 0xc0] + CapabilityCase.doubleWords(0x1234_5678),
      [
        "doubleWordSelect": "5", "pending.interruptPending": "yes",
        "pending.systemErrorPending": "yes", "doubleWordData": "0x12345678",
      ]),
    CapabilityCase(
      "SATA in configuration space", SerialATA.id,
      [0x10, 0x00] + CapabilityCase.doubleWords(0x0000_002f),
      [
        "revision.major": "1", "revision.minor": "0",
        "location.barLocation": "configuration space", "location.barOffset": "8 bytes",
      ]),
  ]

  @Test("each field says what the specification does", arguments: cases)
  func fields(_ example: CapabilityCase) throws {
    try example.check()
  }

  /// Sizes of table 71 of the AGP3.0 Interface Specification, and a code of none.
  @Test(
    "the aperture of an AGP 3.5 bridge",
    arguments: [
      (0xf3f, "4 MiB"), (0xf3e, "8 MiB"), (0xf20, "128 MiB"), (0xf00, "256 MiB"),
      (0xe00, "512 MiB"), (0x800, "2048 MiB"), (0x000, "4096 MiB"), (0xd00, "reserved (3328)"),
    ] as [(UInt32, String)])
  func aperture(_ code: UInt32, _ size: String) throws {
    let example = CapabilityCase(
      "AGP", .standard(StandardCapabilityID(rawValue: 0x0e)),
      [0x35, 0] + CapabilityCase.doubleWords(0, 0, 0, 0, code), headerType: 1, [:])
    let field = example.capability?.fields.first { $0.name == "apertureSize.size" }
    #expect(field?.spelling == size)
  }

  @Test(
    "AGP registers of revision 3.5 are not read where there are none",
    arguments: [(0x30, 1), (0x35, 0), (0x20, 1), (0x3a, 1)] as [(UInt8, UInt8)])
  func coreRegisters(_ revision: UInt8, _ headerType: UInt8) throws {
    let example = CapabilityCase(
      "AGP", AcceleratedGraphicsPort.id,
      [revision, 0] + CapabilityCase.doubleWords(0, 0, 0, 0x180, 0), headerType: headerType, [:])
    let port = try #require(example.capability?[AcceleratedGraphicsPort.self])
    #expect(port[AcceleratedGraphicsPort.Control.apertureEnable.register] == nil)
    #expect(port[AcceleratedGraphicsPort.IsochronousStatus.errorCode.register] == nil)
  }

  @Test("what an Enhanced Allocation entry replaces")
  func replaced() throws {
    let example = try #require(Self.cases.first { $0.name == "Enhanced Allocation" })
    let allocation = try #require(example.capability?[EnhancedAllocation.self])
    #expect(allocation.entries[0].replaced == .baseAddressRegister(0))
    #expect(allocation.entries[0].size == 0x10000)
    #expect(allocation.entries[1].replaced == .virtualFunctionRegister(0))
    #expect(allocation.entries[1].base == 1 << 32)
    #expect(allocation.entries[1].size == 1 << 20)
  }

  @Test("an unknown id keeps its bytes up to the next capability")
  func unknown() throws {
    var bytes = [UInt8](repeating: 0, count: 256)
    bytes[6] = 0x10
    bytes[0x34] = 0x40
    bytes.replaceSubrange(0x40..<0x44, with: [0x7e, 0x44, 0xde, 0xad])
    bytes.replaceSubrange(0x44..<0x46, with: [0x13, 0])
    let capabilities = ConfigurationSpace(bytes).capabilities
    #expect(capabilities.count == 2)
    #expect(capabilities.first?.bytes == [0x7e, 0x44, 0xde, 0xad])
    #expect(capabilities.first?.isDecoded == false)
    #expect(capabilities.first?.isTruncated == false)
    #expect(capabilities.first?.shortName == "cap-7e")
  }
}
