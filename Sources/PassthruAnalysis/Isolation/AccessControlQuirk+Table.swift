// SPDX-License-Identifier: Apache-2.0

extension AccessControlQuirk {
  /// The rows, in the kernel's order: the first that answers wins.
  ///
  /// Read in Linux 6.12's drivers/pci/quirks.c and compared with 7.3.4's. `since` is
  /// the first mainline release after the commit of the row.
  static let table: [AccessControlQuirk] = [
    AccessControlQuirk(
      0x1002, each(0x4385, 0x439c, 0x4383, 0x439d, 0x4384, 0x4399), .isolates,
      if: .amdSouthbridge, "AMD SB7x0/SB8x0/SB9x0 southbridge"),
    AccessControlQuirk(
      0x1022, each(0x780f, 0x7809), .isolates, if: .amdSouthbridge, "AMD southbridge"),
    AccessControlQuirk(
      0x1924, each(0x0903, 0x0923, 0x0a03), .isolates, "Solarflare network card"),
    AccessControlQuirk(
      0x8086,
      each(
        0x10c6, 0x10db, 0x10dd, 0x10e1, 0x10f1, 0x10f7, 0x10f8, 0x10f9, 0x10fa, 0x10fb, 0x10fc,
        0x1507, 0x1514, 0x151c, 0x1529, 0x152a, 0x154d, 0x154f, 0x1551, 0x1558), .isolates,
      "Intel 10-gigabit network card"),
    AccessControlQuirk(
      0x8086, each(0x1509, 0x150e, 0x150f, 0x1510, 0x1511, 0x1516, 0x1527), .isolates,
      "Intel 82580 network card"),
    AccessControlQuirk(
      0x8086, each(0x10c9, 0x10e6, 0x10e7, 0x10e8, 0x150a, 0x150d, 0x1518, 0x1526), .isolates,
      "Intel 82576 network card"),
    AccessControlQuirk(
      0x8086, each(0x10a7, 0x10a9, 0x10d6), .isolates, "Intel 82575 network card"),
    AccessControlQuirk(
      0x8086, each(0x1521, 0x1522, 0x1523, 0x1524), .isolates, "Intel I350 network card"),
    AccessControlQuirk(
      0x8086, each(0x105e, 0x105f, 0x1060, 0x10d9), .isolates, "Intel 82571 network card"),
    AccessControlQuirk(0x8086, each(0x15b7, 0x15b8), .isolates, "Intel I219 network interface"),
    AccessControlQuirk(
      0x8086, [], .isolates, if: .rootComplexEndpoint, since: KernelRelease(5, 8),
      "Intel root complex integrated endpoint"),
    AccessControlQuirk(
      0x17cb, each(0x0400, 0x0401), .isolates, "Qualcomm root port"),
    AccessControlQuirk(
      0x17cb, each(0x0115), .isolates, since: KernelRelease(6, 12), "Qualcomm root port"),
    AccessControlQuirk(
      0x17cb, each(0x0111, 0x0120), .isolates, since: KernelRelease(7, 0), "Qualcomm root port"),
    AccessControlQuirk(0x1dbf, each(0x0401), .isolates, "HXT root port"),
    AccessControlQuirk(
      0x8086, intelPlatformControllerHubs, .isolatesWhileSwitchedOn, if: .rootPort,
      "Intel chipset root port without ACS"),
    AccessControlQuirk(
      0x8086,
      [
        0xa110...0xa11f, 0xa167...0xa16a, 0xa290...0xa29f, 0xa2e7...0xa2ee, 0x9d10...0x9d1b,
      ], .wideRegisters, if: .rootPort, "Intel 100 or 200 series chipset root port"),
    AccessControlQuirk(0x19a2, each(0x0710), .isolates, "Emulex BE3-R network card"),
    AccessControlQuirk(0x10df, each(0x0720), .isolates, "Emulex Skyhawk-R network card"),
    AccessControlQuirk(
      0x177d, [0xa000...0xa7ff, only(0xaf84), only(0xb884)], .isolates, if: .rootPort,
      "Cavium root port"),
    AccessControlQuirk(
      0x177d, each(0xa026, 0xa059, 0xa060), .isolates, since: KernelRelease(5, 15),
      "Cavium function"),
    AccessControlQuirk(0x10e8, each(0xe004), .isolates, "AppliedMicro X-Gene root port"),
    AccessControlQuirk(0x1def, [0xe005...0xe00c], .isolates, "Ampere root port"),
    AccessControlQuirk(
      0x14e4, each(0x16d7), .isolates, since: KernelRelease(5, 13), "Broadcom network card"),
    AccessControlQuirk(
      0x14e4, each(0x1750, 0x1751, 0x1752), .isolates, since: KernelRelease(6, 0),
      "Broadcom network card"),
    AccessControlQuirk(
      0x14e4, each(0x1760, 0x1761, 0x1762, 0x1763), .isolates, since: KernelRelease(6, 11),
      "Broadcom network card"),
    AccessControlQuirk(
      0x14e4, each(0xd714), .isolates, since: KernelRelease(5, 4), "Broadcom root port"),
    AccessControlQuirk(
      0x0014,
      each(
        0x3c09, 0x3c19, 0x3c29, 0x7a09, 0x7a19, 0x7a29, 0x7a39, 0x7a49, 0x7a59, 0x7a69),
      .isolates, since: KernelRelease(6, 16), "Loongson root port"),
    AccessControlQuirk(
      0x1c36, each(0x0031), .isolates, if: .rootPort, since: KernelRelease(5, 4),
      "Annapurna Labs root port"),
    AccessControlQuirk(
      0x1d17, each(0x3038, 0x3104, 0x9083), .isolates, since: KernelRelease(5, 7),
      "Zhaoxin function"),
    AccessControlQuirk(
      0x1d17, [0x0710...0x071e, only(0x0721), 0x0723...0x0752], .isolates,
      if: .rootOrDownstreamPort, since: KernelRelease(5, 7), "Zhaoxin port"),
    AccessControlQuirk(
      0x1d17, [], .doesNotIsolate, if: .rootOrDownstreamPort, since: KernelRelease(5, 7),
      "Zhaoxin port"),
    AccessControlQuirk(
      0x1957,
      [
        0x8d80...0x8d83, 0x8d88...0x8d8b, 0x8d90...0x8d93, 0x8d98...0x8d9b, 0x8da0...0x8da1,
        0x8da8...0x8da9, 0x8db0...0x8db1, 0x8db8...0x8db9,
      ], .isolates, since: KernelRelease(5, 15), "NXP LX2 root port"),
    AccessControlQuirk(
      0x8088, [0x0100...0x010f, only(0x1001), only(0x2001)], .isolates,
      since: KernelRelease(6, 3), "Wangxun network card"),
    AccessControlQuirk(
      0x8088, each(0x5010, 0x5025, 0x5040, 0x5110, 0x5125, 0x5140), .isolates,
      since: KernelRelease(6, 13), "Wangxun network card"),
    AccessControlQuirk(
      0x8088, [], .doesNotIsolate, since: KernelRelease(6, 3), "Wangxun device"),
  ]

  /// Root ports of Intel's chipsets from Ibex Peak to Wellsburg, without ACS.
  private static let intelPlatformControllerHubs: [ClosedRange<UInt16>] =
    [
      0x3b42...0x3b51, 0x1c10...0x1c1f, 0x1e10...0x1e1f, 0x8c10...0x8c1f, 0x9c10...0x9c1b,
      0x9c90...0x9c9b, 0x8d10...0x8d1e,
    ]
    + each(0x1d10, 0x1d12, 0x1d14, 0x1d16, 0x1d18, 0x1d1a, 0x1d1c, 0x1d1e)
    + each(0x8c90, 0x8c92, 0x8c94, 0x8c96, 0x8c98, 0x8c9a, 0x8c9c, 0x8c9e)

  /// The rows by vendor.
  static let byVendor: [UInt16: [AccessControlQuirk]] = {
    var rows: [UInt16: [AccessControlQuirk]] = [:]
    for row in table { rows[row.vendor, default: []].append(row) }
    return rows
  }()
}
